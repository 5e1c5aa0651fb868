import { compileAll } from './compile';
import { type Report, severityOf } from './diagnostics';
import { readBirdConf } from './import/bird-conf';
import { reasonsOfWords } from './import/command-words';
import { importBalancers } from './import/import-balancer';
import { importCloudControllerManager } from './import/import-cloud-controller-manager';
import { importLoadBalancerController } from './import/import-load-balancer-controller';
import { importNginxConfs, isNginxConf } from './import/import-nginx-conf';
import { importServices } from './import/import-service';
import { importSwitches, isBirdConf } from './import/import-switch';
import { CONF_PATH, confLines, lineOf, withConfFields } from './import/nginx-conf-fields';
import { isPlaceholder } from './import/placeholder';
import { type ChangedText, type FoundObject, readObjects } from './import/read-objects';
import { withTextsRead } from './import/read-texts';
import { reasonFor } from './import/reasons';
import { balancerReasons } from './import/reasons-balancer';
import type { Recognised } from './import/recognised';
import { redacted } from './import/redact';
import type { Effect } from './import/rule';
import { withStandIns } from './import/stand-ins';
import type { Artefact } from './manifest/artefact';
import { printYaml } from './manifest/yaml/yaml-writer';
import { REMOVED_KINDS } from './model/api-resources';
import type { Source } from './spec/document';
import { identityOf, type LeafDifference, leafDifferences, type PlainObject } from './spec/leaf-differences';
import { load } from './spec/load';

/** A line of the report. */
export interface ImportEntry extends LeafDifference {
  /** `not compared`: the spec has blanks, or values that the compiler refuses. */
  readonly effect: Effect | 'not compared';
  readonly reason: string;
  /** Where it stands in the nginx.conf of the input. */
  readonly line?: number;
}

/** A spec that was written for objects. */
interface ImportedSpec {
  readonly file: string;
  readonly text: string;
  /** Every leaf in which the output of the spec, in profile upstream, differs from the objects. */
  readonly entries: readonly ImportEntry[];
  /** Fields that no file says. */
  readonly missing: Recognised['missing'];
  /** What the compiler refuses about the spec, blanks aside. */
  readonly problems: readonly string[];
}

/** What an import gives. */
export interface ImportedFleet {
  readonly specs: readonly ImportedSpec[];
  /** Objects that no kind of ours stands for: they may stay in the fleet as they are. */
  readonly others: readonly string[];
  /** Files with full-width spaces, and how many. */
  readonly spaces: readonly ChangedText[];
  /** Files that were indented as a whole, and how many lines. */
  readonly indented: readonly ChangedText[];
}

/** Writes specs for what people have: manifests of the systems 000 to 003, a bird.conf and an nginx.conf. Keys are never taken over. */
export function importFleet(sources: Iterable<Source>, report: Report): ImportedFleet {
  const all = [...sources];
  const confs = all.filter(isBirdConf);
  const nginxConfs = all.filter((source) => !confs.includes(source) && isNginxConf(source));
  const { objects, spaces, indented } = readObjects(
    all.filter((source) => !confs.includes(source) && !nginxConfs.includes(source)),
    report,
  );
  const balancers = importBalancers(objects);
  const parts = new Set(balancers.flatMap(({ consumed }) => consumed));
  const recognised = [
    ...importLoadBalancerController(objects),
    ...importCloudControllerManager(objects),
    ...importSwitches(confs, objects),
    ...importServices(objects.filter((found) => !parts.has(found))),
    ...balancers,
    ...importNginxConfs(nginxConfs),
  ];
  const consumed = new Set(recognised.flatMap((one) => one.consumed.map(({ object }) => object)));
  return {
    specs: recognised.map(importedSpec),
    others: objects.filter(({ object }) => !consumed.has(object) && object.kind !== 'Config').map(nameOther),
    spaces,
    indented,
  };
}

/** A kubeconfig is no object of a cluster; of others it is told whether the cluster still takes them. */
function nameOther({ object, document }: FoundObject): string {
  if (typeof object.kind !== 'string') return `${document.locate('').file}: no object of Kubernetes`;
  const { apiVersion, kind } = object;
  const isGone = REMOVED_KINDS.get(String(apiVersion))?.includes(String(kind));
  return `${identityOf(object)}${isGone ? `: "${String(apiVersion)}" is no longer served` : ''}`;
}

function importedSpec(one: Recognised, place: number, all: readonly Recognised[]): ImportedSpec {
  const { spec, missing, files = [], compared = [spec] } = one;
  const outputs = compared.map((form) => outputOf(form, files));
  const isWhole = outputs.every(({ output }) => output !== undefined);
  const twins = all.slice(0, place).filter((other) => fileName(other.spec) === fileName(spec)).length;
  return {
    file: `${fileName(spec)}${twins === 0 ? '' : `-${twins + 1}`}.yaml`,
    text: printYaml(spec),
    entries: entriesOf(isWhole ? outputs.flatMap(({ output = [] }) => output) : undefined, one),
    missing,
    problems: [...new Set(outputs.flatMap(({ problems }) => problems))],
  };
}

