import type { ReconcilerHubSpec } from '../../spec/generated/reconciler-hub';

/** Fields of a ReconcilerHub that a profile may fill. */
type Defaults = Pick<ReconcilerHubSpec, 'kubernetesVersion' | 'layout' | 'manager' | 'resources' | 'log'> & {
  readonly apiExt: ReconcilerHubSpec['apiExt'];
  readonly web: Partial<NonNullable<ReconcilerHubSpec['web']>>;
};

/** What is filled in within objects and lists of a spec, and in both profiles alike. */
export const HUB_FIELD_DEFAULTS = {
  kubeconfigKey: 'kubeconfig',
  userConfigKey: 'teleport-web.yaml',
  reconcilerEnabled: true,
} as const;

/** What is filled in for a field of a ReconcilerHub that a spec leaves out, by profile. */
export const RECONCILER_HUB_DEFAULTS = {
  hardened: {
    kubernetesVersion: '1.30',
    layout: 'hub',
    // The program of 004 elects no leader: two of them would both work.
    manager: { metricsPort: 18001, healthProbePort: 18002, concurrency: 1, leaderElection: { enabled: false } },
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
    apiExt: {
      mode: 'release',
      healthz: true,
      // Not cors: that of the original lets pages of every origin ask.
      middlewares: ['recovery', 'secure', 'nocache'],
      maxPingCount: 3,
      insecure: { port: 9080 },
      secure: { port: 9443 },
    },
    web: {
      port: 6081,
      replicas: 2,
      resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
    },
    log: {
      name: 'kubecontroller',
      level: 'info',
      format: 'json',
      development: false,
      enableColor: false,
      disableCaller: false,
      disableStacktrace: false,
      outputPaths: ['stdout'],
      errorOutputPaths: ['stderr'],
    },
  },
  // rebirthmonkey/k8s-dev@bff6d37:scaffold/kubecontroller/configs/kubecontroller.yaml; resources: @f42b0db:scaffold/kubecontroller/configs/at/manager/manager.yaml
  upstream: {
    kubernetesVersion: '1.30',
    layout: 'hub',
    manager: { metricsPort: 18001, healthProbePort: 18002, concurrency: 1, leaderElection: { enabled: false } },
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
    apiExt: {
      mode: 'release',
      healthz: true,
      middlewares: ['recovery', 'secure', 'nocache', 'cors'],
      maxPingCount: 3,
      insecure: { port: 9080 },
      secure: { port: 9443 },
    },
    web: { port: 6081, replicas: 1 },
    log: {
      name: 'apiserver',
      level: 'info',
      format: 'console',
      development: true,
      enableColor: true,
      disableCaller: true,
      disableStacktrace: false,
      outputPaths: ['stdout'],
      errorOutputPaths: ['stderr'],
    },
  },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Defaults>>;
