import { DEFINITION_RULES } from './definition-rules';
import { METADATA_RULES } from './metadata-rules';
import type { ObjectRule, WholeRule } from './object-rule';

const DOCS = 'https://kubernetes.io/docs';
const WORKLOAD = /^(Deployment|DaemonSet|StatefulSet)$/;

/** Fields and what changing them does; the first row that fits counts. */
export const OBJECT_RULES: readonly ObjectRule[] = [
  {
    kinds: /^Service$/,
    pointer: /^\/metadata\/annotations\/(service\.beta\.kubernetes\.io~1|.*alicloud|.*alibaba)/,
    impact: 'cloud load balancer',
    reason: 'the cloud controller changes the load balancer behind the Service',
    source: 'https://github.com/kubernetes/cloud-provider-alibaba-cloud/blob/master/docs/usage.md',
  },
  {
    kinds: /^(Ingress|IngressClass|AlbConfig)$/,
    pointer: /^\/(metadata\/annotations|spec)/,
    impact: 'cloud load balancer',
    reason: 'the load balancer controller changes listeners and rules',
  },
  {
    kinds: /^Namespace$/,
    pointer: /^\/metadata\/labels\/pod-security/,
    impact: 'permissions',
    reason: 'which Pods may start in the namespace',
    source: `${DOCS}/concepts/security/pod-security-admission/`,
  },
  ...METADATA_RULES,
  {
    kinds: /./,
    pointer: /^\/apiVersion$/,
    impact: 'none',
    reason: 'the same object under another version of its API',
    source: `${DOCS}/reference/using-api/deprecation-policy/`,
  },
  {
    kinds: WORKLOAD,
    pointer: /^\/spec\/selector/,
    impact: 'immutable field',
    reason: 'the selector of a workload cannot change: delete the object and create it anew',
    source: `${DOCS}/concepts/workloads/controllers/deployment/#label-selector-updates`,
  },
  {
    kinds: /^StatefulSet$/,
    pointer: /^\/spec\/(serviceName|volumeClaimTemplates|podManagementPolicy)/,
    impact: 'immutable field',
    reason: 'a StatefulSet takes changes of replicas, template, updateStrategy and minReadySeconds only',
    source: `${DOCS}/concepts/workloads/controllers/statefulset/`,
  },
  {
    kinds: WORKLOAD,
    pointer: /^\/spec\/template/,
    impact: 'pod roll',
    reason: 'a change of the template replaces every Pod',
    source: `${DOCS}/concepts/workloads/controllers/deployment/#updating-a-deployment`,
  },
  {
    kinds: WORKLOAD,
    pointer: /^\/spec\/replicas$/,
    impact: 'pods start or stop',
    reason: 'Pods are added or taken away; the others keep running',
    source: `${DOCS}/concepts/workloads/controllers/deployment/#scaling-a-deployment`,
  },
  {
    kinds: WORKLOAD,
    pointer: /^\/spec\/updateStrategy\/(type|rollingUpdate\/partition)$/,
    impact: 'pod roll',
    reason: 'Pods of an older template that waited are replaced now',
    source: `${DOCS}/concepts/workloads/controllers/statefulset/#update-strategies`,
  },
  {
    kinds: WORKLOAD,
    pointer: /^\/spec\/(strategy|updateStrategy|minReadySeconds|revisionHistoryLimit|progressDeadlineSeconds)/,
    impact: 'none',
    reason: 'counts at the next roll',
    source: `${DOCS}/concepts/workloads/controllers/deployment/#writing-a-deployment-spec`,
  },
  {
    kinds: /^Pod$/,
    pointer: /^\/spec\/(containers|initContainers)\/[^/]+\/image$/,
    impact: 'pods start or stop',
    reason: 'the container starts again with the other image',
    source: `${DOCS}/concepts/workloads/pods/#pod-update-and-replacement`,
  },
  {
    kinds: /^(Pod|Job)$/,
    pointer: /^\/spec/,
    impact: 'immutable field',
    reason: 'a Pod that runs cannot be changed there: delete it and create it anew',
    source: `${DOCS}/concepts/workloads/pods/#pod-update-and-replacement`,
  },
  {
    kinds: /^Service$/,
    pointer: /^\/spec\/(clusterIP|clusterIPs|ipFamilies|loadBalancerClass)/,
    impact: 'immutable field',
    reason: 'the address and the class of a Service cannot change: delete it and create it anew',
    source: `${DOCS}/reference/kubernetes-api/service-resources/service-v1/`,
  },
  {
    kinds: /^Service$/,
    pointer: /^\/spec\/externalIPs/,
    impact: 'traffic moves',
    reason: 'nodes begin or cease to take connections to the address',
    source: `${DOCS}/concepts/services-networking/service/#external-ips`,
  },
  {
    kinds: /^Service$/,
    pointer: /^\/spec/,
    impact: 'traffic moves',
    reason: 'new connections to the Service go elsewhere',
    source: `${DOCS}/concepts/services-networking/service/`,
  },
  {
    kinds: /^(ClusterRoleBinding|RoleBinding)$/,
    pointer: /^\/roleRef/,
    impact: 'immutable field',
    reason: 'a binding keeps its role: delete it and create it anew',
    source: `${DOCS}/reference/access-authn-authz/rbac/#clusterrolebinding-example`,
  },
  {
    kinds: /^(Role|ClusterRole|RoleBinding|ClusterRoleBinding|ServiceAccount)$/,
    pointer: /^\/(rules|subjects|aggregationRule|secrets|imagePullSecrets|automountServiceAccountToken)/,
    impact: 'permissions',
    reason: 'counts with the next request of the account',
    source: `${DOCS}/reference/access-authn-authz/rbac/`,
  },
  {
    kinds: /^ValidatingAdmissionPolicy(Binding)?$/,
    pointer: /^\/spec/,
    impact: 'permissions',
    reason: 'which objects the API server takes from now on',
    source: `${DOCS}/reference/access-authn-authz/validating-admission-policy/`,
  },
  {
    kinds: /^NetworkPolicy$/,
    pointer: /^\/spec/,
    impact: 'traffic moves',
    reason: 'which connections Pods take from now on',
    source: `${DOCS}/concepts/services-networking/network-policies/`,
  },
  ...DEFINITION_RULES,
  {
    kinds: /^(PodDisruptionBudget|ServiceMonitor)$/,
    pointer: /^\/spec/,
    impact: 'none',
    reason: 'counts at the next drain of a node, or the next reading of metrics',
    source: `${DOCS}/concepts/workloads/pods/disruptions/`,
  },
];

