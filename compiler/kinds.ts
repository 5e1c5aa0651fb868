import type { KindDefaults } from './analysis/default-of-field';
import {
  ALB_INNER_DEFAULTS,
  API_RESOURCE_INNER_DEFAULTS,
  API_SERVER_INNER_DEFAULTS,
  BALANCER_INNER_DEFAULTS,
  BGP_INNER_DEFAULTS,
  CONTROLLER_INNER_DEFAULTS,
  HUB_INNER_DEFAULTS,
  MANAGER_INNER_DEFAULTS,
  PLAIN_INNER_DEFAULTS,
  SERVICE_INNER_DEFAULTS,
} from './inner-defaults';
import { ALB_INGRESS_DEFAULTS } from './model/alb/alb-ingress-defaults';
import { ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS } from './model/alibaba-controllers/alibaba-cloud-controller-manager-defaults';
import { ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS } from './model/alibaba-controllers/alibaba-load-balancer-controller-defaults';
import { API_RESOURCE_DEFAULTS } from './model/api-resource/api-resource-defaults';
import { CUSTOM_API_SERVER_DEFAULTS } from './model/api-server/custom-api-server-defaults';
import { BALANCER_DEFAULTS } from './model/balancer/balancer-defaults';
import { BGP_DEFAULTS, SERVICE_DEFAULTS } from './model/bgp/bgp-defaults';
import { RECONCILER_HUB_DEFAULTS } from './model/hub/reconciler-hub-defaults';
import { BALANCER_OPERATOR_DEFAULTS } from './model/operator/balancer-operator-defaults';
import { PHASE_MACHINE_DEFAULTS } from './model/phase-machine/phase-machine-defaults';

/** A kind of ours. */
interface Kind extends KindDefaults {
  readonly slug: string;
  readonly kind: string;
}

/** Our kinds: the names of their schemas, files and types, and what `resolve` fills in. */
export const KINDS: readonly Kind[] = [
  { slug: 'balancer', kind: 'Balancer', defaults: BALANCER_DEFAULTS, innerDefaults: BALANCER_INNER_DEFAULTS },
  { slug: 'bgp-load-balancer', kind: 'BgpLoadBalancer', defaults: BGP_DEFAULTS, innerDefaults: BGP_INNER_DEFAULTS },
  {
    slug: 'load-balancer-service',
    kind: 'LoadBalancerService',
    defaults: SERVICE_DEFAULTS,
    innerDefaults: SERVICE_INNER_DEFAULTS,
  },
  { slug: 'alb-ingress', kind: 'AlbIngress', defaults: ALB_INGRESS_DEFAULTS, innerDefaults: ALB_INNER_DEFAULTS },
  {
    slug: 'alibaba-cloud-controller-manager',
    kind: 'AlibabaCloudControllerManager',
    defaults: ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS,
    innerDefaults: MANAGER_INNER_DEFAULTS,
  },
  {
    slug: 'alibaba-load-balancer-controller',
    kind: 'AlibabaLoadBalancerController',
    defaults: ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS,
    innerDefaults: CONTROLLER_INNER_DEFAULTS,
  },
  {
    slug: 'balancer-operator',
    kind: 'BalancerOperator',
    defaults: BALANCER_OPERATOR_DEFAULTS,
    innerDefaults: PLAIN_INNER_DEFAULTS,
  },
  {
    slug: 'api-resource',
    kind: 'ApiResource',
    defaults: API_RESOURCE_DEFAULTS,
    innerDefaults: API_RESOURCE_INNER_DEFAULTS,
  },
  {
    slug: 'phase-machine',
    kind: 'PhaseMachine',
    defaults: PHASE_MACHINE_DEFAULTS,
    innerDefaults: PLAIN_INNER_DEFAULTS,
  },
  {
    slug: 'reconciler-hub',
    kind: 'ReconcilerHub',
    defaults: RECONCILER_HUB_DEFAULTS,
    innerDefaults: HUB_INNER_DEFAULTS,
  },
  {
    slug: 'custom-api-server',
    kind: 'CustomApiServer',
    defaults: CUSTOM_API_SERVER_DEFAULTS,
    innerDefaults: API_SERVER_INNER_DEFAULTS,
  },
];
