/** What is filled in for a field of a PhaseMachine that a spec leaves out, by profile. */
export const PHASE_MACHINE_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const;
