import { isIPv6 } from 'node:net';
import type { BackendModel, BalancerModel, PortModel } from '../model/balancer/balancer';
import { dialledPort } from '../model/balancer/balancer';
import type { Metadata, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicyPort } from './k8s';

/**
 * Lets clients reach the proxy on its ports, and the proxy its backends and DNS; nothing else.
 * The kubelet's probes need no rule: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicy(
  model: BalancerModel,
  metadata: Metadata,
  matchLabels: Readonly<Record<string, string>>,
): NetworkPolicy {
  const from = model.networkPolicy?.from?.map(peerOf);
  const ports = model.ports.map(({ port, protocol }) => ({ port, protocol }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from, ports }],
      egress: [DNS, ...model.backends.map((backend) => egressRule(backend, model.ports))],
    },
  };
}

/** Name servers stand in the cluster, on the node or outside: only the port is known. */
const DNS: NetworkPolicyEgressRule = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

type Client = NonNullable<NonNullable<BalancerModel['networkPolicy']>['from']>[number];

function peerOf({ cidr, namespaceSelector, podSelector }: Client): NetworkPolicyPeer {
  return {
    ipBlock: cidr === undefined ? undefined : { cidr },
    namespaceSelector: namespaceSelector && { matchLabels: namespaceSelector },
    podSelector: podSelector && { matchLabels: podSelector },
  };
}

/** A policy sees the Pod behind a Service, not the Service: of an existing one only the namespace is known. */
function egressRule({ target }: BackendModel, ports: readonly PortModel[]): NetworkPolicyEgressRule {
  switch (target.kind) {
    case 'pods':
      return { to: [{ podSelector: { matchLabels: target.selector } }], ports: targetPorts(ports) };
    case 'service':
      return { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': target.namespace } } }] };
    case 'address': {
      const cidr = `${target.address}/${isIPv6(target.address) ? 128 : 32}`;
      const dialled = ports.map((port) => ({ port: dialledPort(port, target), protocol: port.protocol }));
      return { to: [{ ipBlock: { cidr } }], ports: dialled };
    }
  }
}

function targetPorts(ports: readonly PortModel[]): NetworkPolicyPort[] {
  return ports.map(({ targetPort, protocol }) => ({ port: targetPort, protocol }));
}
