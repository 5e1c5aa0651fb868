import { DEFINITION_RULES } from './definition-rules';
import { METADATA_RULES } from './metadata-rules';
import type { ObjectRule } from './object-rule';
import { DRAINS, METRICS } from './whole-rules';

const DOCS = 'https://kubernetes.io/docs';
const WORKLOAD = /^(Deployment|DaemonSet|StatefulSet)$/;

/** A version of one of the groups of Kubernetes itself: those of other groups may mean another thing. */
const OWN_VERSION =
  /^((apps|batch|policy|autoscaling|extensions|(networking|rbac\.authorization|apiextensions|admissionregistration|storage|discovery)\.k8s\.io)\/)?v\d+((alpha|beta)\d+)?$/;

/** Versions that every API server since Kubernetes 1.27 knows. */
const SERVED: ReadonlySet<string> = new Set([
  'v1',
  'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'apps/v1',
  'autoscaling/v1',
  'autoscaling/v2',
  'batch/v1',
  'discovery.k8s.io/v1',
  'networking.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
  'storage.k8s.io/v1',
]);

/** Whether two versions are of one group; `extensions` was once the group of what is in others now. */
function isSameGroup(before: string, after: string): boolean {
  const [one, other] = [before, after].map((version) => version.replace(/\/?v\d+\w*$/, ''));
  return one === other || one === 'extensions';
}

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
    kinds: /^IngressClass$/,
    pointer: /^\/spec\/controller$/,
    impact: 'immutable field',
    reason: 'a class keeps its controller: delete it and create it anew',
    source: `${DOCS}/reference/kubernetes-api/service-resources/ingress-class-v1/`,
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
    // Admission policies are v1 from 1.30 on only.
    kinds: /^(?!ValidatingAdmissionPolicy)/,
    pointer: /^\/apiVersion$/,
    when: ({ before, after }) =>
      OWN_VERSION.test(String(before)) && SERVED.has(String(after)) && isSameGroup(String(before), String(after)),
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
    pointer: /^\/spec\/(serviceName|volumeClaimTemplates|podManagementPolicy|revisionHistoryLimit)/,
    impact: 'immutable field',
    reason:
      'a StatefulSet takes changes of replicas, template, updateStrategy and minReadySeconds only (of revisionHistoryLimit from 1.33 on)',
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
    kinds: /^Deployment$/,
    pointer: /^\/spec\/paused$/,
    when: ({ after }) => after !== true,
    impact: 'pod roll',
    reason: 'a roll that waited goes on',
    source: `${DOCS}/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment`,
  },
  {
    kinds: WORKLOAD,
    pointer: /^\/spec\/replicas$/,
    when: ({ after }) => after === 0,
    impact: 'pods start or stop',
    reason: 'its last Pods end: nothing answers any more',
    source: `${DOCS}/concepts/workloads/controllers/deployment/#scaling-a-deployment`,
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
    pointer: /^\/spec\/revisionHistoryLimit$/,
    impact: 'none',
    reason: 'how many older revisions are kept: no Pod takes notice, and "kubectl rollout undo" knows that many',
    source: `${DOCS}/concepts/workloads/controllers/deployment/#clean-up-policy`,
  },
  {
    kinds: WORKLOAD,
    pointer: /^\/spec\/(strategy|updateStrategy|minReadySeconds|progressDeadlineSeconds)/,
    impact: 'none',
    reason: 'how Pods are replaced, in this change or the next one: by itself it replaces none',
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
    kinds: /^Secret$/,
    pointer: /^\/type$/,
    impact: 'immutable field',
    reason: 'a Secret keeps its type: delete it and create it anew',
    source: `${DOCS}/concepts/configuration/secret/#secret-types`,
  },
  {
    kinds: /^PersistentVolumeClaim$/,
    pointer: /^\/spec\/(?!resources|volumeAttributesClassName)/,
    impact: 'immutable field',
    reason: 'a claim keeps its volume: delete it and create it anew, and what the volume holds may go with it',
    source: `${DOCS}/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims`,
  },
  {
    kinds: /^PersistentVolumeClaim$/,
    pointer: /^\/spec\/resources/,
    impact: 'unknown',
    reason: 'a volume grows where its class allows it, and never shrinks',
    source: `${DOCS}/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims`,
  },
  {
    kinds: /^(ClusterRoleBinding|RoleBinding)$/,
    pointer: /^\/roleRef/,
    impact: 'immutable field',
    reason:
      'a binding keeps its role: delete it and create it anew; while Pods need the old role, bind it by another name first',
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
    kinds: /^PodDisruptionBudget$/,
    pointer: /^\/spec/,
    impact: 'none',
    reason: DRAINS,
    source: `${DOCS}/concepts/workloads/pods/disruptions/`,
  },
  {
    kinds: /^ServiceMonitor$/,
    pointer: /^\/spec/,
    impact: 'unknown',
    reason: METRICS,
    source: 'https://prometheus-operator.dev/docs/api-reference/api/',
  },
];
