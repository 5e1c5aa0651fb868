import type {
  HubApiExt,
  HubLog,
  HubNetworkPolicy,
  HubWeb,
  ReconcilerHubSpec,
} from '../../spec/generated/reconciler-hub';
import type { Profile } from '../balancer/balancer';

/** A resource as permissions name it. */
export interface ResourceRef {
  /** API group; "" for the core group. */
  readonly group: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
}

/** A resource that a spec names, and the field where it does. */
export interface NamedResource extends ResourceRef {
  readonly pointer: string;
}

/** A reconciler that runs. */
export interface ReconcilerModel {
  readonly name: string;
  readonly resource: NamedResource;
  /** Whether the status of its resource is written by itself. */
  readonly hasStatus: boolean;
  readonly owns: readonly NamedResource[];
  readonly watches: readonly NamedResource[];
}

/** One program of a hub: a Deployment, its account and its configuration. */
export interface HubUnitModel {
  /** First part of the names of its objects. */
  readonly name: string;
  readonly reconcilers: readonly ReconcilerModel[];
  /** Whether it runs fewer reconcilers than its program has. */
  readonly isPart: boolean;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly replicas: number;
  readonly resources?: ReconcilerHubSpec['resources'];
}

/** Settings of the manager of each program. */
export interface HubManagerModel {
  readonly metricsPort: number;
  readonly healthProbePort: number;
  readonly concurrency: number;
  /** The kubeconfig of another API server; absent for that of the cluster. */
  readonly kubeconfig?: { readonly secretName: string; readonly key: string };
  readonly electsLeader: boolean;
}

/** The Gin server in the program of a hub. */
export interface ApiExtModel {
  readonly mode: NonNullable<HubApiExt['mode']>;
  readonly healthz: boolean;
  readonly middlewares: NonNullable<HubApiExt['middlewares']>;
  readonly maxPingCount: number;
  /** The program always serves plain HTTP; on loopback nobody else reaches it. */
  readonly insecure: { readonly port: number; readonly isOpen: boolean };
  /** Absent where there is no TLS. */
  readonly secure?: { readonly port: number; readonly tlsSecretName: string };
  readonly reads: readonly NamedResource[];
}

/** The web back end. */
export interface WebModel {
  readonly image: string;
  readonly port: number;
  readonly userConfigSecret: { readonly name: string; readonly key: string };
  readonly replicas: number;
  readonly resources?: HubWeb['resources'];
  readonly command?: readonly string[];
  readonly args: readonly string[];
}

/** Where and how Pods of a hub run. */
type HubPodModel = Pick<ReconcilerHubSpec, 'imagePullSecrets' | 'nodeSelector' | 'tolerations' | 'priorityClassName'>;

/** Reconcilers and what they need. Checked and with defaults. */
export interface ReconcilerHubModel {
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  /** The user's own labels, for every object. */
  readonly labels: Readonly<Record<string, string>>;
  readonly units: readonly HubUnitModel[];
  readonly manager: HubManagerModel;
  readonly filters: {
    /** Empty for all of them. */
    readonly namespaces: readonly string[];
    readonly labelSelector: Readonly<Record<string, string>>;
  };
  readonly apiExt?: ApiExtModel;
  readonly web?: WebModel;
  readonly log: Required<HubLog>;
  readonly pod: HubPodModel;
  /** Who may connect; absent where nobody is kept away. */
  readonly clients?: HubNetworkPolicy;
}

/** Names of the objects of one program; the first and the roles as kubebuilder has them: rebirthmonkey/k8s-dev@f42b0db:scaffold/kubecontroller/configs/at. */
export function unitNames(unit: string) {
  return {
    manager: `${unit}-controller-manager`,
    config: `${unit}-manager-config`,
    role: `${unit}-manager-role`,
    binding: `${unit}-manager-rolebinding`,
    podRole: `${unit}-pod-role`,
    podBinding: `${unit}-pod-rolebinding`,
    leaderElectionRole: `${unit}-leader-election-role`,
    leaderElectionBinding: `${unit}-leader-election-rolebinding`,
    metrics: `${unit}-metrics`,
    apiExt: `${unit}-apiext`,
    web: `${unit}-web`,
  } as const;
}

/** Where the files of a hub are in its Pods: a volume each, none within another. */
export const HUB_FOLDERS = {
  config: '/etc/kubecontroller/config',
  kubeconfig: '/etc/kubecontroller/kubeconfig',
  cert: '/etc/kubecontroller/cert',
  userConfig: '/etc/kubecontroller-web',
} as const;

/** The folder of the kubeconfig that a program of a hub is told: from a Secret, or that of its own account. */
export function kubeconfigPath({ kubeconfig }: HubManagerModel): string {
  return kubeconfig === undefined ? `${HUB_FOLDERS.config}/kubeconfig` : `${HUB_FOLDERS.kubeconfig}/${kubeconfig.key}`;
}
