/** What is filled in for a field of a ApiResource that a spec leaves out, by profile. */
export const API_RESOURCE_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30', scope: 'Namespaced' },
  upstream: { kubernetesVersion: '1.30', scope: 'Namespaced' },
} as const;

/** What is filled in for each version. */
export const VERSION_DEFAULTS = { served: true, deprecated: false } as const;
