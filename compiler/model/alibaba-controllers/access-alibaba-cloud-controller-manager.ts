import { type AccessTable, READ } from '../access';
import { LEASES, RECORDER } from '../access-sources';

const REPOSITORY = 'kubernetes/cloud-provider-alibaba-cloud';
const MINIMAL = `${REPOSITORY}@6b1b120:deploy/v2/cloud-controller-manager.yaml`;
const NODES = `${REPOSITORY}@03ae307:pkg/controller/node/node_controller.go`;
const ROUTES = `${REPOSITORY}@042a97f:pkg/controller/route/route_controller.go`;
const ACCOUNTS =
  'kubernetes/kubernetes, release-1.9:pkg/controller/client_builder.go: SAControllerClientBuilder gets or creates the account, then lists and watches Secrets';

/** Permissions of 003's manager. Features: service, node, route, leader-election, service-account-credentials, endpoint-slices. */
export const ALIBABA_CLOUD_CONTROLLER_MANAGER_ACCESS: AccessTable = {
  originalSource: `${REPOSITORY}@025cc54:docs/examples/cloud-controller-manager.yml`,
  original: [
    {
      apiGroups: [''],
      resources: ['persistentvolumes', 'services', 'secrets', 'endpoints', 'serviceaccounts'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
    },
    { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch', 'delete', 'patch', 'update'] },
    { apiGroups: [''], resources: ['services/status'], verbs: ['update'] },
    { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch', 'update'] },
    { apiGroups: [''], resources: ['events', 'endpoints'], verbs: ['create', 'patch', 'update'] },
  ],
  needs: [
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] }],
      purpose: 'records what it did at Services and nodes',
      source: RECORDER,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['nodes'], verbs: READ }],
      purpose: 'follows nodes: they are backends, have routes, or wait for their addresses',
      source: `${NODES}; ${ROUTES} (watches)`,
    },
    {
      feature: 'node',
      scope: 'cluster',
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: ['patch', 'delete'] },
        { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
      ],
      purpose: 'takes the taint off new nodes, writes labels and addresses, deletes nodes whose instance is gone',
      source: `${NODES}, doAddCloudNode and syncNode`,
    },
    {
      feature: 'route',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] }],
      purpose: 'says at the node whether its route is there (NetworkUnavailable)',
      source: `${ROUTES}, updateNetworkingCondition`,
    },
    {
      feature: 'service',
      scope: 'cluster',
      rules: [
        { apiGroups: [''], resources: ['services'], verbs: [...READ, 'update', 'patch'] },
        { apiGroups: [''], resources: ['services/status'], verbs: ['update', 'patch'] },
        { apiGroups: [''], resources: ['endpoints'], verbs: READ },
      ],
      purpose: 'follows Services and their endpoints, puts finalizer, hash and address on Services',
      source: MINIMAL,
    },
    {
      feature: 'endpoint-slices',
      scope: 'cluster',
      rules: [{ apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ }],
      purpose: 'follows EndpointSlices in place of Endpoints, unless the feature gate EndpointSlice is off',
      source: `${REPOSITORY}@bf5dd7a:pkg/config/feature_gates.go; ${REPOSITORY}:docs/examples/cloud-controller-manager.yml (today's)`,
    },
    {
      feature: 'leader-election',
      scope: 'namespace',
      rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] }],
      purpose: 'holds the lease that only one replica has',
      source: LEASES,
    },
    {
      feature: 'leader-election-endpoints',
      scope: 'namespace',
      rules: [{ apiGroups: [''], resources: ['endpoints'], verbs: ['get', 'create', 'update'] }],
      purpose: 'holds the lock of the old versions, an Endpoints object',
      source: 'kubernetes/client-go@v0.23:tools/leaderelection/resourcelock/endpointslock.go',
    },
    {
      feature: 'service-account-credentials',
      scope: 'namespace',
      rules: [
        { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get', 'create'] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['list', 'watch'] },
      ],
      purpose: 'gets an account for each of its controllers, and waits for the Secret with its token; v1.9 only',
      source: ACCOUNTS,
    },
  ],
  dropped: [
    {
      apiGroup: '',
      resource: 'persistentvolumes',
      verb: '*',
      reason: 'the label controller for volumes went into the storage drivers; no controller here reads volumes',
      source: MINIMAL,
    },
    {
      apiGroup: '',
      resource: 'services',
      verb: '*',
      reason: 'Services belong to users: none is created',
      source: MINIMAL,
    },
    {
      apiGroup: '',
      resource: 'secrets',
      verb: '*',
      reason: 'Secrets are read only for the tokens of accounts, in the own namespace; today nothing reads them',
      source: `${MINIMAL}; ${ACCOUNTS}`,
    },
    {
      apiGroup: '',
      resource: 'endpoints',
      verb: '*',
      reason: 'Endpoints are read; where they are still the lock of leader election, only in the own namespace',
      source: `${MINIMAL}; ${LEASES}`,
    },
    {
      apiGroup: '',
      resource: 'serviceaccounts',
      verb: '*',
      reason: 'accounts are got and created in the own namespace only',
      source: ACCOUNTS,
    },
    {
      apiGroup: '',
      resource: 'nodes',
      verb: '*',
      reason:
        'nodes are patched and, if their instance is gone, deleted; never replaced, and only by the controller of nodes',
      source: NODES,
    },
    {
      apiGroup: '',
      resource: 'nodes/status',
      verb: '*',
      reason: 'the status is patched, by the controllers of nodes and routes',
      source: `${NODES}; ${ROUTES}`,
    },
    {
      apiGroup: '',
      resource: 'services/status',
      verb: '*',
      reason: 'the controller of services is not asked for',
      source: MINIMAL,
    },
    {
      apiGroup: '',
      resource: 'events',
      verb: '*',
      reason: 'the recorder creates and patches',
      source: RECORDER,
    },
  ],
};
