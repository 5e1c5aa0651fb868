import { compileAll } from './compile';
import { type Report, severityOf } from './diagnostics';
import { importBalancers } from './import/import-balancer';
import { importCloudControllerManager } from './import/import-cloud-controller-manager';
import { importLoadBalancerController } from './import/import-load-balancer-controller';
import { importServices } from './import/import-service';
import { importSwitches, isBirdConf } from './import/import-switch';
import { type FoundObject, readObjects } from './import/read-objects';
import { type Effect, isPlaceholder, reasonFor } from './import/reasons';
import type { Recognised } from './import/recognised';
import { redacted } from './import/redact';
import { withStandIns } from './import/stand-ins';
import { printYaml } from './manifest/yaml-writer';
import { REMOVED_KINDS } from './model/api-resources';
import type { Source } from './spec/document';
import { identityOf, type LeafDifference, leafDifferences, type PlainObject } from './spec/leaf-differences';
import { load } from './spec/load';

/** A line of the report. */
export interface ImportEntry extends LeafDifference {
  /** `not compared`: the spec has blanks, or values that the compiler refuses. */
  readonly effect: Effect | 'not compared';
  readonly reason: string;
}

/** A spec that was written for objects. */
export interface ImportedSpec {
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
  readonly spaces: readonly { readonly file: string; readonly count: number }[];
}

/** Writes specs for what people have: manifests of the systems 000 to 003, and a bird.conf. Keys are never taken over. */
export function importFleet(sources: Iterable<Source>, report: Report): ImportedFleet {
  const all = [...sources];
  const confs = all.filter(isBirdConf);
  const { objects, spaces } = readObjects(
    all.filter((source) => !confs.includes(source)),
    report,
  );
  const recognised = [
    ...importLoadBalancerController(objects),
    ...importCloudControllerManager(objects),
    ...importSwitches(confs, objects),
    ...importServices(objects),
    ...importBalancers(objects),
  ];
  const consumed = new Set(recognised.flatMap((one) => one.consumed.map(({ object }) => object)));
  return {
    specs: recognised.map(importedSpec),
    others: objects.filter(({ object }) => !consumed.has(object) && object.kind !== 'Config').map(nameOther),
    spaces,
  };
}

/** A kubeconfig is no object of a cluster; of others it is told whether the cluster still takes them. */
function nameOther({ object, document }: FoundObject): string {
  if (typeof object.kind !== 'string') return `${document.locate('').file}: no object of Kubernetes`;
  const { apiVersion, kind } = object;
  const isGone = REMOVED_KINDS.get(String(apiVersion))?.includes(String(kind));
  return `${identityOf(object)}${isGone ? `: "${String(apiVersion)}" is no longer served` : ''}`;
}

function importedSpec(
  { spec, consumed, missing }: Recognised,
  place: number,
  all: readonly Recognised[],
): ImportedSpec {
  const originals = consumed.map(({ object }) => object);
  const { output, problems } = outputOf(spec);
  const twins = all.slice(0, place).filter((other) => fileName(other.spec) === fileName(spec)).length;
  return {
    file: `${fileName(spec)}${twins === 0 ? '' : `-${twins + 1}`}.yaml`,
    text: printYaml(spec),
    entries: entriesOf(output, originals),
    missing,
    problems,
  };
}

/** A name is a stranger's text: nothing of it leads out of a folder. */
function fileName({ kind, metadata }: Recognised['spec']): string {
  const words = [kind, metadata.namespace, metadata.name].filter((word) => word !== undefined);
  return words
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '_')
    .slice(0, 200);
}

function entriesOf(output: readonly PlainObject[] | undefined, originals: readonly PlainObject[]): ImportEntry[] {
  if (output === undefined) {
    return leafDifferences(originals, []).map((leaf) => ({
      ...redacted(leaf),
      effect: 'not compared',
      reason: 'the spec does not compile yet: run "balancer check" on it, fill in what is missing, and compare again',
    }));
  }
  const defaulted = originals.map((object) => withNamespace(object, output));
  return leafDifferences(defaulted, output).map((leaf) => ({ ...redacted(leaf), ...reasonFor(leaf) }));
}

/** An object without a namespace is compared with the one that goes where kubectl puts it. */
function withNamespace(object: PlainObject, output: readonly PlainObject[]): PlainObject {
  const { kind, metadata } = object as {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
  };
  if (metadata.namespace !== undefined) return object;
  const twin = output.find(
    (other) => other.kind === kind && (other.metadata as { name?: unknown }).name === metadata.name,
  );
  const namespace = (twin?.metadata as { readonly namespace?: string } | undefined)?.namespace;
  return namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace } };
}

/** The objects that a spec becomes, its blanks filled with stand-ins where that is possible; or why there are none. */
function outputOf(spec: Recognised['spec']): {
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
  return { output: [...load(sources, () => {})].map(({ value }) => value as PlainObject), problems };
}

function stemOf({ kind }: Recognised['spec']): string {
  return `${kind.toLowerCase()}.`;
}

/** Whether a spec still has blanks. */
export function hasBlanks(text: string): boolean {
  return text.split('\n').some(isPlaceholder);
}
