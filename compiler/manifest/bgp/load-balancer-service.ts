import type { LoadBalancerServiceModel } from '../../model/bgp/bgp-load-balancer';
import { bgpLabels } from '../../model/bgp/bgp-names';
import { type Rendered, stemOf } from '../artefact';
import type { Metadata, Service } from '../k8s';
import { service } from '../service';

/** kube-proxy leaves a Service with this label to another proxy: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export const PROXY_NAME_LABEL = 'service.kubernetes.io/service-proxy-name';

/** What a LoadBalancerService becomes. */
export function renderLoadBalancerService(model: LoadBalancerServiceModel): Rendered {
  const { name, namespace } = model;
  const stem = stemOf('LoadBalancerService', 'cdk8s-balancer.dev', name, namespace);
  return { stem, objects: [loadBalancerServiceManifest(model)], files: {} };
}

/**
 * The Service that 002 asks for: type LoadBalancer and externalIPs.
 *
 * It has no loadBalancerClass, which would keep other controllers (of a cloud, MetalLB) from giving it an address as well: the
 * field is immutable, and the Services of a running installation have none.
 */
export function loadBalancerServiceManifest(model: LoadBalancerServiceModel): Service {
  const { profile, selector, externalIPs, externalTrafficPolicy } = model;
  const families = (['IPv4', 'IPv6'] as const).filter((own) => externalIPs.some(({ family }) => family === own));
  const plain = service({
    metadata: loadBalancerServiceMetadata(model),
    type: 'LoadBalancer',
    selector,
    ports: model.ports.map(({ name, protocol, port, targetPort, nodePort }) => ({
      name: name || undefined,
      protocol,
      port,
      targetPort,
      nodePort,
    })),
    externalTrafficPolicy,
    // kube-proxy serves an external address of the Service's own families only; IPv4 is what most clusters take by themselves.
    ipFamilies: families.includes('IPv6') ? families : undefined,
  });
  return {
    ...plain,
    spec: {
      ...plain.spec,
      externalIPs: externalIPs.map(({ address }) => address),
      // Nobody needs a port of the nodes to reach an EIP; one that the spec names is given all the same.
      allocateLoadBalancerNodePorts: profile === 'hardened' ? false : undefined,
    },
  };
}

/** What the metadata of the Service depends on. */
type LoadBalancerServiceIdentity = Pick<
  LoadBalancerServiceModel,
  'profile' | 'name' | 'namespace' | 'labels' | 'annotations'
> &
  Partial<Pick<LoadBalancerServiceModel, 'steering'>>;

/** Name, labels and annotations of the Service. */
export function loadBalancerServiceMetadata(identity: LoadBalancerServiceIdentity): Metadata {
  const { profile, name, namespace, annotations, steering } = identity;
  const labels = {
    ...(profile === 'hardened' && { ...identity.labels, ...bgpLabels(name, 'service') }),
    // The proxy listens on the node itself: a translation of the address would go past it.
    ...(steering === 'socket' && { [PROXY_NAME_LABEL]: 'none' }),
  };
  return {
    name,
    namespace,
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}
