import type { BalancerBackend, BalancerPort, BalancerSpec } from '../../spec/generated/balancer';

/** What the operator of 001 reads of a Balancer: hliangzhao/balancer@f8cef31:pkg/apis/balancer/v1alpha1/balancer_types.go. */
export const OPERATOR_FIELDS = {
  spec: ['ports', 'selector', 'backends'],
  port: ['name', 'protocol', 'port', 'targetPort'],
  backend: ['name', 'weight', 'selector'],
} as const satisfies {
  readonly spec: readonly (keyof BalancerSpec)[];
  readonly port: readonly (keyof BalancerPort)[];
  readonly backend: readonly (keyof BalancerBackend)[];
};

/** Fields for the compiler alone: nobody is surprised that an operator does not read them. */
export const COMPILER_FIELDS = [
  'profile',
  'delivery',
  'kubernetesVersion',
] as const satisfies readonly (keyof BalancerSpec)[];

/** A group of our own fields, and what the operator does without them. */
export interface DroppedGroup {
  readonly spec: readonly (keyof BalancerSpec)[];
  readonly port: readonly (keyof BalancerPort)[];
  readonly backend: readonly (keyof BalancerBackend)[];
  readonly instead: string;
}

/** Every other field: what becomes of it with the operator of 001, group by group. */
export const DROPPED_GROUPS: readonly DroppedGroup[] = [
  {
    spec: ['image', 'imagePullSecrets', 'nginxVersion'],
    port: [],
    backend: [],
    instead: 'runs nginx:1.15.9',
  },
  {
    spec: ['replicas', 'resources', 'hostNetwork', 'nodeSelector', 'tolerations', 'priorityClassName', 'drainSeconds'],
    port: [],
    backend: [],
    instead: 'makes one Pod, without resources, rules of scheduling or draining',
  },
  {
    spec: ['workerProcesses', 'workerConnections', 'healthPort', 'accessLog', 'resolver', 'clusterDomain'],
    port: ['method', 'connectTimeoutSeconds', 'idleTimeoutSeconds', 'proxyProtocol', 'udpResponses'],
    backend: ['backup', 'maxFails', 'failTimeoutSeconds', 'maxConnections'],
    instead: 'writes an nginx.conf of listeners and weights alone',
  },
  {
    spec: ['service', 'ipFamilies'],
    port: ['nodePort'],
    backend: [],
    instead: 'makes a Service of type ClusterIP',
  },
  { spec: ['networkPolicy'], port: [], backend: [], instead: 'makes no NetworkPolicy' },
];
