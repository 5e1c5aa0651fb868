import type { Metadata, PodDisruptionBudget } from '../k8s';

/** Lets evictions take one Pod at a time, and Pods that are not ready at any time. */
export function disruptionBudget(
  metadata: Metadata,
  matchLabels: Readonly<Record<string, string>>,
): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  };
}
