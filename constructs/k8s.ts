/** The only place that knows how cdk8s-plus objects look inside. They are accepted as input, never used for output. */
import type { IPodSelector } from 'cdk8s-plus-27';

/** Anything of cdk8s-plus that selects Pods: a Deployment, StatefulSet, DaemonSet, Job, Pod, or Pods.select(). */
export type Workload = IPodSelector;

/** Labels and namespace by which the Pods of a workload are found; without labels where it selects in other ways. */
export interface WorkloadSelection {
  readonly matchLabels: Readonly<Record<string, string>> | undefined;
  readonly namespace: string | undefined;
}

/** Reads the selection of a workload. A Service can match labels only, no expressions. */
export function selectionOf(workload: Workload): WorkloadSelection {
  const { matchLabels, matchExpressions } = workload.toPodSelectorConfig().labelSelector._toKube();
  const { metadata } = workload as { readonly metadata?: { readonly namespace?: string } };
  return {
    matchLabels: matchExpressions === undefined ? matchLabels : undefined,
    namespace: metadata?.namespace,
  };
}
