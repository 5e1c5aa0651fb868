import { pointerTo, type SpecDocument } from '../compiler/spec/document';
import { load } from '../compiler/spec/load';
import type { ArtefactProblem, Said } from './said';
import { runInSandbox } from './sandbox';

const MANIFEST = '/run/judge/manifest.yaml';

/**
 * kubectl reads every object, and then those of the kinds that it has compiled in once more, into their types: `set` needs
 * those, and `--local` no server. Which objects have no Pod template is not the question.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_label/
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_set/kubectl_set_env/
 */
const READ = [
  `"$1" label --local -f ${MANIFEST} -o name cdk8s-balancer.dev/verify=yes || exit`,
  `"$1" set env --local -f ${MANIFEST} -o name CDK8S_BALANCER=verify > /dev/null || :`,
].join('; ');

/** What kubectl says of a manifest without a cluster. */
export function judgeManifest(kubectl: string, text: string): Said {
  const { status, stdout, stderr } = runInSandbox(['/bin/sh', '-c', READ, 'judge', kubectl], {
    files: { [MANIFEST]: text },
  });
  if (status !== 0) return { problems: [{ ...syntaxLine(stderr, text), message: plain(stderr) }] };
  const objects = text.split(/^kind: /m).length - 1;
  const read = stdout.split('\n').filter(Boolean).length;
  if (read !== objects) return { problems: [{ message: `${objects} objects are there, kubectl reads ${read}` }] };
  const said = stderr.split('\n').filter((line) => line.includes('unable to decode'));
  const unknown = said.flatMap((line) => /no kind "([^"]+)" is registered/.exec(line)?.[1] ?? []);
  const wrong = said.filter((line) => !line.includes('no kind '));
  const documents = wrong.length === 0 ? [] : [...load([{ file: MANIFEST, text }], () => {})];
  return {
    problems: wrong.map((line) => typeProblem(plain(line), documents)),
    leftOut: [...new Set(unknown)].map((kind) => `the types of ${kind} (kubectl does not know the kind)`),
  };
}

/** The words of kubectl, without what is ours in them. */
function plain(said: string): string {
  return said
    .trim()
    .replaceAll(`${MANIFEST}: `, '')
    .replace(/^(?:error: )?unable to decode "[^"]*": /, '');
}

/** go-yaml counts lines of one document, and from 0. */
function syntaxLine(stderr: string, text: string): { readonly line?: number } {
  const line = /yaml: line (\d+):/.exec(stderr)?.[1];
  return line !== undefined && !text.includes('\n---\n') ? { line: Number(line) + 1 } : {};
}

/** Go names the path of a field, without the places in lists: https://pkg.go.dev/encoding/json#UnmarshalTypeError */
function typeProblem(message: string, documents: readonly SpecDocument[]): ArtefactProblem {
  const [, found, path] = /cannot unmarshal (\w+) into Go struct field \w+\.([\w.]+) of type/.exec(message) ?? [];
  if (found === undefined || path === undefined) return { message };
  for (const document of documents) {
    const pointer = pointersAt(path.split('.'), document.value).find(
      ({ value }) => typeof value === typeOf(found),
    )?.pointer;
    const line = pointer === undefined ? undefined : document.locate(pointer).line;
    if (line !== undefined) return { line, message };
  }
  return { message };
}

/** The fields at a path that names no places in lists. */
function pointersAt(
  [key, ...rest]: readonly string[],
  value: unknown,
  pointer = '',
): { readonly pointer: string; readonly value: unknown }[] {
  if (Array.isArray(value)) {
    const path = key === undefined ? [] : [key, ...rest];
    return value.flatMap((item, index) => pointersAt(path, item, pointerTo(pointer, index)));
  }
  if (key === undefined) return [{ pointer, value }];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
  return pointersAt(rest, (value as Readonly<Record<string, unknown>>)[key], pointerTo(pointer, key));
}

/** The type that Go calls by the name in JSON. */
function typeOf(found: string): string {
  return found === 'bool' ? 'boolean' : found;
}
