import { isIP } from 'node:net';
import { type CustomApiServerModel, LOOPBACK } from '../../model/api-server/custom-api-server';
import { hostOf, portOf } from '../../model/api-server/custom-api-server-dangers';
import type { Metadata, NetworkPolicy, NetworkPolicyEgressRule } from '../k8s';
import { addressPeer, DNS, networkPolicy, peerOf } from '../network-policy';
import { apiServerPorts } from './api-server-pod';

/** Lets clients reach the ports of the server, and the server etcd and the APIExt server; nothing else. The kubelet's probes need no rule. */
export function apiServerNetworkPolicy(
  model: CustomApiServerModel,
  metadata: Metadata,
  matchLabels: Readonly<Record<string, string>>,
): NetworkPolicy {
  const ports = apiServerPorts(model).map(({ port }) => ({ port, protocol: 'TCP' }));
  const ingress = [{ from: model.clients?.map(peerOf), ports }];
  return networkPolicy(metadata, matchLabels, { ingress, egress: egressRules(model) });
}

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
  return isIP(host) === 0 ? { ports } : { to: [addressPeer(host)], ports };
}
