import { type AccessTable, READ } from '../access';
import { LEASES, RECORDER } from '../access-sources';
import { ALB, FINALIZERS, NLB, REPOSITORY, SERVERS, STORE } from './access-sources-alibaba-load-balancer-controller';
import { DROPPED } from './dropped-access-alibaba-load-balancer-controller';
import { ORIGINAL_RULES } from './original-access-alibaba-load-balancer-controller';

const REGISTER = `${REPOSITORY}@c9b32db:pkg/controller/ingress/register.go`;

/** Permissions of 000's controller. Features: ingress and service (`--controllers`), leader-election. */
export const ALIBABA_LOAD_BALANCER_CONTROLLER_ACCESS: AccessTable = {
  originalSource: `${REPOSITORY}@c277108:deploy/v1/load-balancer-controller.yaml`,
  original: ORIGINAL_RULES,
  needs: [
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] }],
      purpose: 'records what it did at Services, Ingresses and AlbConfigs',
      source: RECORDER,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['nodes', 'services', 'endpoints'], verbs: READ }],
      purpose: 'follows what the load balancer sends traffic to',
      source: `${STORE} (informers); ${NLB} (watches)`,
    },
    {
      feature: 'always',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: READ }],
      purpose: 'finds the Pods behind endpoints, whose addresses an ENI backend has',
      source: `${STORE} (Pod informer)`,
    },
    {
      feature: 'ingress',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['pods/status'], verbs: ['patch'] }],
      purpose: 'sets the readiness gate target-health.alb.k8s.alibabacloud of registered Pods',
      source: `${SERVERS}, updateTargetHealthPodConditionForPod`,
    },
    {
      feature: 'ingress',
      scope: 'cluster',
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: READ }],
      purpose: 'reads the certificates that Ingresses name, in any namespace',
      source: `${STORE} (Secret informer)`,
    },
    {
      feature: 'ingress',
      scope: 'cluster',
      rules: [
        { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: [...READ, 'patch'] },
        { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update', 'patch'] },
      ],
      purpose: 'follows Ingresses, takes its finalizer off them, writes their address and a hash',
      source: `${FINALIZERS}, RemoveFinalizers; ${ALB}, reconcileAlbLoadBalancerResources and addIngressLabel`,
    },
    {
      feature: 'ingress',
      scope: 'cluster',
      rules: [{ apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: [...READ, 'create'] }],
      purpose: 'follows IngressClasses, and makes the one called alb if an Ingress names a class that is not there',
      source: `${STORE} (informer); ${ALB}, MakeIngressClass`,
    },
    {
      feature: 'ingress',
      scope: 'cluster',
      rules: [
        { apiGroups: ['alibabacloud.com'], resources: ['albconfigs'], verbs: [...READ, 'update', 'patch'] },
        { apiGroups: ['alibabacloud.com'], resources: ['albconfigs/status'], verbs: ['update'] },
      ],
      purpose: 'follows AlbConfigs, adds the listeners that Ingresses ask for, finalizer, hash and status',
      source: `${ALB}, syncIngress, addAlbConfigLabel and reconcileAlbLoadBalancerResources; ${FINALIZERS}`,
    },
    {
      feature: 'ingress',
      scope: 'cluster',
      rules: [
        { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['create'] },
        {
          apiGroups: ['apiextensions.k8s.io'],
          resources: ['customresourcedefinitions'],
          verbs: ['get'],
          resourceNames: ['albconfigs.alibabacloud.com'],
        },
      ],
      purpose: 'makes the definition of AlbConfig at its start, and waits for it',
      source: `${REGISTER}; kubernetes/cloud-provider-alibaba-cloud@171d1a7:pkg/util/crd/crd.go, EnsurePresent`,
    },
    {
      feature: 'service',
      scope: 'cluster',
      rules: [
        { apiGroups: [''], resources: ['services'], verbs: ['patch'] },
        { apiGroups: [''], resources: ['services/status'], verbs: ['patch'] },
      ],
      purpose: 'puts its finalizer, a hash and the address on Services',
      source: `${FINALIZERS}; ${NLB}, updateServiceStatus and addServiceLabels`,
    },
    {
      feature: 'endpoint-slices',
      scope: 'cluster',
      rules: [{ apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ }],
      purpose: 'follows EndpointSlices in place of Endpoints, with the feature gate EndpointSlice',
      source: `${REPOSITORY}@27e9b97:pkg/controller/service/server_groups.go, setGenericBackendAttribute`,
    },
    {
      feature: 'leader-election',
      scope: 'namespace',
      rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] }],
      purpose: 'holds the lease that only one replica has',
      source: LEASES,
    },
  ],
  dropped: DROPPED,
};