/** A name is a stranger's text: nothing of it leads out of a folder. */
function fileName({ kind, metadata }: Recognised['spec']): string {
  const words = [kind, metadata.namespace, metadata.name].filter((word) => word !== undefined && !isPlaceholder(word));
  return words
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '_')
    .slice(0, 200);
}

function entriesOf(output: readonly PlainObject[] | undefined, one: Recognised): ImportEntry[] {
  const { spec, consumed, files = [], upstreams, confText = '' } = one;
  const originals = [...(one.originals ?? consumed.map(({ object }) => object)), ...files].map(withTextsRead);
  const before = originals.map((object) => withConfFields(withNamespace(object, output ?? []), upstreams));
  const lines = confLines(confText, upstreams);
  const reasonOf = spec.kind === 'Balancer' ? balancerReasons(before, spec.spec.delivery) : reasonFor;
  const after = (output ?? []).map((object) => withConfFields(withTextsRead(object)));
  // A file that is a conf says nothing else of its ConfigMap.
  const isSaid = ({ path }: LeafDifference): boolean => one.originals === undefined || path.startsWith(`${CONF_PATH}/`);
  const found = leafDifferences(before, after).filter((leaf) => !('before' in leaf) || isSaid(leaf));
  const words = reasonsOfWords(found);
  return found.map((leaf) => {
    const line = 'before' in leaf ? lineOf(leaf.path, lines) : undefined;
    const reason = output === undefined ? NOT_COMPARED : (words.get(leaf) ?? reasonOf(leaf));
    return { ...redacted(leaf), ...reason, ...(line !== undefined && { line }) };
  });
}

const NOT_COMPARED = {
  effect: 'not compared',
  reason: 'the spec does not compile yet: run "balancer check" on it, fill in what is missing, and compare again',
} as const;

/** An object without a namespace is compared with the one that goes where kubectl puts it. */
function withNamespace(object: PlainObject, output: readonly PlainObject[]): PlainObject {
  const { kind, metadata } = object as {
    readonly kind: string;
    readonly metadata?: { readonly name: string; readonly namespace?: string };
  };
  if (metadata === undefined || metadata.namespace !== undefined) return object;
  const twin = output.find(
    (other) => other.kind === kind && (other.metadata as { name?: unknown }).name === metadata.name,
  );
  const namespace = (twin?.metadata as { readonly namespace?: string } | undefined)?.namespace;
  return namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace } };
}

/** The objects that a spec becomes, its blanks filled with stand-ins where that is possible; or why there are none. */
function outputOf(
  spec: Recognised['spec'],
  files: readonly PlainObject[],
): {
  readonly output?: readonly PlainObject[];
  readonly problems: readonly string[];
} {
  const text = withStandIns(spec).map(printYaml).join('---\n');
  const { artefacts, diagnostics } = compileAll([{ file: 'import.yaml', text }]);
  const errors = diagnostics.filter(({ code }) => severityOf(code) === 'error' && code !== 'BAL3073');
  const problems = errors.map(({ code, message, location }) => `${location.pointer}: ${code} ${message}`);
  if (artefacts.length === 0) return { problems };
  const manifests = artefacts.filter(({ path }) => path.startsWith(stemOf(spec)) && path.endsWith('.k8s.yaml'));
  const sources = manifests.map(({ path, text: manifest }) => ({ file: path, text: manifest }));
  const objects = [...load(sources, () => {})].map(({ value }) => value as PlainObject);
  return { output: [...objects, ...files.flatMap((file) => printedFile(file, artefacts))], problems };
}

/** The configuration that takes the place of one of the input. */
function printedFile({ kind, metadata }: PlainObject, artefacts: readonly Artefact[]): PlainObject[] {
  const place = `/switches/${(metadata as { readonly name: string }).name}/${String(kind)}`;
  const artefact = artefacts.find(({ path }) => path.startsWith('config/') && path.endsWith(place));
  return artefact === undefined ? [] : [{ ...readBirdConf(artefact.text), kind, metadata }];
}

function stemOf({ kind }: Recognised['spec']): string {
  return `${kind.toLowerCase()}.`;
}

/** Whether a file is one to import by what stands in it, whatever it is called: a bird.conf, an nginx.conf, a kubeconfig. */
export function isImportable(source: Source): boolean {
  const { text } = source;
  return (
    isBirdConf(source) ||
    isNginxConf(source) ||
    (/^[ \t]*kind:[ \t]*Config[ \t]*$/m.test(text) && /^[ \t]*clusters:/m.test(text))
  );
}
