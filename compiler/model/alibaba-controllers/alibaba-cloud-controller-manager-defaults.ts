import type {
  AlibabaCloudControllerManagerSpec,
  ManagerFlags,
} from '../../spec/generated/alibaba-cloud-controller-manager';
import type { Profile } from '../balancer/balancer';
import type { ManagerVersion } from './cloud-manager-flags';

type Defaults = Pick<
  AlibabaCloudControllerManagerSpec,
  | 'kubernetesVersion'
  | 'version'
  | 'image'
  | 'imagePullPolicy'
  | 'resources'
  | 'nodeSelector'
  | 'tolerations'
  | 'priorityClassName'
>;

type Toleration = NonNullable<AlibabaCloudControllerManagerSpec['tolerations']>[number];

/** The taint of a node that waits for this program. */
const UNINITIALIZED: Toleration = {
  key: 'node.cloudprovider.kubernetes.io/uninitialized',
  operator: 'Exists',
  effect: 'NoSchedule',
};
const CONTROL_PLANE: Toleration = {
  key: 'node-role.kubernetes.io/control-plane',
  operator: 'Exists',
  effect: 'NoSchedule',
};

const BOTH: Pick<Defaults, 'nodeSelector' | 'tolerations'> & { readonly kubernetesVersion: string } = {
  kubernetesVersion: '1.30',
  // The label and the taint "master" are gone since Kubernetes 1.24 and 1.25.
  nodeSelector: { 'node-role.kubernetes.io/control-plane': '' },
  tolerations: [CONTROL_PLANE, UNINITIALIZED],
};

/** What is filled in for a field that a spec leaves out, by profile. */
export const ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS = {
  hardened: {
    ...BOTH,
    version: 'v2',
    imagePullPolicy: 'IfNotPresent',
    resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    priorityClassName: 'system-node-critical',
  },
  upstream: {
    ...BOTH,
    version: 'v1.9',
    image: 'registry.cn-hangzhou.aliyuncs.com/acs/cloud-controller-manager-amd64:v1.9.3.10-gfb99107-aliyun',
    resources: { requests: { cpu: '200m' } },
  },
} as const satisfies Readonly<Record<Profile, Defaults>>;

/** Whether the name of a node is overridden in the kubelet's flags, where a spec does not say. */
export const OVERRIDE_HOSTNAME: Readonly<Record<Profile, boolean>> = { hardened: false, upstream: true };

/** Where the program finds its kubeconfig: 003's path. */
const KUBECONFIG = '/etc/kubernetes/cloud-controller-manager.conf';

/** Flags that are printed even if a spec does not name them. Those of v1.9 are 003's. */
export const PRINTED_FLAGS: Readonly<Record<ManagerVersion, Readonly<Record<Profile, ManagerFlags>>>> = (() => {
  const document: ManagerFlags = {
    kubeconfig: KUBECONFIG,
    address: '127.0.0.1',
    allowUntaggedCloud: true,
    leaderElect: true,
    cloudProvider: 'alicloud',
    allocateNodeCIDRs: true,
    useServiceAccountCredentials: true,
    routeReconciliationPeriod: '30s',
    v: 5,
  };
  const today: ManagerFlags = { kubeconfig: KUBECONFIG, cloudConfig: '/etc/kubernetes/config/cloud-config.conf' };
  return {
    'v1.9': {
      upstream: document,
      // One account: tokens of others would have to lie in Secrets (BAL3085).
      hardened: { ...document, v: 2, profiling: false, port: 10253, useServiceAccountCredentials: false },
    },
    v2: {
      upstream: today,
      // On the host network every address is that of the node: what nobody outside asks for stays on loopback.
      hardened: {
        ...today,
        v: 2,
        leaderElectResourceLock: 'leases',
        metricsBindAddr: '127.0.0.1:8080',
        healthProbeBindAddr: '127.0.0.1:10258',
        // Without it the program serves profiles on port 6060 of the node, to anybody.
        pprofBindAddr: '0',
      },
    },
  };
})();
