import type { ObjectRule } from './object-rule';

const DOCS = 'https://kubernetes.io/docs';

/** Kinds that nothing selects by their labels, or only their own controller. Others select Services, monitors, Ingresses, ConfigMaps and Secrets. */
const OWN_LABELS =
  /^(Deployment|DaemonSet|StatefulSet|Job|CronJob|ServiceAccount|ExternalSecret|Role|RoleBinding|ClusterRoleBinding|NetworkPolicy|PodDisruptionBudget|IngressClass|AlbConfig|CustomResourceDefinition|ValidatingAdmissionPolicy|ValidatingAdmissionPolicyBinding)$/;

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
    pointer: /^\/metadata\/labels\/./,
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
    kinds: /^(Service|ServiceMonitor|Ingress|ConfigMap|Secret)$/,
    pointer: /^\/metadata\/labels\//,
    impact: 'unknown',
    reason: 'monitors and controllers select such objects by their labels',
  },
  {
    kinds: /./,
    pointer:
      /^\/metadata\/annotations(\/(app\.kubernetes\.io~1|kubectl\.kubernetes\.io~1|kubernetes\.io~1description$|cdk8s-balancer\.dev~1|controller-gen\.kubebuilder\.io~1)|$)|^\/metadata\/labels$/,
    impact: 'none',
    reason: 'for people and their tools',
    source: `${DOCS}/concepts/overview/working-with-objects/common-labels/`,
  },
  {
    kinds: OWN_LABELS,
    // A label with another domain before it belongs to a program, which may act on it.
    pointer: /^\/metadata\/labels\/((app\.kubernetes\.io|helm\.sh)~1[^/]*|(?!.*~1).*)$/,
    impact: 'none',
    reason: 'a label of the object itself; its Pods keep running',
    source: `${DOCS}/concepts/overview/working-with-objects/common-labels/`,
  },
];
