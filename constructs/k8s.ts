/** The only place that knows how cdk8s-plus objects look inside. They are accepted as input, never used for output. */
import type { IPodSelector } from 'cdk8s-plus-27';

/** Anything of cdk8s-plus that selects Pods: a Deployment, StatefulSet, DaemonSet, Job, Pod, or Pods.select(). */
export type Workload = IPodSelector;

/** Labels and namespace by which the Pods of a workload are found; without labels where a Service cannot select them. */
export interface WorkloadSelection {
  readonly matchLabels: Readonly<Record<string, string>> | undefined;
  readonly namespace: string | undefined;
}

/** Reads the selection of a workload. A Service matches labels, no expressions, in one namespace that it can name. */
export function selectionOf(workload: Workload): WorkloadSelection {
  const { labelSelector, namespaces } = workload.toPodSelectorConfig();
  const { matchLabels, matchExpressions } = labelSelector._toKube();
  const names = namespaces?.names ?? [];
  const byLabel = namespaces?.labelSelector !== undefined && !namespaces.labelSelector.isEmpty();
  const selectable = matchExpressions === undefined && names.length < 2 && !byLabel;
  const { metadata } = workload as { readonly metadata?: { readonly namespace?: string } };
  return { matchLabels: selectable ? matchLabels : undefined, namespace: names[0] ?? metadata?.namespace };
}
