import { isIPv6 } from 'node:net';
import type { Metadata, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer } from './k8s';

type Rules = Pick<NonNullable<NetworkPolicy['spec']>, 'ingress' | 'egress'>;

/** Lets through what the rules name and nothing else, in each direction that has rules. */
export function networkPolicy(
  metadata: Metadata,
  matchLabels: Readonly<Record<string, string>>,
  rules: Rules,
): NetworkPolicy {
  const policyTypes = rules.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector: { matchLabels }, policyTypes, ...rules },
  };
}

/** Who may come, as specs of all kinds say it. */
interface Client {
  readonly cidr?: string;
  readonly namespaceSelector?: Readonly<Record<string, string>>;
  readonly podSelector?: Readonly<Record<string, string>>;
}

/** A client of a spec. */
export function peerOf({ cidr, namespaceSelector, podSelector }: Client): NetworkPolicyPeer {
  return {
    ipBlock: cidr === undefined ? undefined : { cidr },
    namespaceSelector: namespaceSelector && { matchLabels: namespaceSelector },
    podSelector: podSelector && { matchLabels: podSelector },
  };
}

/** One address outside of the cluster. */
export function addressPeer(address: string): NetworkPolicyPeer {
  return { ipBlock: { cidr: `${address}/${isIPv6(address) ? 128 : 32}` } };
}

/** Name servers stand in the cluster, on the node or outside: only the port is known. */
export const DNS: NetworkPolicyEgressRule = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
