import type { AlibabaCloudConfig } from '../../spec/generated/alibaba-load-balancer-controller';
import type { PodModel, Profile } from '../balancer/balancer';
import type { CredentialsModel } from './credentials';

/** The Alibaba Load Balancer Controller: accounts, credentials, configuration and Deployment. Checked and with defaults. */
export interface AlibabaLoadBalancerControllerModel {
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: Omit<PodModel, 'hostNetwork'> & {
    readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
    /** Image of the init container that encodes the keys of a Secret. */
    readonly initImage: string;
  };
  readonly credentials: CredentialsModel;
  /** What cloud-config.conf says beside the keys. */
  readonly cloudConfig: AlibabaCloudConfig;
  readonly flags: AlibabaFlags;
  /** What decides about permissions: see `accessFeatures`. */
  readonly features: ReadonlySet<AccessFeature>;
  readonly build: { readonly goImage?: string; readonly baseImage: string; readonly mainFile: string };
}

/** The command line, by the names of the fields of a spec. */
export interface AlibabaFlags {
  readonly controllers: readonly ('ingress' | 'service')[];
  readonly network: 'vpc' | 'public';
  readonly configureCloudRoutes: boolean;
  readonly clusterCIDR?: string;
  readonly dryRun: boolean;
  readonly leaderElection: {
    readonly enabled: boolean;
    readonly resourceName: string;
    readonly leaseDurationSeconds: number;
    readonly renewDeadlineSeconds: number;
    readonly retryPeriodSeconds: number;
  };
  /** 0 turns metrics off. */
  readonly metricsPort: number;
  readonly healthProbePort: number;
  readonly kubeApiQps: number;
  readonly kubeApiBurst: number;
  readonly logVerbosity: number;
}

/** Features by which compiler/model/alibaba-controllers/access-alibaba-load-balancer-controller.ts says what is needed. */
type AccessFeature = 'ingress' | 'service' | 'routes' | 'leader-election' | 'endpoint-slices';

/** The features that a command line and a configuration turn on. */
export function accessFeatures(
  { controllers, configureCloudRoutes, leaderElection }: AlibabaFlags,
  { featureGates = [] }: AlibabaCloudConfig,
): ReadonlySet<AccessFeature> {
  return new Set([
    ...controllers,
    ...(configureCloudRoutes ? (['routes'] as const) : []),
    ...(leaderElection.enabled ? (['leader-election'] as const) : []),
    ...(featureGates.includes('EndpointSlice') ? (['endpoint-slices'] as const) : []),
  ]);
}

/** Names of 000's objects, and of ours beside them: docs/dev.md of alibaba/alibaba-load-balancer-controller. */
export const ALIBABA_CONTROLLER_NAMES = {
  /** Account, Deployment, container; and Role, RoleBinding and PodDisruptionBudget, which are ours. */
  controller: 'load-balancer-controller',
  /** ClusterRole and ClusterRoleBinding. */
  clusterRole: 'system:load-balancer-controller',
  /** ConfigMap with cloud-config.conf. */
  config: 'load-balancer-config',
  /** Volume with cloud-config.conf. */
  configVolume: 'cloud-config',
} as const;

/** Selector of the Deployment. Immutable: the same in both profiles. */
export const ALIBABA_CONTROLLER_SELECTOR: Readonly<Record<string, string>> = {
  app: 'load-balancer-controller',
  tier: 'control-plane',
};
