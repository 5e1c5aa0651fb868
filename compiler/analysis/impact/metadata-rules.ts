import type { ObjectRule } from './object-rule';

const DOCS = 'https://kubernetes.io/docs';

/** Kinds that nothing selects, or only their own controller. */
const OWN_LABELS =
  /^(Deployment|DaemonSet|StatefulSet|Job|CronJob|Service|ServiceAccount|ConfigMap|Secret|ExternalSecret|Role|RoleBinding|ClusterRoleBinding|NetworkPolicy|PodDisruptionBudget|ServiceMonitor|CustomResourceDefinition|ValidatingAdmissionPolicy|ValidatingAdmissionPolicyBinding)$/;

/** Labels and annotations of the objects themselves; the first row that fits counts. One that programs may act on has no row. */
export const METADATA_RULES: readonly ObjectRule[] = [
  {
    kinds: /^Pod$/,
    pointer: /^\/metadata\/labels/,
    impact: 'traffic moves',
    reason: 'Services and network policies select Pods by their labels',
    source: `${DOCS}/concepts/overview/working-with-objects/labels/#service-and-replicationcontroller`,
  },
  {
    kinds: /^Namespace$/,
    pointer: /^\/metadata\/labels\/(?!app\.kubernetes\.io~1(version|managed-by)$)/,
    impact: 'traffic moves',
    reason: 'network policies and admission select namespaces by their labels',
    source: `${DOCS}/concepts/services-networking/network-policies/#networkpolicy-namespace-selector`,
  },
  {
    kinds: /^ClusterRole$/,
    pointer: /^\/metadata\/labels/,
    impact: 'permissions',
    reason: 'other ClusterRoles take its rules by its labels',
    source: `${DOCS}/reference/access-authn-authz/rbac/#aggregated-clusterroles`,
  },
  {
    kinds: /^ServiceAccount$/,
    pointer: /^\/metadata\/annotations\/(?!kubectl\.kubernetes\.io~1|kubernetes\.io~1description$)/,
    impact: 'permissions',
    reason: 'clouds give roles to accounts by their annotations',
    source: `${DOCS}/concepts/security/service-accounts/`,
  },
  {
    kinds: /^(?!Node$)/,
    pointer:
      /^\/metadata\/(labels|annotations)(\/(app\.kubernetes\.io~1|helm\.sh~1chart$|kubectl\.kubernetes\.io~1|kubernetes\.io~1description$|cdk8s-balancer\.dev~1|controller-gen\.kubebuilder\.io~1)[^/]*)?$/,
    impact: 'none',
    reason: 'a label or an annotation for people and their tools',
    source: `${DOCS}/concepts/overview/working-with-objects/common-labels/`,
  },
  {
    kinds: OWN_LABELS,
    // A label with a domain before it belongs to a program, which may act on it.
    pointer: /^\/metadata\/labels(?!.*~1)/,
    impact: 'none',
    reason: 'a label of the object itself; its Pods keep running',
  },
];
