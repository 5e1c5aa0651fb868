/** Rules for what refers to other objects: budgets, network policies, permissions. */
import type {
  KubernetesObject,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  PodDisruptionBudget,
  RoleBinding,
} from '../../compiler/manifest/k8s';
import { matches, ofKind, podsBeside, type Rule, when } from './rule';
import { isDnsLabel, isNetwork, isPort, isPortName } from './syntax';

/** A budget selects Pods that are there, and has one bound. */
export const budget = ofKind<PodDisruptionBudget>('PodDisruptionBudget', (object, all) => {
  const { selector, minAvailable, maxUnavailable } = object.spec ?? {};
  const labels = selector?.matchLabels ?? {};
  const found = podsBeside(object, all).some((pod) => matches(labels, pod));
  const bounds = [minAvailable, maxUnavailable].filter((bound) => bound !== undefined).length;
  return [
    ...when(Object.keys(labels).length === 0 || !found, 'selects no Pods'),
    ...when(bounds !== 1, `has ${bounds} bounds`),
  ];
});

/** A NetworkPolicy is for Pods that are there. */
export const policyTarget = ofKind<NetworkPolicy>('NetworkPolicy', (object, all) => {
  const labels = object.spec?.podSelector.matchLabels ?? {};
  return when(!podsBeside(object, all).some((pod) => matches(labels, pod)), 'selects no Pods');
});

/** Peers of a NetworkPolicy are networks or selections, not both and not neither. */
export const policyPeers = ofKind<NetworkPolicy>('NetworkPolicy', ({ spec }) => {
  const peers = [
    ...(spec?.ingress ?? []).flatMap(({ from = [] }) => from),
    ...(spec?.egress ?? []).flatMap(({ to = [] }) => to),
  ];
  return peers.flatMap(peerProblems);
});

function peerProblems({ ipBlock, ...selection }: NetworkPolicyPeer): string[] {
  const selects = Object.keys(selection).length > 0;
  if (ipBlock === undefined) return when(!selects, 'has an empty peer');
  const networks = [ipBlock.cidr, ...(ipBlock.except ?? [])];
  return [
    ...when(selects, `has a peer with both ${ipBlock.cidr} and a selector`),
    ...networks.filter((cidr) => !isNetwork(cidr)).map((cidr) => `peer "${cidr}" is no network`),
  ];
}

/** Ports of a NetworkPolicy are numbers in range or names of container ports. */
export const policyPorts = ofKind<NetworkPolicy>('NetworkPolicy', ({ spec }) => {
  const rules: readonly { readonly ports?: readonly NetworkPolicyPort[] }[] = [
    ...(spec?.ingress ?? []),
    ...(spec?.egress ?? []),
  ];
  const ports = rules.flatMap(({ ports: some = [] }) => some).filter(({ port }) => port !== undefined);
  const bad = ports.filter(({ port, endPort }) => {
    const good = typeof port === 'string' ? isPortName(port) : isPort(port);
    return !good || (endPort !== undefined && !(isPort(endPort) && endPort >= Number(port)));
  });
  return bad.map(({ port }) => `port ${port} is out of range`);
});

/** As Kubernetes has it: the L1 types of cdk8s write nonResourceUrLs. */
interface Permission {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** Permissions name what they are for; no one gets all of it. */
export const permissions: Rule = (object) => {
  if (object.kind !== 'Role' && object.kind !== 'ClusterRole') return [];
  const { rules = [] } = object as KubernetesObject & { readonly rules?: readonly Permission[] };
  return rules.flatMap(({ verbs, apiGroups, resources = [], nonResourceURLs = [] }) => {
    const aimless = resources.length + nonResourceURLs.length === 0;
    return [
      ...when(verbs.length === 0 || aimless, 'has a rule without verbs or without resources'),
      ...when(resources.length > 0 && apiGroups === undefined, 'has a rule without apiGroups'),
      ...when(verbs.includes('*') || resources.includes('*'), 'has a rule with a wildcard'),
    ];
  });
};

/** Roles that each cluster has: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const BUILT_IN = /^(system:.*|cluster-admin|admin|edit|view)$/;

/** The role of a binding exists, and each account that it is given to. */
export const bindings: Rule = (object, all) => {
  if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') return [];
  const { roleRef, subjects = [] } = object as RoleBinding;
  const roleNamespace = roleRef.kind === 'Role' ? object.metadata.namespace : undefined;
  const known = roleRef.kind === 'ClusterRole' && BUILT_IN.test(roleRef.name);
  const accounts = subjects.filter(({ kind }) => kind === 'ServiceAccount');
  return [
    ...when(
      !known && !exists(all, roleRef.kind, roleRef.name, roleNamespace),
      `${roleRef.kind} "${roleRef.name}" does not exist`,
    ),
    ...accounts.flatMap(({ name, namespace = '' }) => [
      ...when(!isDnsLabel(namespace), `account "${name}" has no namespace`),
      ...when(!exists(all, 'ServiceAccount', name, namespace), `ServiceAccount "${namespace}/${name}" does not exist`),
    ]),
  ];
};

function exists(all: readonly KubernetesObject[], kind: string, name: string, namespace: string | undefined): boolean {
  return all.some(({ kind: k, metadata: m }) => k === kind && m.name === name && m.namespace === namespace);
}
