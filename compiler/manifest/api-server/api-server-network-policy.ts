import { isIP, isIPv6 } from 'node:net';
import { type CustomApiServerModel, LOOPBACK } from '../../model/api-server/custom-api-server';
import { hostOf, portOf } from '../../model/api-server/custom-api-server-dangers';
import type { Metadata, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer } from '../k8s';
import { apiServerPorts } from './api-server-pod';

type Client = NonNullable<CustomApiServerModel['clients']>[number];

/** Lets clients reach the ports of the server, and the server etcd and the APIExt server; nothing else. The kubelet's probes need no rule. */
export function apiServerNetworkPolicy(
  model: CustomApiServerModel,
  metadata: Metadata,
  matchLabels: Readonly<Record<string, string>>,
): NetworkPolicy {
  const ports = apiServerPorts(model).map(({ port }) => ({ port, protocol: 'TCP' }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: model.clients?.map(peerOf), ports }],
      egress: egressRules(model),
    },
  };
}

function peerOf({ cidr, namespaceSelector, podSelector }: Client): NetworkPolicyPeer {
  return {
    ipBlock: cidr === undefined ? undefined : { cidr },
    namespaceSelector: namespaceSelector && { matchLabels: namespaceSelector },
    podSelector: podSelector && { matchLabels: podSelector },
  };
}

/** Name servers stand in the cluster, on the node or outside: only the port is known. */
const DNS: NetworkPolicyEgressRule = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

function egressRules({ storage, flags }: CustomApiServerModel): NetworkPolicyEgressRule[] {
  const addresses = [
    ...(storage.kind === 'etcd' ? storage.servers : []),
    ...(flags.apiextUrl ? [flags.apiextUrl] : []),
  ];
  const far = addresses.filter((address) => ![LOOPBACK, 'localhost', '::1'].includes(hostOf(address)));
  const named = far.some((address) => isIP(hostOf(address)) === 0);
  const rules = new Map(far.map((address) => [JSON.stringify(ruleFor(address)), ruleFor(address)]));
  return [...(named ? [DNS] : []), ...rules.values()];
}

/** A policy knows addresses and Pods: of a name, only the port is known. */
function ruleFor(address: string): NetworkPolicyEgressRule {
  const host = hostOf(address);
  const ports = [{ port: portOf(address), protocol: 'TCP' }];
  return isIP(host) === 0 ? { ports } : { to: [{ ipBlock: { cidr: `${host}/${isIPv6(host) ? 128 : 32}` } }], ports };
}
