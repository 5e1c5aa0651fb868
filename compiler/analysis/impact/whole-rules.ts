import type { WholeRule } from './object-rule';

/** What budgets of Pods are for. */
export const DRAINS = 'counts when somebody drains a node or evicts a Pod: by itself it ends none';

/** What monitors are for. */
export const METRICS = 'Prometheus reads other metrics from then on: alerts and autoscalers may use them';

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
  [/^Service$/, 'traffic moves', 'nodes begin to take connections to its port', ({ type }) => type === 'NodePort'],
  [/^Service$/, 'none', 'a name and an address that nobody used before'],
  [
    /^(Ingress|IngressClass|AlbConfig)$/,
    'cloud load balancer',
    'the load balancer controller makes listeners and rules',
  ],
  [/^(Role|ClusterRole|RoleBinding|ClusterRoleBinding|ServiceAccount)$/, 'permissions', 'an account may do more'],
  [/^ValidatingAdmissionPolicy(Binding)?$/, 'permissions', 'the API server refuses more'],
  [/^NetworkPolicy$/, 'traffic moves', 'Pods that it selects take no other connections any more'],
  [/^ExternalSecret$/, 'unknown', 'its operator writes the Secret that it names, also over one that is there'],
  [/^ServiceMonitor$/, 'unknown', METRICS],
  [/^PodDisruptionBudget$/, 'none', DRAINS],
  [/^(Namespace|ConfigMap|Secret|CustomResourceDefinition)$/, 'none', 'nothing of these manifests uses it yet'],
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
  [/^PersistentVolume(Claim)?$/, 'immutable field', 'what the volume holds may be deleted with it'],
  [/^ServiceMonitor$/, 'unknown', METRICS],
  [/^PodDisruptionBudget$/, 'none', DRAINS],
];
