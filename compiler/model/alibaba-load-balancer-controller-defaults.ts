import type { AlibabaLoadBalancerControllerSpec } from '../spec/generated/alibaba-load-balancer-controller';

/** What is filled in for a field of a AlibabaLoadBalancerController that a spec leaves out, by profile. */
export const ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Partial<AlibabaLoadBalancerControllerSpec>>>;
