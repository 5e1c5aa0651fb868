import type { BalancerSpec } from '../../spec/generated/balancer';
import type { NginxVersion } from './nginx-version';

/** A Balancer with every default filled in, every name made and every reference parsed. Nothing checks it again. */
export interface BalancerModel {
  readonly kind: 'Balancer';
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  /** The user's own labels, for every object. */
  readonly labels: Readonly<Record<string, string>>;
  readonly nginx: NginxModel;
  readonly ports: readonly PortModel[];
  readonly backends: readonly BackendModel[];
  /** Address families, as the spec names them; absent where the cluster decides and nginx listens on IPv4. */
  readonly ipFamilies?: readonly IpFamily[];
  readonly service: NonNullable<BalancerSpec['service']>;
  readonly pod: PodModel;
  readonly networkPolicy?: NonNullable<BalancerSpec['networkPolicy']>;
  /** What an operator is told, where one makes the objects; then the rest of the model is what it makes. */
  readonly resource?: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly spec: BalancerSpec;
  };
}

type IpFamily = 'IPv4' | 'IPv6';

export type Profile = 'hardened' | 'upstream';

/** What the nginx process is told. */
export interface NginxModel {
  readonly version: NginxVersion;
  /** Whether nginx itself follows a name whose address changes; otherwise the Pod waits until every name resolves. */
  readonly followsNames: boolean;
  /** Whether several worker processes share the state of an upstream (nginx zone). */
  readonly sharesState: boolean;
  readonly workerProcesses?: number;
  readonly workerConnections: number;
  readonly healthPort?: number;
  readonly accessLog: boolean;
  readonly drainSeconds?: number;
  /** Address of the name server; absent where an init container finds it. */
  readonly resolver?: string;
}

/** The Pods in which nginx runs. */
export interface PodModel {
  readonly image: string;
  readonly replicas: number;
  readonly hostNetwork: boolean;
  readonly resources?: BalancerSpec['resources'];
  readonly imagePullSecrets?: BalancerSpec['imagePullSecrets'];
  readonly nodeSelector?: BalancerSpec['nodeSelector'];
  readonly tolerations?: BalancerSpec['tolerations'];
  readonly priorityClassName?: BalancerSpec['priorityClassName'];
}

/** A port: what the front-end Service offers, nginx listens on, and the backends are asked for. */
export interface PortModel {
  /** Empty where there is one port only and the profile leaves it unnamed. */
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort?: number;
  readonly method: 'RoundRobin' | 'LeastConnections' | 'SourceHash' | 'RandomTwo';
  readonly connectTimeoutSeconds?: number;
  readonly idleTimeoutSeconds?: number;
  readonly acceptProxyProtocol: boolean;
  readonly sendProxyProtocol: boolean;
  readonly udpResponses?: number;
}

/** A backend and what nginx dials for it. */
export interface BackendModel {
  readonly name: string;
  readonly weight: number;
  readonly backup: boolean;
  readonly maxFails?: number;
  readonly failTimeoutSeconds?: number;
  readonly maxConnections?: number;
  readonly target: BackendTarget;
}

/** Where a backend is found. `host` is what nginx dials: a domain name, or an address (IPv6 in brackets). */
export type BackendTarget =
  | {
      readonly kind: 'pods';
      readonly host: string;
      readonly serviceName: string;
      readonly selector: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'service'; readonly host: string; readonly name: string; readonly namespace: string }
  | { readonly kind: 'address'; readonly host: string; readonly address: string };

/** The port that nginx dials at a backend: behind a Service of ours the port itself, elsewhere the target port. */
export function dialledPort(port: PortModel, target: BackendTarget): number {
  return target.kind === 'pods' ? port.port : Number(port.targetPort);
}
