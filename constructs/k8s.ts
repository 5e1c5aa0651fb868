/** The only place that knows how cdk8s-plus objects look inside. They are accepted as input, never used for output. */
import type { IConstruct } from 'constructs';

/**
 * Anything of cdk8s-plus that selects Pods: a Deployment, StatefulSet, DaemonSet, Job, Pod, or Pods.select(). Described by its
 * shape, so that every line of cdk8s-plus fits.
 */
export interface Workload extends IConstruct {
  toPodSelectorConfig(): {
    readonly labelSelector: { isEmpty(): boolean };
    readonly namespaces?: { readonly names?: string[]; readonly labelSelector?: { isEmpty(): boolean } };
  };
}

/** Labels and namespace by which the Pods of a workload are found; without labels where a Service cannot select them. */
interface WorkloadSelection {
  readonly matchLabels: Readonly<Record<string, string>> | undefined;
  readonly namespace: string | undefined;
}

/** Reads the selection of a workload. A Service matches labels, no expressions, in one namespace that it can name. */
export function selectionOf(workload: Workload): WorkloadSelection {
  const { labelSelector, namespaces } = workload.toPodSelectorConfig();
  const { matchLabels, matchExpressions } = (labelSelector as KubernetesSelector)._toKube();
  const names = namespaces?.names ?? [];
  const inOne = namespaces === undefined || (names.length === 1 && (namespaces.labelSelector?.isEmpty() ?? true));
  return { matchLabels: inOne && matchExpressions === undefined ? matchLabels : undefined, namespace: names[0] };
}

/** What a LabelSelector of cdk8s-plus can do beside its public face. */
type KubernetesSelector = {
  isEmpty(): boolean;
  _toKube(): {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly unknown[];
  };
};
