import type { BackendModel, BalancerModel, PortModel } from '../../model/balancer/balancer';
import { dialledPort } from '../../model/balancer/balancer';
import type { Metadata, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPort } from '../k8s';
import { addressPeer, DNS, networkPolicy, peerOf } from '../network-policy';

/**
 * Lets clients reach the proxy on its ports, and the proxy its backends and DNS; nothing else.
 * The kubelet's probes need no rule: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function proxyNetworkPolicy(
  model: BalancerModel,
  metadata: Metadata,
  matchLabels: Readonly<Record<string, string>>,
): NetworkPolicy {
  const from = model.networkPolicy?.from?.map(peerOf);
  const ports = model.ports.map(({ port, protocol }) => ({ port, protocol }));
  const egress = [DNS, ...model.backends.map((backend) => egressRule(backend, model.ports))];
  return networkPolicy(metadata, matchLabels, { ingress: [{ from, ports }], egress });
}

/** A policy sees the Pod behind a Service, not the Service: of an existing one only the namespace is known. */
function egressRule({ target }: BackendModel, ports: readonly PortModel[]): NetworkPolicyEgressRule {
  switch (target.kind) {
    case 'pods':
      return { to: [{ podSelector: { matchLabels: target.selector } }], ports: targetPorts(ports) };
    case 'service':
      return { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': target.namespace } } }] };
    case 'address': {
      const dialled = ports.map((port) => ({ port: dialledPort(port, target), protocol: port.protocol }));
      return { to: [addressPeer(target.address)], ports: dialled };
    }
  }
}

function targetPorts(ports: readonly PortModel[]): NetworkPolicyPort[] {
  return ports.map(({ targetPort, protocol }) => ({ port: targetPort, protocol }));
}
