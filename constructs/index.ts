/** The library: typed cdk8s constructs over the compiler. */
export { type Artefact, type Diagnostic, simulate } from '../compiler';
export type { Files } from '../compiler/manifest/config-map';
export type { Metadata, PolicyRule } from '../compiler/manifest/k8s';
export * from '../compiler/runtime';
export type {
  BalancerBackend,
  BalancerMetadata,
  BalancerPort,
  BalancerSpec,
} from '../compiler/spec/generated/balancer';
export type {
  BgpLoadBalancerMetadata,
  BgpLoadBalancerSpec,
  BgpMaster,
  BgpSwitch,
  BgpWorker,
  ControllerContainer,
  DaemonContainer,
  EipPool,
} from '../compiler/spec/generated/bgp-load-balancer';
export type {
  LoadBalancerServiceMetadata,
  LoadBalancerServicePort,
  LoadBalancerServiceSpec,
} from '../compiler/spec/generated/load-balancer-service';
export type { Deferred } from './add-object';
export { AlbIngress, type AlbIngressProps } from './alb-ingress';
export {
  AlibabaCloudControllerManager,
  type AlibabaCloudControllerManagerProps,
} from './alibaba-cloud-controller-manager';
export {
  AlibabaLoadBalancerController,
  type AlibabaLoadBalancerControllerProps,
} from './alibaba-load-balancer-controller';
export { ApiResource, type ApiResourceProps } from './api-resource';
export { type BackendProps, Balancer, type BalancerProps, type WorkloadBackend } from './balancer';
export { BalancerOperator, type BalancerOperatorProps } from './balancer-operator';
export { BalancerService, type BalancerServiceProps } from './balancer-service';
export { BgpLoadBalancer, type BgpLoadBalancerProps } from './bgp-load-balancer';
export { CustomApiServer, type CustomApiServerProps } from './custom-api-server';
export { DiagnosticsError } from './diagnostics-error';
export { FleetApp, type FleetAppProps } from './fleet-app';
export type { Workload } from './k8s';
export { LoadBalancerService, type LoadBalancerServiceProps } from './load-balancer-service';
export { NginxProxy, type NginxProxyProps } from './nginx-proxy';
export { PhaseMachine, type PhaseMachineProps } from './phase-machine';
export { ClusterRole, Role, type RoleProps, ServiceAccount, type ServiceAccountProps } from './rbac';
export { ReconcilerHub, type ReconcilerHubProps } from './reconciler-hub';
export { RenderedConfigMap, type RenderedConfigMapProps } from './rendered-config-map';
