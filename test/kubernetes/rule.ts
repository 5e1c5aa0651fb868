/** What a rule is, and how rules read objects. */
import type {
  Container,
  Deployment,
  KubernetesObject,
  Metadata,
  PodSpec,
  StatefulSet,
} from '../../compiler/manifest/k8s';

/** Looks at one object among all that are applied together, and answers what is wrong with it. */
export type Rule = (object: KubernetesObject, all: readonly KubernetesObject[]) => string[];

/** A Pod, or what a workload makes Pods from. */
export interface Pod {
  readonly metadata?: Partial<Metadata>;
  readonly spec: PodSpec;
}

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Job']);

/** The Pod of a Pod or a workload; undefined for other kinds. */
export function podOf(object: KubernetesObject): Pod | undefined {
  const { kind } = object;
  if (kind === 'Pod') return object as KubernetesObject & Pod;
  if (kind === 'StatefulSet') return statefulPod(object as StatefulSet);
  return WORKLOADS.has(kind) ? ((object as Deployment).spec?.template as Pod | undefined) : undefined;
}

/** The controller adds a volume for each claim, by its name. */
function statefulPod({ spec }: StatefulSet): Pod | undefined {
  const pod = spec?.template as Pod | undefined;
  const claims = spec?.volumeClaimTemplates ?? [];
  if (pod === undefined || claims.length === 0) return pod;
  const claimed = claims.map(({ metadata }) => {
    const name = metadata?.name ?? '';
    return { name, persistentVolumeClaim: { claimName: name } };
  });
  return { ...pod, spec: { ...pod.spec, volumes: [...(pod.spec.volumes ?? []), ...claimed] } };
}

/** A rule for objects of one kind. */
export function ofKind<T extends KubernetesObject>(
  kind: T['kind'],
  check: (object: T, all: readonly KubernetesObject[]) => string[],
): Rule {
  return (object, all) => (object.kind === kind ? check(object as T, all) : []);
}

/** A rule for everything that has a Pod. */
export function ofPod(check: (pod: Pod, object: KubernetesObject, all: readonly KubernetesObject[]) => string[]): Rule {
  return (object, all) => {
    const pod = podOf(object);
    return pod === undefined ? [] : check(pod, object, all);
  };
}

/** A rule for every container of every Pod, those that run first included. */
export function ofContainer(check: (container: Container, pod: Pod) => string[]): Rule {
  return ofPod((pod) =>
    containersOf(pod).flatMap((container) =>
      check(container, pod).map((text) => `container "${container.name}": ${text}`),
    ),
  );
}

/** All containers of a Pod. */
export function containersOf({ spec }: Pod): Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** The Pods of the same namespace. */
export function podsBeside({ metadata }: KubernetesObject, all: readonly KubernetesObject[]): Pod[] {
  const near = all.filter((other) => other.metadata.namespace === metadata.namespace);
  return near.map(podOf).filter((pod) => pod !== undefined);
}

/** Whether labels are all found among those of a Pod. */
export function matches(labels: Readonly<Record<string, string>> | undefined, pod: Pod): boolean {
  return Object.entries(labels ?? {}).every(([key, value]) => pod.metadata?.labels?.[key] === value);
}

/** The text as a problem, if it is one. */
export function when(bad: boolean, text: string): string[] {
  return bad ? [text] : [];
}

/** What is in a list more than once. */
export function repeated(items: readonly (string | number)[]): (string | number)[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
