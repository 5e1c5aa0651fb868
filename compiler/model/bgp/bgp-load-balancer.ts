import type { Profile } from '../balancer/balancer';

/**
 * A BgpLoadBalancer with every default filled in, every address parsed and every session derived, together with the
 * services that use it. Nothing checks it again.
 */
export interface BgpLoadBalancerModel {
  readonly kind: 'BgpLoadBalancer';
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  /** The user's own labels, for every object. */
  readonly labels: Readonly<Record<string, string>>;
  /** Minor version of Kubernetes: 30 for 1.30. */
  readonly kubernetesMinor: number;
  readonly speakers: SpeakersModel;
  readonly switches: readonly SwitchModel[];
  readonly workers: readonly WorkerModel[];
  /** Every session that there should be: one per speaker, switch and address family that both have. */
  readonly sessions: readonly SessionModel[];
  readonly networks: NetworksModel;
  readonly pools: readonly PoolModel[];
  readonly steering: SteeringModel;
  /** The DaemonSet on the workers. */
  readonly daemon: ContainerModel;
  /** The services of the fleet that use it, by namespace and name. */
  readonly services: readonly LoadBalancerServiceModel[];
}

export type AddressFamily = 'IPv4' | 'IPv6';

/** An address in canonical form. */
export interface AddressModel {
  readonly family: AddressFamily;
  readonly address: string;
}

/** A network in canonical CIDR form. */
export interface NetworkModel {
  readonly family: AddressFamily;
  /** First address. */
  readonly address: string;
  readonly prefixLength: number;
  /** `<address>/<prefixLength>`. */
  readonly cidr: string;
}

/** The BGP speakers: gobgpd on the masters. */
export interface SpeakersModel {
  readonly asn: number;
  /** TCP port on which they listen. */
  readonly port: number;
  /** Whether they wait for the switch to connect (GoBGP passive-mode). */
  readonly passive: boolean;
  /** Masters, and so possible places of a speaker; at most `replicas` run at a time. */
  readonly masters: readonly MasterModel[];
  readonly replicas: number;
  readonly timers: TimersModel;
  /** Absent where graceful restart is off. RFC 4724. */
  readonly gracefulRestart?: { readonly restartSeconds: number };
  /** Most paths per prefix that are sent (RFC 7911); absent where ADD-PATH is off. */
  readonly sendMax?: number;
  /** Budget of seconds in which a worker is drained: withdraw, wait, quit. */
  readonly drainSeconds: number;
  readonly container: ContainerModel;
}

/** Timers of a session, in seconds. RFC 4271, section 10. */
export interface TimersModel {
  readonly keepaliveSeconds: number;
  readonly holdSeconds: number;
  readonly connectRetrySeconds: number;
}

export interface MasterModel {
  /** Name of the node. */
  readonly name: string;
  readonly routerId: string;
  /** One per address family, IPv4 first. */
  readonly addresses: readonly AddressModel[];
}

