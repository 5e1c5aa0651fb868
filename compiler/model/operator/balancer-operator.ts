import type { BalancerOperatorSpec } from '../../spec/generated/balancer-operator';
import type { Profile } from '../balancer/balancer';

/** The operator of the Balancer resource: CRD, accounts and Deployment of its manager. Checked and with defaults. */
export interface BalancerOperatorModel {
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  /** The user's own labels, for every object. */
  readonly labels: Readonly<Record<string, string>>;
  readonly manager: ManagerModel;
  /** Namespaces whose Balancers it takes care of; empty for all of them. */
  readonly watchNamespaces: readonly string[];
  /** Absent where there are none. */
  readonly metrics?: MetricsModel;
  readonly userRoles: NonNullable<BalancerOperatorSpec['userRoles']>;
  readonly build: { readonly goImage: string; readonly baseImage: string; readonly mainFile: string };
}

/** The Pods of the manager, and what its program is told. */
export interface ManagerModel {
  readonly image: string;
  /** Whether it is the public image of 2021, whose flags are known: hliangzhao/balancer@1cb6130:cmd/manager/main.go. */
  readonly isOriginal: boolean;
  readonly imagePullSecrets?: BalancerOperatorSpec['imagePullSecrets'];
  readonly replicas: number;
  readonly resources?: BalancerOperatorSpec['resources'];
  readonly nodeSelector?: BalancerOperatorSpec['nodeSelector'];
  readonly tolerations?: BalancerOperatorSpec['tolerations'];
  readonly priorityClassName?: BalancerOperatorSpec['priorityClassName'];
  readonly electsLeader: boolean;
  readonly healthProbePort: number;
  readonly concurrency?: number;
  readonly log: NonNullable<BalancerOperatorSpec['log']>;
}

/** The metrics of the manager. */
export interface MetricsModel {
  readonly authentication: 'kube-rbac-proxy' | 'controller-runtime';
  readonly port: number;
  readonly proxyImage: string;
  readonly serviceMonitor?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly intervalSeconds?: number;
  };
}

/** Features by which access-balancer-operator.ts says what is needed. */
export type OperatorFeature = 'leader-election' | 'config-map-lock' | 'metrics-authentication';

/** The features that a declared operator turns on. */
export function operatorFeatures({ manager, metrics }: BalancerOperatorModel): ReadonlySet<OperatorFeature> {
  return new Set([
    ...(manager.electsLeader ? (['leader-election'] as const) : []),
    ...(manager.electsLeader && manager.isOriginal ? (['config-map-lock'] as const) : []),
    ...(metrics === undefined ? [] : (['metrics-authentication'] as const)),
  ]);
}

/** Names of 001's objects as `make deploy` prints them: config/default adds the prefix. */
export const OPERATOR_NAMES = {
  manager: 'balancer-controller-manager',
  managerConfig: 'balancer-manager-config',
  managerRole: 'balancer-manager-role',
  managerBinding: 'balancer-manager-rolebinding',
  leaderElectionRole: 'balancer-leader-election-role',
  leaderElectionBinding: 'balancer-leader-election-rolebinding',
  metricsService: 'balancer-controller-manager-metrics-service',
  metricsMonitor: 'balancer-controller-manager-metrics-monitor',
  metricsReader: 'balancer-metrics-reader',
  proxyRole: 'balancer-proxy-role',
  proxyBinding: 'balancer-proxy-rolebinding',
  userRoles: { editor: 'balancer-balancer-editor-role', viewer: 'balancer-balancer-viewer-role' },
} as const;

/** Selector of the manager's Pods: hliangzhao/balancer@49d98fd:config/manager/manager.yaml. Immutable in the cluster. */
export const MANAGER_SELECTOR = { 'control-plane': 'controller-manager' } as const;

/** Name of the lease, which is compiled into the manager: hliangzhao/balancer@1cb6130:cmd/manager/main.go. */
export const LEADER_ELECTION_ID = '24a4cdb8.hliangzhao.io';

/** Port of the plain metrics, on loopback, behind the sidecar. */
export const LOOPBACK_METRICS_PORT = 8080;

/** Port of webhooks, of which there are none: hliangzhao/balancer@1cb6130:cmd/manager/main.go. */
export const WEBHOOK_PORT = 9443;
