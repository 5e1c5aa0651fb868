import type { BalancerOperatorSpec } from '../spec/generated/balancer-operator';

/** What is filled in for a field of a BalancerOperator that a spec leaves out, by profile. */
export const BALANCER_OPERATOR_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Partial<BalancerOperatorSpec>>>;
