/**
 * Resources of Kubernetes' own API groups, for which a permission can be meant: `kubectl api-resources`, Kubernetes 1.27 to
 * 1.33. Subresources are checked by their parent.
 */
export const API_RESOURCES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '': [
      'bindings',
      'componentstatuses',
      'configmaps',
      'endpoints',
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'podtemplates',
      'replicationcontrollers',
      'resourcequotas',
      'secrets',
      'serviceaccounts',
      'services',
      // verbs on identities: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
      'groups',
      'users',
    ],
    'admissionregistration.k8s.io': [
      'mutatingadmissionpolicies',
      'mutatingadmissionpolicybindings',
      'mutatingwebhookconfigurations',
      'validatingadmissionpolicies',
      'validatingadmissionpolicybindings',
      'validatingwebhookconfigurations',
    ],
    'apiextensions.k8s.io': ['customresourcedefinitions'],
    'apiregistration.k8s.io': ['apiservices'],
    apps: ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'],
    'authentication.k8s.io': ['selfsubjectreviews', 'tokenreviews', 'uids', 'userextras'],
    'authorization.k8s.io': [
      'localsubjectaccessreviews',
      'selfsubjectaccessreviews',
      'selfsubjectrulesreviews',
      'subjectaccessreviews',
    ],
    autoscaling: ['horizontalpodautoscalers'],
    batch: ['cronjobs', 'jobs'],
    'certificates.k8s.io': ['certificatesigningrequests', 'clustertrustbundles', 'signers'],
    'coordination.k8s.io': ['leasecandidates', 'leases'],
    'discovery.k8s.io': ['endpointslices'],
    'events.k8s.io': ['events'],
    'flowcontrol.apiserver.k8s.io': ['flowschemas', 'prioritylevelconfigurations'],
    'networking.k8s.io': ['ingressclasses', 'ingresses', 'ipaddresses', 'networkpolicies', 'servicecidrs'],
    'node.k8s.io': ['runtimeclasses'],
    policy: ['poddisruptionbudgets'],
    'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
    'resource.k8s.io': ['deviceclasses', 'resourceclaims', 'resourceclaimtemplates', 'resourceslices'],
    'scheduling.k8s.io': ['priorityclasses'],
    'storage.k8s.io': [
      'csidrivers',
      'csinodes',
      'csistoragecapacities',
      'storageclasses',
      'volumeattachments',
      'volumeattributesclasses',
    ],
  }),
);

/** Groups that no supported version serves: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
export const REMOVED_GROUPS: ReadonlySet<string> = new Set(['extensions']);

/** Versions of kinds that Kubernetes 1.27 no longer serves: the same guide. Some groups have newer kinds in the same version. */
export const REMOVED_KINDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'admissionregistration.k8s.io/v1beta1': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    'apiextensions.k8s.io/v1beta1': ['CustomResourceDefinition'],
    'apiregistration.k8s.io/v1beta1': ['APIService'],
    'apps/v1beta1': ['Deployment', 'StatefulSet'],
    'apps/v1beta2': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
    'authentication.k8s.io/v1beta1': ['TokenReview'],
    'authorization.k8s.io/v1beta1': [
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
    ],
    'autoscaling/v2beta1': ['HorizontalPodAutoscaler'],
    'autoscaling/v2beta2': ['HorizontalPodAutoscaler'],
    'batch/v1beta1': ['CronJob'],
    'batch/v2alpha1': ['CronJob'],
    'certificates.k8s.io/v1beta1': ['CertificateSigningRequest'],
    'coordination.k8s.io/v1beta1': ['Lease'],
    'discovery.k8s.io/v1beta1': ['EndpointSlice'],
    'events.k8s.io/v1beta1': ['Event'],
    'extensions/v1beta1': ['DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'PodSecurityPolicy', 'ReplicaSet'],
    'networking.k8s.io/v1beta1': ['Ingress', 'IngressClass'],
    'node.k8s.io/v1beta1': ['RuntimeClass'],
    'policy/v1beta1': ['PodDisruptionBudget', 'PodSecurityPolicy'],
    'rbac.authorization.k8s.io/v1alpha1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    'rbac.authorization.k8s.io/v1beta1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    'scheduling.k8s.io/v1beta1': ['PriorityClass'],
    'storage.k8s.io/v1beta1': ['CSIDriver', 'CSINode', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment'],
  }),
);
