import type { BalancerOperatorSpec } from '../../spec/generated/balancer-operator';

/** Fields of a BalancerOperator that a profile may fill. */
type Defaults = Pick<
  BalancerOperatorSpec,
  'kubernetesVersion' | 'replicas' | 'resources' | 'leaderElection' | 'healthProbePort' | 'metrics' | 'build'
>;

/** What is filled in for a field of a BalancerOperator that a spec leaves out, by profile. */
export const BALANCER_OPERATOR_DEFAULTS = {
  hardened: {
    kubernetesVersion: '1.30',
    replicas: 2,
    // The manager holds every Service, ConfigMap and Pod that it may read: 128Mi is little for a cluster.
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
    leaderElection: { enabled: true },
    healthProbePort: 8081,
    metrics: {
      enabled: true,
      authentication: 'controller-runtime',
      port: 8443,
      proxyImage: 'quay.io/brancz/kube-rbac-proxy:v0.19.1',
    },
    build: {
      goImage: 'golang:1.25.5@sha256:20b91eda7a9627c127c0225b0d4e8ec927b476fa4130c6760928b849d769c149',
      baseImage:
        'gcr.io/distroless/static-debian12:nonroot@sha256:d093aa3e30dbadd3efe1310db061a14da60299baff8450a17fe0ccc514a16639',
      mainFile: 'cmd/manager/main.go',
    },
  },
  // hliangzhao/balancer@49d98fd:config/manager/manager.yaml, and @348fdfc:config/default/manager_auth_proxy_patch.yaml
  upstream: {
    kubernetesVersion: '1.30',
    replicas: 1,
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
    leaderElection: { enabled: true },
    healthProbePort: 8081,
    metrics: {
      enabled: true,
      authentication: 'kube-rbac-proxy',
      port: 8443,
      // The original's registry, gcr.io/kubebuilder, was closed in 2025: https://github.com/kubernetes-sigs/kubebuilder/discussions/3907
      proxyImage: 'quay.io/brancz/kube-rbac-proxy:v0.8.0',
    },
    build: {
      goImage: 'golang:1.17',
      baseImage: 'gcr.io/distroless/static:nonroot',
      mainFile: 'cmd/manager/main.go',
    },
  },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Defaults>>;
