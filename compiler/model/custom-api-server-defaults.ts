/** What is filled in for a field of a CustomApiServer that a spec leaves out, by profile. */
export const CUSTOM_API_SERVER_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const;
