import type { AlibabaClb, AlibabaNlb, LoadBalancerServiceSpec } from '../../spec/generated/load-balancer-service';

/** TLS 1.2 and 1.3 with forward secrecy; the cloud's own default allows TLS 1.0. */
export const CIPHER_POLICY = 'tls_cipher_policy_1_2_strict_with_1_3';

/** Numbers that the cloud demands of a health check of an HTTP listener; its own defaults elsewhere. */
export const HTTP_CHECK = { intervalSeconds: 2, healthyThreshold: 3, unhealthyThreshold: 3 } as const;

/** Time for an answer that the cloud gives a health check by default. */
export const CHECK_TIMEOUT_SECONDS = 5;

/** A group that is there is on. */
export const GROUP_ENABLED = true;

/** Of a CLB in profile hardened with externalTrafficPolicy Local: nodes get weights by their number of Pods; rr does not look at weights. */
export const LOCAL_SCHEDULER = 'wrr';

/** A CLB with what a spec leaves out: a group that is there is on, and in profile hardened what an expert would choose. */
export function withClbDefaults(clb: AlibabaClb, spec: LoadBalancerServiceSpec): AlibabaClb {
  const own: AlibabaClb = {
    ...clb,
    ...(clb.acl && { acl: { enabled: GROUP_ENABLED, ...clb.acl } }),
    ...(clb.stickySession && { stickySession: { enabled: GROUP_ENABLED, ...clb.stickySession } }),
    ...(clb.connectionDrain && { connectionDrain: { enabled: GROUP_ENABLED, ...clb.connectionDrain } }),
  };
  if (spec.profile === 'upstream') return own;
  return {
    ...(spec.externalTrafficPolicy === 'Local' && { scheduler: LOCAL_SCHEDULER }),
    ...own,
    ...(usesProtocol(spec, 'HTTPS') && { tls: { cipherPolicy: CIPHER_POLICY, ...own.tls } }),
    ...(own.healthCheck?.layer7 && { healthCheck: withHttpCheck(own.healthCheck) }),
  };
}

function withHttpCheck(healthCheck: NonNullable<AlibabaClb['healthCheck']>): NonNullable<AlibabaClb['healthCheck']> {
  const { intervalSeconds = HTTP_CHECK.intervalSeconds } = healthCheck;
  return { ...HTTP_CHECK, timeoutSeconds: Math.max(CHECK_TIMEOUT_SECONDS, intervalSeconds), ...healthCheck };
}

/** An NLB with what a spec leaves out. */
export function withNlbDefaults(nlb: AlibabaNlb, spec: LoadBalancerServiceSpec): AlibabaNlb {
  const alpn = nlb.tls?.alpn && { alpn: { enabled: GROUP_ENABLED, ...nlb.tls.alpn } };
  const hardened = spec.profile !== 'upstream' && usesProtocol(spec, 'TCPSSL') ? { cipherPolicy: CIPHER_POLICY } : {};
  const tls = { ...hardened, ...nlb.tls, ...alpn };
  return {
    ...nlb,
    ...(nlb.connectionDrain && { connectionDrain: { enabled: GROUP_ENABLED, ...nlb.connectionDrain } }),
    // The controller reads no other field of the health check unless it is told that there is one.
    ...(nlb.healthCheck && { healthCheck: { enabled: GROUP_ENABLED, ...nlb.healthCheck } }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

function usesProtocol({ ports = [] }: LoadBalancerServiceSpec, wanted: 'HTTPS' | 'TCPSSL'): boolean {
  return ports.some(({ listener }) => listener?.protocol === wanted);
}
