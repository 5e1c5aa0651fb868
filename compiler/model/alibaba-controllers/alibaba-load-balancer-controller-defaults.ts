import type { AlibabaLoadBalancerControllerSpec } from '../../spec/generated/alibaba-load-balancer-controller';

/**
 * What the program does without a flag: alibaba/alibaba-load-balancer-controller@27e9b97:pkg/config/controller_config.go, and
 * runtime_config.go of the code base it shares, kubernetes/cloud-provider-alibaba-cloud. The Lease is called ccm there; 000 calls it alb.
 */
export const PROGRAM_DEFAULTS = {
  network: 'vpc',
  dryRun: false,
  leaderElection: {
    enabled: true,
    leaseDurationSeconds: 15,
    renewDeadlineSeconds: 10,
    retryPeriodSeconds: 2,
  },
  metricsPort: 8080,
  healthProbePort: 10258,
  kubeApiQps: 20,
  kubeApiBurst: 30,
  logVerbosity: 0,
} as const;

/** What 000's Deployment says. */
const DOCUMENT = {
  ...PROGRAM_DEFAULTS,
  kubernetesVersion: '1.30',
  configureCloudRoutes: false,
  leaderElection: { ...PROGRAM_DEFAULTS.leaderElection, resourceName: 'alb' },
  resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { cpu: '1', memory: '1Gi' } },
};

type Defaults = Omit<AlibabaLoadBalancerControllerSpec, 'image' | 'credentials' | 'controllers'> & {
  readonly controllers: readonly ('ingress' | 'service')[];
};

/** What is filled in for a field that a spec leaves out, by profile. */
export const ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS = {
  hardened: {
    ...DOCUMENT,
    controllers: ['ingress', 'service'],
    imagePullPolicy: 'IfNotPresent',
    replicas: 2,
    tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' }],
    priorityClassName: 'system-cluster-critical',
    build: { goImage: 'golang:1.25.7-alpine3.23', baseImage: 'alpine:3.23', mainFile: 'cmd/manager/main.go' },
  },
  upstream: {
    ...DOCUMENT,
    controllers: ['ingress', 'service'],
    imagePullPolicy: 'Always',
    imagePullSecrets: ['aliyun-secret'],
    replicas: 1,
    tolerations: [{ operator: 'Exists' }],
    build: { baseImage: 'alpine:3.11.6', mainFile: 'cmd/manager/main.go' },
  },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Defaults>>;
