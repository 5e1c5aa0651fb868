import type { BalancerSpec } from '../../spec/generated/balancer';

/** Fields of a Balancer that a profile may fill. */
type Defaults = Pick<
  BalancerSpec,
  | 'replicas'
  | 'nginxVersion'
  | 'kubernetesVersion'
  | 'resources'
  | 'workerProcesses'
  | 'workerConnections'
  | 'healthPort'
  | 'drainSeconds'
  | 'clusterDomain'
>;

/** What is filled in for a field that a spec leaves out, by profile. The only place where defaults stand. */
export const BALANCER_DEFAULTS: Readonly<Record<'hardened' | 'upstream', Defaults>> = {
  hardened: {
    replicas: 2,
    nginxVersion: '1.30.1',
    kubernetesVersion: '1.30',
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    workerProcesses: 2,
    workerConnections: 4096,
    healthPort: 9180,
    drainSeconds: 30,
    clusterDomain: 'cluster.local',
  },
  upstream: {
    replicas: 1,
    nginxVersion: '1.15.9',
    kubernetesVersion: '1.30',
    workerConnections: 1024,
    clusterDomain: 'cluster.local',
  },
};

/** What is filled in within objects and lists of a spec, and in both profiles alike. */
export const BALANCER_FIELD_DEFAULTS = {
  accessLog: false,
  hostNetwork: false,
  protocol: 'TCP',
  method: 'RoundRobin',
  proxyProtocol: { accept: false, send: false },
  backup: false,
  serviceType: 'ClusterIP',
} as const;

/** Defaults of each port, by profile and protocol: those of nginx, but a failed connection is noticed sooner. */
export const PORT_DEFAULTS = {
  // A UDP session has no end but its timeout, and takes two worker connections until then.
  hardened: { TCP: { connectTimeoutSeconds: 5, idleTimeoutSeconds: 600 }, UDP: { idleTimeoutSeconds: 30 } },
  upstream: { TCP: {}, UDP: {} },
} as const;
