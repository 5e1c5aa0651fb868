/** What is filled in for a field of a ReconcilerHub that a spec leaves out, by profile. */
export const RECONCILER_HUB_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const;