/** What runs in a Pod. */
export interface ContainerModel {
  readonly image: string;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

/** The language in which a switch is configured. */
export type Dialect = 'comware7' | 'bird1' | 'bird2' | 'frr';

export interface SwitchModel {
  readonly name: string;
  readonly dialect: Dialect;
  readonly asn: number;
  readonly routerId: string;
  /** One per address family, IPv4 first. */
  readonly addresses: readonly AddressModel[];
  /** Most next hops of one route (ECMP width). */
  readonly maximumPaths: number;
  /** Most paths that are accepted from one speaker and address family. */
  readonly maximumPrefixes: number;
  readonly passive: boolean;
  /** Interfaces of a Linux host that is the switch. */
  readonly interfaces?: { readonly cluster: string; readonly outside: string };
}

/** One BGP session: both ends are rendered from it. */
export interface SessionModel {
  readonly family: AddressFamily;
  readonly master: string;
  readonly masterAddress: string;
  readonly switch: string;
  readonly switchAddress: string;
  /** Whether the two ends are different autonomous systems (eBGP). */
  readonly external: boolean;
  /** Hops that a packet may take, where the ends are not on one network. */
  readonly multihopTtl?: number;
  /** Where the password of the session is (TCP MD5, RFC 2385). */
  readonly passwordSecret?: SecretKeyModel;
}

/** A key of a Secret. */
export interface SecretKeyModel {
  readonly name: string;
  readonly key: string;
}

export interface WorkerModel {
  /** Name of the node. */
  readonly name: string;
  /** InternalIPs: one per address family, IPv4 first. */
  readonly addresses: readonly AddressModel[];
  /** Identifier of the paths through this node (RFC 7911): the same for the life of the node, and no other node's. */
  readonly pathIdentifier: number;
}

export interface NetworksModel {
  readonly nodes: readonly NetworkModel[];
  readonly pods: readonly NetworkModel[];
  readonly services: readonly NetworkModel[];
}

/** Addresses outside of the cluster that services may use (EIPs). */
export interface PoolModel {
  readonly name: string;
  readonly networks: readonly NetworkModel[];
}

/** How a node hands a packet for an EIP to what serves it, and sends the answer back the way it came. */
export interface SteeringModel {
  /** What the original daemon is told: SWITCH, IN_ROUTING_TABLE, DEPLOY_MODEL. */
  readonly switchAddress: string;
  readonly inRoutingTable: number;
  readonly deployModel: 'barematel' | 'test';
  /** Table whose default route is the switch: answers look it up. */
  readonly replyRoutingTable: number;
  /** First priority of our rules (ip rule). */
  readonly rulePriority: number;
  /** Mark of our rules and routes (`protocol` of ip rule and ip route). */
  readonly protocol: number;
  /** The switches through which answers leave, by address family. */
  readonly gateways: readonly AddressModel[];
}

/** A service behind EIPs. */
export interface LoadBalancerServiceModel {
  readonly kind: 'LoadBalancerService';
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly externalIPs: readonly AddressModel[];
  readonly ports: readonly ServicePortModel[];
  readonly selector: Readonly<Record<string, string>>;
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  /** The workers that take its traffic; all of them unless the spec says otherwise. */
  readonly workers: readonly string[];
  /**
   * Who takes a packet for the EIP on a node: `socket`, a proxy that listens on the node itself (a Balancer on the host
   * network); `dnat`, kube-proxy, which translates the address.
   */
  readonly steering: 'socket' | 'dnat';
}

export interface ServicePortModel {
  /** Empty where there is one port only, without a name. */
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

/** The path that a speaker announces for one EIP through one worker. */
export interface AnnouncementModel {
  readonly family: AddressFamily;
  /** The EIP as a network: /32 or /128. */
  readonly prefix: string;
  readonly worker: string;
  readonly nextHop: string;
  readonly pathIdentifier: number;
}

/** A thousand EIPs through 255 workers are many, and each switch asks for them. */
const announcements = new WeakMap<BgpLoadBalancerModel, readonly AnnouncementModel[]>();

/** What the speakers announce: each EIP once per worker that takes its traffic, in the order of EIPs and workers. */
export function announcementsOf(model: BgpLoadBalancerModel): readonly AnnouncementModel[] {
  const known = announcements.get(model) ?? announce(model);
  announcements.set(model, known);
  return known;
}

function announce(model: BgpLoadBalancerModel): AnnouncementModel[] {
  const workersByAddress = new Map<string, { readonly eip: AddressModel; readonly workers: Set<string> }>();
  for (const { externalIPs, workers } of model.services) {
    for (const eip of externalIPs) {
      const entry = workersByAddress.get(eip.address) ?? { eip, workers: new Set() };
      for (const worker of workers) entry.workers.add(worker);
      workersByAddress.set(eip.address, entry);
    }
  }
  const addresses = [...workersByAddress.keys()].sort();
  return addresses.flatMap((address) => {
    const { eip, workers } = workersByAddress.get(address)!;
    return model.workers.filter(({ name }) => workers.has(name)).flatMap((worker) => announcement(eip, worker));
  });
}

function announcement({ family, address }: AddressModel, worker: WorkerModel): AnnouncementModel[] {
  return worker.addresses
    .filter((own) => own.family === family)
    .map((own) => ({
      family,
      prefix: `${address}/${family === 'IPv4' ? 32 : 128}`,
      worker: worker.name,
      nextHop: own.address,
      pathIdentifier: worker.pathIdentifier,
    }));
}
