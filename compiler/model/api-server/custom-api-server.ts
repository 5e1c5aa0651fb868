import type {
  ApiServerExec,
  ApiServerFlags,
  ApiServerInitialization,
  ApiServerNetworkPolicy,
  CustomApiServerSpec,
} from '../../spec/generated/custom-api-server';
import type { Profile } from '../balancer/balancer';

/** A checked CustomApiServer, with its defaults. */
export interface CustomApiServerModel {
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  /** The user's own labels, for every object. */
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: Pick<
    CustomApiServerSpec,
    'image' | 'imagePullSecrets' | 'resources' | 'nodeSelector' | 'tolerations' | 'priorityClassName'
  >;
  readonly replicas: number;
  readonly storage: EtcdStorage | FileStorage;
  readonly tokens: { readonly secretName: string; readonly key: string };
  /** HTTPS, which the original's program does not serve: absent in profile upstream. */
  readonly secure?: SecureModel;
  readonly insecure: { readonly address: string; readonly port: number };
  readonly flags: ApiServerFlags;
  /** Who may connect; absent for anyone. */
  readonly clients?: ApiServerNetworkPolicy['from'];
  /** Absent where kubectl is refused. */
  readonly kubeconfig?: KubeconfigModel;
  readonly initialization?: ApiServerInitialization;
}

/** Objects in etcd. */
export interface EtcdStorage {
  readonly kind: 'etcd';
  readonly servers: readonly string[];
  readonly prefix?: string;
  readonly tls?: {
    readonly secretName: string;
    readonly caKey: string;
    readonly certKey: string;
    readonly keyKey: string;
  };
}

/** Objects in files, which one Pod writes. */
export interface FileStorage {
  readonly kind: 'file';
  readonly rootPath: string;
  readonly size: string;
  readonly storageClassName?: string;
  readonly accessModes: readonly string[];
}

/** Where HTTPS is served, and with which certificate. */
export interface SecureModel {
  readonly address: string;
  readonly port: number;
  readonly secretName: string;
  readonly certKey: string;
  readonly keyKey: string;
}

/** How kubectl finds the server and its own token. */
export interface KubeconfigModel {
  readonly server: string;
  /** Absent for plain HTTP. */
  readonly certificateAuthority?: string;
  readonly token: { readonly tokenFile: string } | { readonly exec: ApiServerExec };
}

/** Folders of the server's container. A Secret cannot be mounted over another one. */
export const API_SERVER_FOLDERS = {
  tokens: '/etc/custom-api-server/tokens',
  tls: '/etc/custom-api-server/tls',
  etcd: '/etc/custom-api-server/etcd',
  /** The program signs certificates of its own there, at /tmp/teleport/certs, whether it needs them or not. */
  scratch: '/tmp',
} as const;

/** The address at which the program asks itself: rebirthmonkey/k8s-dev@545d9e0:50_custom-apiserver/pkg/utils/consts.go */
export const LOOPBACK = '127.0.0.1';

/** Whether plain HTTP is served to others too. */
export function servesPlainHttp({ insecure }: Pick<CustomApiServerModel, 'insecure'>): boolean {
  return insecure.address !== LOOPBACK;
}

/** The Service that a StatefulSet names. */
export function headlessServiceName(name: string): string {
  return `${name}-headless`;
}

/** Labels by which Services and workloads find the Pods. Immutable in the cluster: the same in both profiles. */
export function apiServerSelector(name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': 'custom-api-server', 'app.kubernetes.io/instance': name };
}

/** Kinds of initial objects in the order of applying: 004's document, section 定制APIServer. */
export const INITIALIZATION_ORDER = ['namespaces', 'catalogs', 'binmetas', 'teams', 'users'] as const;
