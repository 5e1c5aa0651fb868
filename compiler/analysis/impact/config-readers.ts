import { isPlainObject, type PlainObject } from '../../spec/leaf-differences';
import type { Snapshot } from '../snapshot';
import { nameOfObject } from './object-names';
import { waitsForSomebody } from './pod-rolls';

/** A workload that reads a ConfigMap or a Secret. */
interface ConfigReader {
  readonly workload: string;
  /** Whether all of its Pods are replaced in this change. */
  readonly rolls: boolean;
  /** Whether it comes in this change. */
  readonly isNew: boolean;
  /** Whether it sees a new text only when its Pods start: https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically */
  readonly readsAtStart: boolean;
}

/** Which workload reads what. */
export interface ConfigReaders {
  readonly of: (config: string) => readonly ConfigReader[];
  /** What a workload reads. */
  readonly readBy: (workload: string) => readonly string[];
}

/** Workloads by what they mount or take their environment from; of the side after, since new Pods may read an old text. */
export function configReaders(before: Snapshot, after: Snapshot): ConfigReaders {
  // A folder that somebody edited may have a workload twice: it rolls only if it is like none of them.
  const old = new Map<string, PlainObject[]>();
  for (const object of before.objects) {
    const workload = nameOfObject(object);
    old.set(workload, [...(old.get(workload) ?? []), object]);
  }
  const found = new Map<string, ConfigReader[]>();
  for (const object of after.objects) {
    const workload = nameOfObject(object);
    const isNew = !old.has(workload);
    const rolls = replacesPods(old.get(workload) ?? [], object);
    for (const [config, readsAtStart] of configsOf(object)) {
      found.set(config, [...(found.get(config) ?? []), { workload, rolls, isNew, readsAtStart }]);
    }
  }
  return {
    of: (config) => found.get(config) ?? [],
    readBy: (workload) =>
      [...found]
        .flatMap(([config, readers]) => (readers.some((own) => own.workload === workload) ? [config] : []))
        .sort(),
  };
}

function replacesPods(before: readonly PlainObject[], after: PlainObject): boolean {
  if (before.length === 0) return true;
  if (!/^(Deployment|DaemonSet|StatefulSet)$/.test(String(after.kind)) || waitsForSomebody(after)) return false;
  const template = JSON.stringify(at(after, 'spec', 'template'));
  return before.every((object) => JSON.stringify(at(object, 'spec', 'template')) !== template);
}

/** Names of ConfigMaps and Secrets, each with whether they are read at the start only. */
function configsOf(object: PlainObject): ReadonlyMap<string, boolean> {
  const pod = podOf(object);
  const configs = new Map<string, boolean>();
  if (pod === undefined) return configs;
  const { namespace } = (object.metadata ?? {}) as { readonly namespace?: unknown };
  const add = (kind: string, name: unknown, readsAtStart: boolean): void => {
    const config = `${kind} ${namespace === undefined ? '' : `${String(namespace)}/`}${String(name)}`;
    configs.set(config, readsAtStart || configs.get(config) === true);
  };
  const volumes = at(pod, 'volumes');
  const byPath = partlyMounted(pod);
  for (const volume of Array.isArray(volumes) ? volumes : []) {
    for (const [kind, name] of referencesIn(volume)) add(kind, name, byPath.has(at(volume, 'name')));
  }
  for (const [kind, name] of referencesIn({ ...pod, volumes: undefined })) add(kind, name, true);
  return configs;
}

/** The Pod of a workload. */
function podOf(object: PlainObject): PlainObject | undefined {
  const spec = object.kind === 'CronJob' ? at(object, 'spec', 'jobTemplate', 'spec') : object.spec;
  const pod = object.kind === 'Pod' ? spec : at(spec, 'template', 'spec');
  return isPlainObject(pod) ? pod : undefined;
}

/** Volumes of which a container has a part only (subPath). */
function partlyMounted(pod: PlainObject): ReadonlySet<unknown> {
  const containers = [at(pod, 'containers'), at(pod, 'initContainers')].flatMap((list) => list ?? []);
  const mounts = containers.flatMap((container) => at(container, 'volumeMounts') ?? []);
  const partly = mounts.filter((mount) => (at(mount, 'subPath') ?? at(mount, 'subPathExpr')) !== undefined);
  return new Set(partly.map((mount) => at(mount, 'name')));
}

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['configMap', 'ConfigMap'],
  ['configMapRef', 'ConfigMap'],
  ['configMapKeyRef', 'ConfigMap'],
  ['secret', 'Secret'],
  ['secretRef', 'Secret'],
  ['secretKeyRef', 'Secret'],
]);

/** ConfigMaps and Secrets that some fields name. */
function* referencesIn(value: unknown): Generator<readonly [kind: string, name: unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const kind = REFERENCES.get(key);
    const name = at(inner, 'secretName') ?? at(inner, 'name');
    if (kind !== undefined && name !== undefined) yield [kind, name];
    else yield* referencesIn(inner);
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isPlainObject(inner) ? inner[key] : undefined), value);
}
