import type { AlbIngressSpec } from '../spec/generated/alb-ingress';

/** What is filled in for a field of a AlbIngress that a spec leaves out, by profile. */
export const ALB_INGRESS_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Partial<AlbIngressSpec>>>;
