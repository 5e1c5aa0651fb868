import type { PhaseMachineSpec } from '../../spec/generated/phase-machine';

/** Fields of a PhaseMachine that a profile may fill. */
type Defaults = Required<Pick<PhaseMachineSpec, 'kubernetesVersion' | 'requeueAfterSeconds' | 'resettable'>>;

/** What is filled in for a field of a PhaseMachine that a spec leaves out, by profile. */
export const PHASE_MACHINE_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30', requeueAfterSeconds: 5, resettable: false },
  // rebirthmonkey/k8s-dev@6b40f61:pkg/pm/phasemachine.go, RecommandedRequeueDefer
  upstream: { kubernetesVersion: '1.30', requeueAfterSeconds: 5, resettable: false },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Defaults>>;
