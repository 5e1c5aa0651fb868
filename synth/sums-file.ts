import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Artefact } from '../compiler/manifest/artefact';
import type { Source } from '../compiler/spec/document';
import { version } from '../package.json';
import { readIfThere } from './output-folder';

/** The list of what was written, in the format of `sha256sum`: `cd dist && sha256sum -c .balancer.sums`. */
export const SUMS_FILE = '.balancer.sums';

/** The manifest that names all others, on request. */
export const KUSTOMIZATION_FILE = 'kustomization.yaml';

/** What artefacts are made from: the version of the tool, and digests of the sources in an order that does not depend on theirs. */
export interface Origin {
  readonly version: string;
  readonly specs: readonly string[];
}

/** The list in an output folder; lists of earlier versions do not say where the files come from. */
export interface WrittenList {
  /** The hashes of the files that an earlier run wrote, by path. */
  readonly sums: ReadonlyMap<string, string>;
  readonly origin?: Origin;
}

/** `sha256sum -c` skips lines that begin with "#". */
const VERSION_LINE = /^# cdk8s-balancer (\S{1,64})$/;
const SPEC_LINE = /^# spec ([0-9a-f]{16})$/;

/** The list in a folder; empty where there is none. */
export function readList(folder: string): WrittenList {
  const sums = new Map<string, string>();
  const specs: string[] = [];
  let wroteIt: string | undefined;
  for (const line of (readIfThere(join(folder, SUMS_FILE))?.toString('utf8') ?? '').split(/\r?\n/)) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum !== undefined && path !== undefined && isOurPath(path)) sums.set(path, sum);
    const digest = SPEC_LINE.exec(line)?.[1];
    if (digest !== undefined) specs.push(digest);
    wroteIt = VERSION_LINE.exec(line)?.[1] ?? wroteIt;
  }
  return { sums, ...(wroteIt !== undefined && { origin: { version: wroteIt, specs: specs.sort() } }) };
}

/** The text of the list, in the order of the paths: one line for each thing that can change, so that Git can merge it. */
export function formatList({ sums, origin }: WrittenList): string {
  const from = origin ? [`# cdk8s-balancer ${origin.version}`, ...origin.specs.map((spec) => `# spec ${spec}`)] : [];
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sum]) => `${sum}  ${path}`);
  return [...from, ...lines, ''].join('\n');
}

/** The same sources, and what they and this version are known by once they were read. */
export function withOrigin(sources: Iterable<Source>): {
  readonly sources: Iterable<Source>;
  readonly origin: () => Origin;
} {
  const specs: string[] = [];
  function* noted(): Generator<Source> {
    for (const source of sources) {
      specs.push(sumOf(source.text.replaceAll('\r\n', '\n')).slice(0, 16));
      yield source;
    }
  }
  return { sources: noted(), origin: () => ({ version, specs: [...specs].sort() }) };
}

/** The SHA-256 of a text or of bytes, as `sha256sum` prints it. */
export function sumOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a file holds an artefact. */
export function holds(bytes: Buffer, artefact: Artefact): boolean {
  return artefact.sum === undefined ? bytes.equals(Buffer.from(artefact.text)) : artefact.sum === sumOf(bytes);
}

/** Whether a path is one that we could have written: the list may have been edited, and none in it may lead out of the folder. */
export function isOurPath(path: string): boolean {
  return (
    path === KUSTOMIZATION_FILE ||
    (/^[a-z0-9._-]+\.k8s\.yaml$|^config\/[a-z0-9._-]+(\/[A-Za-z0-9._-]+){1,4}$/.test(path) &&
      !path.split('/').some((part) => part === '..' || part === '.'))
  );
}
