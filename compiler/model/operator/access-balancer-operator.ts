import { type AccessTable, ALL, READ } from '../access';
import { LEASES, OWNERS, RECORDER } from '../access-sources';

const REPOSITORY = 'hliangzhao/balancer';
const CONTROLLER = `${REPOSITORY}@1ae4b60:pkg/controllers/balancer/balancer_controller.go`;
const DEPLOYMENTS = `${REPOSITORY}@1cb6130:pkg/controllers/balancer/deployment.go`;
const CONFIG_MAPS = `${REPOSITORY}@1cb6130:pkg/controllers/balancer/configmap.go`;
const BACKENDS = `${REPOSITORY}@1ee2ae1:pkg/controllers/balancer/backend_servers.go`;
const MANAGER = `${REPOSITORY}@1cb6130:cmd/manager/main.go`;
const CACHE = 'kubernetes-sigs/controller-runtime: a get through the cached client starts a list and a watch';

/** Permissions of 001's manager. Features: leader-election, config-map-lock, metrics-authentication. */
export const BALANCER_OPERATOR_ACCESS: AccessTable = {
  originalSource: `${REPOSITORY}@49d98fd:config/rbac/role.yaml`,
  original: [
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ALL },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: ALL },
    { apiGroups: [''], resources: ['configmaps'], verbs: ALL },
    { apiGroups: [''], resources: ['pods'], verbs: [...READ, 'create'] },
    { apiGroups: [''], resources: ['replicasets'], verbs: ALL },
    { apiGroups: [''], resources: ['serviceaccounts'], verbs: ALL },
    { apiGroups: [''], resources: ['services'], verbs: ALL },
    { apiGroups: ['exposer.hliangzhao.io'], resources: ['balancers'], verbs: ALL },
    { apiGroups: ['exposer.hliangzhao.io'], resources: ['balancers/status'], verbs: ['get', 'update', 'patch'] },
  ],
  needs: [
    {
      feature: 'always',
      scope: 'cluster',
      rules: [
        { apiGroups: ['exposer.hliangzhao.io'], resources: ['balancers'], verbs: READ },
        { apiGroups: ['exposer.hliangzhao.io'], resources: ['balancers/status'], verbs: ['update'] },
      ],
      purpose: 'follows Balancers, and writes how many backends they have',
      source: `${CONTROLLER}; ${BACKENDS}, syncBalancerStatus`,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: ['exposer.hliangzhao.io'], resources: ['balancers/finalizers'], verbs: ['update'] }],
      purpose: 'makes Balancers the owners of what it creates, where the API server guards that (as on OpenShift)',
      source: OWNERS,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['services'], verbs: [...READ, 'create', 'update', 'delete'] }],
      purpose: 'keeps the front-end Service and one Service per backend, and deletes those of former backends',
      source: `${BACKENDS}, syncBackendServices`,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: [...READ, 'create', 'update'] }],
      purpose: 'keeps nginx.conf',
      source: `${CONFIG_MAPS}, syncConfigMap; ${CACHE}`,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: [...READ, 'create', 'update'] }],
      purpose: 'keeps the Deployment of nginx',
      source: `${DEPLOYMENTS}, syncDeployment; ${CACHE}`,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: READ }],
      purpose: 'watches the Pods that Balancers own',
      source: `${CONTROLLER}, addReconciler`,
    },
    {
      feature: 'leader-election',
      scope: 'namespace',
      rules: [
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] },
        { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      ],
      purpose: 'holds the lease that only one replica has, and says so',
      source: `${LEASES}; ${RECORDER}`,
    },
    {
      feature: 'config-map-lock',
      scope: 'namespace',
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create', 'update'] }],
      purpose: 'holds a ConfigMap beside the lease, as the public image of 2021 does',
      source: 'kubernetes-sigs/controller-runtime@v0.10.0:pkg/leaderelection',
    },
    {
      feature: 'metrics-authentication',
      scope: 'cluster',
      rules: [
        { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
        { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
      ],
      purpose: 'asks the API server who reads the metrics, and whether they may',
      source: `${REPOSITORY}@49d98fd:config/rbac/auth_proxy_role.yaml`,
    },
  ],
  dropped: [
    {
      apiGroup: 'apps',
      resource: 'deployments',
      verb: '*',
      reason: 'Deployments are replaced, never patched; owners take them away when they are deleted',
      source: DEPLOYMENTS,
    },
    {
      apiGroup: 'apps',
      resource: 'replicasets',
      verb: '*',
      reason: 'ReplicaSets are made by the controller of Deployments',
      source: DEPLOYMENTS,
    },
    {
      apiGroup: '',
      resource: 'configmaps',
      verb: '*',
      reason: 'ConfigMaps are replaced, never patched; owners take them away when they are deleted',
      source: CONFIG_MAPS,
    },
    {
      apiGroup: '',
      resource: 'pods',
      verb: '*',
      reason: 'Pods are watched, never created',
      source: CONTROLLER,
    },
    {
      apiGroup: '',
      resource: 'replicasets',
      verb: '*',
      reason: 'the core group has no such resource',
      source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/replica-set-v1/',
    },
    {
      apiGroup: '',
      resource: 'serviceaccounts',
      verb: '*',
      reason: 'no client call is for accounts: nginx runs as the default account',
      source: DEPLOYMENTS,
    },
    {
      apiGroup: '',
      resource: 'services',
      verb: '*',
      reason: 'Services are replaced, never patched',
      source: BACKENDS,
    },
    {
      apiGroup: 'exposer.hliangzhao.io',
      resource: 'balancers',
      verb: '*',
      reason: 'Balancers belong to users: the manager only reads them',
      source: `${CONTROLLER}; ${MANAGER}`,
    },
    {
      apiGroup: 'exposer.hliangzhao.io',
      resource: 'balancers/status',
      verb: '*',
      reason: 'the status is updated as a whole, and read with the Balancer',
      source: BACKENDS,
    },
  ],
};
