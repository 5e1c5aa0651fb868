import type { DroppedAccess } from '../access';
import { LEASES, RECORDER } from '../access-sources';
import { ALB, FINALIZERS, NLB, REPOSITORY, SERVERS, STORE } from './access-sources-alibaba-load-balancer-controller';

const CONTROLLERS = `${REPOSITORY}@27e9b97:pkg/controller/controller.go`;

/** What the ClusterRole of 000 grants and the controller does not need. */
export const DROPPED: readonly DroppedAccess[] = [
  {
    apiGroup: '',
    resource: 'events',
    verb: '*',
    reason: 'events are written, never read; the recorder creates and patches',
    source: RECORDER,
  },
  {
    apiGroup: '',
    resource: 'nodes/status',
    verb: '*',
    reason: 'the node and route controllers are not part of this program: it knows ingress and service',
    source: CONTROLLERS,
  },
  {
    apiGroup: '',
    resource: 'services',
    verb: '*',
    reason: 'Services are watched and patched; none is created, replaced or deleted',
    source: `${FINALIZERS}; ${NLB}`,
  },
  { apiGroup: '', resource: 'services/status', verb: '*', reason: 'the status is patched', source: NLB },
  { apiGroup: '', resource: 'pods', verb: '*', reason: 'of Pods only the status is written', source: SERVERS },
  { apiGroup: '', resource: 'pods/status', verb: '*', reason: 'the status is patched', source: SERVERS },
  {
    apiGroup: '',
    resource: 'configmaps',
    verb: '*',
    reason: 'its configuration is a mounted file, and leader election uses a Lease',
    source: `${REPOSITORY}@27e9b97:pkg/config/controller_config.go; ${LEASES}`,
  },
  {
    apiGroup: '',
    resource: 'serviceaccounts',
    verb: '*',
    reason:
      'accounts per controller are made only by programs that honour --use-service-account-credentials; this one only parses it',
    source: `${REPOSITORY}@27e9b97:pkg/config/controller_config.go; cmd/manager/main.go builds one client`,
  },
  {
    apiGroup: '',
    resource: 'endpoints',
    verb: '*',
    reason: 'Endpoints are read; the lock of leader election is no longer one',
    source: `${STORE}; ${LEASES}`,
  },
  {
    apiGroup: 'coordination.k8s.io',
    resource: 'leases',
    verb: '*',
    reason: 'the lease is got by its name, in the namespace of the controller only',
    source: LEASES,
  },
  {
    apiGroup: 'apiextensions.k8s.io',
    resource: 'customresourcedefinitions',
    verb: '*',
    reason: 'the definition is made and waited for, never changed or removed',
    source: 'kubernetes/cloud-provider-alibaba-cloud@171d1a7:pkg/util/crd/crd.go, EnsurePresent',
  },
  {
    apiGroup: 'networking.k8s.io',
    resource: 'ingresses',
    verb: '*',
    reason: 'Ingresses belong to users: finalizers are patched, nothing is created or deleted',
    source: FINALIZERS,
  },
  {
    apiGroup: 'networking.k8s.io',
    resource: 'ingressclasses',
    verb: '*',
    reason: 'a missing class is created; none is changed or deleted',
    source: `${ALB}, MakeIngressClass`,
  },
  {
    apiGroup: 'networking.k8s.io',
    resource: 'ingresses/status',
    verb: '*',
    reason: 'the controller of Ingresses is not asked for',
    source: CONTROLLERS,
  },
  {
    apiGroup: 'alibabacloud.com',
    resource: 'albconfigs',
    verb: '*',
    reason: 'AlbConfigs belong to users: makeAlbConfig has no caller, and none is deleted',
    source: ALB,
  },
  {
    apiGroup: 'alibabacloud.com',
    resource: 'albconfigs/status',
    verb: '*',
    reason: 'the status is updated',
    source: `${ALB}, reconcileAlbLoadBalancerResources`,
  },
  {
    apiGroup: '',
    resource: 'namespaces',
    verb: '*',
    reason: 'no informer and no client call is for namespaces',
    source: `${STORE}; ${NLB}`,
  },
  {
    apiGroup: '',
    resource: 'namespaces/status',
    verb: '*',
    reason: 'no client call is for namespaces',
    source: `${STORE}; ${NLB}`,
  },
  {
    apiGroup: '',
    resource: 'secrets',
    verb: '*',
    reason: 'certificates are read; with the service controller alone not even those',
    source: `${STORE} (Secret informer)`,
  },
  {
    apiGroup: 'extensions',
    resource: 'deployments',
    verb: '*',
    reason: 'the API group is gone since Kubernetes 1.16',
    source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/#v1-16',
  },
  {
    apiGroup: 'apps',
    resource: 'deployments',
    verb: '*',
    reason: 'no informer and no client call is for Deployments',
    source: `${STORE}; ${ALB}; ${NLB}`,
  },
];
