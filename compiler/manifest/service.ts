import type { Metadata, Service, ServicePort } from './k8s';

/** What a Service is made of. */
export interface ServiceProps {
  readonly metadata: Metadata;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
  /** @default ClusterIP */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  readonly loadBalancerClass?: string;
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** @default the cluster decides */
  readonly ipFamilies?: readonly ('IPv4' | 'IPv6')[];
}

/** A Service with explicit type, selector and ports. */
export function service({ metadata, selector, ports, type = 'ClusterIP', ...policy }: ServiceProps): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type,
      selector,
      ports,
      loadBalancerClass: policy.loadBalancerClass,
      externalTrafficPolicy: policy.externalTrafficPolicy,
      ipFamilies: policy.ipFamilies,
      ipFamilyPolicy: policy.ipFamilies && (policy.ipFamilies.length > 1 ? 'RequireDualStack' : 'SingleStack'),
    },
  };
}
