import type { ManagerCloudConfig, ManagerFlags } from '../../spec/generated/alibaba-cloud-controller-manager';
import type { PodModel, Profile } from '../balancer/balancer';
import type { ManagerVersion } from './cloud-manager-flags';
import type { CredentialsModel } from './credentials';

/** The cloud controller manager of Alibaba Cloud. Checked and with defaults. */
export interface AlibabaCloudControllerManagerModel {
  readonly profile: Profile;
  readonly version: ManagerVersion;
  readonly kubernetesVersion: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: Pick<
    PodModel,
    'image' | 'imagePullSecrets' | 'resources' | 'nodeSelector' | 'tolerations' | 'priorityClassName'
  > & {
    readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never' | undefined;
  };
  readonly credentials: CredentialsModel;
  readonly kubeconfig: { readonly server: string; readonly certificateAuthorityData?: string };
  readonly cloudConfig: ManagerCloudConfig;
  /** The flags that are printed: the document's or ours, and those of the spec. */
  readonly flags: ManagerFlags;
  readonly probe: { readonly host: string; readonly port: number };
  readonly features: ReadonlySet<ManagerFeature>;
  /** Controllers that run. */
  readonly controllers: ReadonlySet<ManagerController>;
  /** Namespace of the lock, and in v1.9 of the controllers' accounts. */
  readonly lockNamespace: string;
  readonly nodes: readonly ManagerNodeModel[];
}

/** An instance that is a node. */
export interface ManagerNodeModel {
  readonly name: string;
  /** `REGION.INSTANCE`. */
  readonly providerId: string;
  readonly overrideHostname: boolean;
}

/** A controller of the program; `nlb` is a part of `service` in v1.9's time, which has none. */
export type ManagerController = 'node' | 'route' | 'service' | 'nlb';

/** Features by which access-alibaba-cloud-controller-manager.ts says what is needed. */
export type ManagerFeature =
  | 'service'
  | 'node'
  | 'route'
  | 'endpoint-slices'
  | 'leader-election'
  | 'leader-election-endpoints'
  | 'service-account-credentials';

/** Names of 003's objects, and of ours beside them. */
export const MANAGER_NAMES = {
  /** Account, DaemonSet and container; Role and RoleBinding, which are ours. */
  manager: 'cloud-controller-manager',
  /** ClusterRole and the first of its bindings. */
  clusterRole: 'system:cloud-controller-manager',
  /** ConfigMap with cloud-config.conf. 003 keeps its keys in a ConfigMap of this name. */
  cloudConfig: 'cloud-config',
  /** ConfigMap with the kubeconfig: ours; 003 keeps the file on the node. */
  kubeconfig: 'cloud-controller-manager-kubeconfig',
} as const;

/** Accounts of the program's controllers, each bound to the ClusterRole by a binding `system:<name>`: 003's manifest. */
export const CONTROLLER_ACCOUNTS = [
  'shared-informers',
  'cloud-node-controller',
  'pvl-controller',
  'route-controller',
] as const;

/** Selector of the DaemonSet. Immutable: the same in both profiles. */
export const MANAGER_SELECTOR: Readonly<Record<string, string>> = {
  app: 'cloud-controller-manager',
  tier: 'control-plane',
};
