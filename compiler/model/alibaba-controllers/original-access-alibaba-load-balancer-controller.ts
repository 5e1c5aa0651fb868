import type { AccessRule } from '../access';

/** The rules of the ClusterRole that the document of 000 deploys, in its order. */
export const ORIGINAL_RULES: readonly AccessRule[] = [
  { apiGroups: [''], resources: ['events'], verbs: ['get', 'list', 'create', 'patch', 'update'] },
  { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch', 'update'] },
  { apiGroups: [''], resources: ['services', 'pods'], verbs: ['get', 'list', 'watch', 'update', 'patch'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch', 'update', 'patch'] },
  { apiGroups: [''], resources: ['services/status', 'pods/status'], verbs: ['update', 'patch'] },
  { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['create'] },
  { apiGroups: [''], resources: ['endpoints'], verbs: ['get', 'list', 'watch', 'create', 'patch', 'update'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'list', 'update', 'create'] },
  {
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    verbs: ['get', 'update', 'create', 'delete'],
  },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses', 'ingressclasses'],
    verbs: ['get', 'list', 'watch', 'update', 'create', 'patch', 'delete'],
  },
  {
    apiGroups: ['alibabacloud.com'],
    resources: ['albconfigs'],
    verbs: ['get', 'list', 'watch', 'update', 'create', 'patch', 'delete'],
  },
  { apiGroups: ['alibabacloud.com'], resources: ['albconfigs/status'], verbs: ['update', 'patch'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update', 'patch'] },
  {
    apiGroups: [''],
    resources: ['namespaces/status', 'namespaces', 'services', 'secrets'],
    verbs: ['get', 'list', 'watch', 'update', 'create', 'patch', 'delete'],
  },
  {
    apiGroups: ['extensions', 'apps'],
    resources: ['deployments'],
    verbs: ['get', 'list', 'watch', 'update', 'create', 'patch', 'delete'],
  },
];