/** What the arrival of an object does to what runs; kinds without a row are unknown. */
export const ADDED: readonly WholeRule[] = [
  [/^(Deployment|DaemonSet|StatefulSet|Pod|Job)$/, 'pods start or stop', 'new Pods start'],
  [
    /^Service$/,
    'traffic moves',
    'nodes begin to take connections to its external addresses',
    ({ externalIPs }) => Array.isArray(externalIPs) && externalIPs.length > 0,
  ],
  [
    /^Service$/,
    'cloud load balancer',
    'a controller makes a load balancer for it',
    ({ type }) => type === 'LoadBalancer',
  ],
  [/^Service$/, 'none', 'a name and an address that nobody used before'],
  [
    /^(Ingress|IngressClass|AlbConfig)$/,
    'cloud load balancer',
    'the load balancer controller makes listeners and rules',
  ],
  [/^(Role|ClusterRole|RoleBinding|ClusterRoleBinding|ServiceAccount)$/, 'permissions', 'an account may do more'],
  [/^ValidatingAdmissionPolicy(Binding)?$/, 'permissions', 'the API server refuses more'],
  [/^NetworkPolicy$/, 'traffic moves', 'Pods that it selects take no other connections any more'],
  [
    /^(Namespace|ConfigMap|Secret|ExternalSecret|CustomResourceDefinition|PodDisruptionBudget|ServiceMonitor)$/,
    'none',
    'nothing uses it yet',
  ],
];

/** What it does to what runs that an object goes. */
export const REMOVED: readonly WholeRule[] = [
  [/^(Deployment|DaemonSet|StatefulSet|Pod|Job)$/, 'pods start or stop', 'its Pods end'],
  [/^Service$/, 'traffic moves', 'its name and its addresses answer no more'],
  [/^(Ingress|IngressClass|AlbConfig)$/, 'cloud load balancer', 'listeners and rules go'],
  [/^(Role|ClusterRole|RoleBinding|ClusterRoleBinding|ServiceAccount)$/, 'permissions', 'an account may do less'],
  [/^ValidatingAdmissionPolicy(Binding)?$/, 'permissions', 'the API server takes more'],
  [/^NetworkPolicy$/, 'traffic moves', 'Pods that it selected take every connection'],
  [/^CustomResourceDefinition$/, 'immutable field', 'all objects of the resource are deleted with it'],
  [/^Namespace$/, 'immutable field', 'everything in the namespace is deleted with it'],
  [
    /^(PodDisruptionBudget|ServiceMonitor)$/,
    'none',
    'counts at the next drain of a node, or the next reading of metrics',
  ],
];
