import type { AlbIngressSpec, AlbListener, AlbLoadBalancer } from '../../spec/generated/alb-ingress';

/** What is filled in for a field of an AlbIngress that a spec leaves out, by profile. */
export const ALB_INGRESS_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Partial<AlbIngressSpec>>>;

/** Of a load balancer that is made here, in profile hardened: neither the console nor a slip of the hand takes it away. */
export const LOAD_BALANCER_DEFAULTS = {
  deletionProtectionEnabled: true,
  modificationProtectionConfig: { status: 'ConsoleProtection' },
} as const satisfies AlbLoadBalancer;

/** Of every listener in profile hardened. The controller sends "false" for each header that is absent: Services would not know their clients. */
export const LISTENER_DEFAULTS = {
  xForwardedForConfig: { enabled: true, proto: true },
} as const satisfies Partial<AlbListener>;

/** What is filled in within objects and lists of a spec, and in both profiles alike. A group that is there is on. */
export const ALB_FIELD_DEFAULTS = {
  isDefaultClass: false,
  path: '/',
  pathType: 'Prefix',
  healthCheckEnabled: true,
  headerEnabled: true,
  coverEnabled: false,
} as const;

/** Of HTTPS listeners in profile hardened: TLS 1.2 with forward secrecy, and TLS 1.3. The controller takes TLS 1.0. */
export const SECURITY_POLICY = 'tls_cipher_policy_1_2_strict_with_1_3';
