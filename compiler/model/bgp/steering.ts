import type { AddressFamily, BgpLoadBalancerModel, LoadBalancerServiceModel, NetworkModel } from './bgp-load-balancer';

/** What a worker needs so that packets for its EIPs are taken, and answers leave through the switch. */
interface WorkerSteering {
  readonly rules: readonly SteeringRule[];
  readonly routes: readonly SteeringRoute[];
  readonly sysctls: readonly SteeringSysctl[];
}

/** A rule of the routing policy database. ip-rule(8) */
export interface SteeringRule {
  readonly family: AddressFamily;
  readonly priority: number;
  /** A network, or a single address without a length; absent for all. */
  readonly from?: string;
  readonly to?: string;
  readonly ipproto?: 'tcp' | 'udp';
  readonly sport?: number;
  readonly table: number;
}

/** A route. ip-route(8) */
export interface SteeringRoute {
  readonly family: AddressFamily;
  readonly type: 'unicast' | 'local';
  /** A network, a single address without a length, or "default". */
  readonly to: string;
  /** Next hops of a unicast route. */
  readonly gateways: readonly string[];
  readonly table: number;
}

/** A kernel parameter by its path below /proc/sys. */
export interface SteeringSysctl {
  readonly path: string;
  readonly value: number;
}

/** Tables of the kernel. /etc/iproute2/rt_tables */
const MAIN_TABLE = 254;
const LOCAL_TABLE = 255;

const FAMILIES: readonly AddressFamily[] = ['IPv4', 'IPv6'];

/** The two halves of everything: together they win over any default route and leave it in its place. */
const HALVES: Readonly<Record<AddressFamily, readonly [string, string]>> = {
  IPv4: ['0.0.0.0/1', '128.0.0.0/1'],
  IPv6: ['::/1', '8000::/1'],
};

/**
 * The steering of one worker: only what the services that name it need, each rule once, in a stable order. Two priorities
 * are enough, since rules of one priority may differ in what they select: traffic that stays, then answers that leave.
 */
export function workerSteering(model: BgpLoadBalancerModel, worker: string): WorkerSteering {
  const services = model.services.filter(({ workers }) => workers.includes(worker));
  return {
    rules: FAMILIES.flatMap((family) => rulesOf(model, services, family)),
    routes: FAMILIES.flatMap((family) => routesOf(model, services, family)),
    sysctls: sysctlsOf(model, services),
  };
}

function serves({ externalIPs }: LoadBalancerServiceModel, wanted: AddressFamily): boolean {
  return externalIPs.some(({ family }) => family === wanted);
}

/** The EIPs of one family that a proxy on the node itself takes, sorted. */
function socketAddresses(services: readonly LoadBalancerServiceModel[], wanted: AddressFamily): string[] {
  const addresses = services
    .filter(({ steering }) => steering === 'socket')
    .flatMap(({ externalIPs }) => externalIPs.filter(({ family }) => family === wanted))
    .map(({ address }) => address);
  return [...new Set(addresses)].sort();
}

function rulesOf(
  model: BgpLoadBalancerModel,
  services: readonly LoadBalancerServiceModel[],
  family: AddressFamily,
): SteeringRule[] {
  // In this model the main table already leads to the switch.
  if (model.steering.deployModel === 'test') return [];
  const { rulePriority, replyRoutingTable } = model.steering;
  const reply = { family, priority: rulePriority + 1, table: replyRoutingTable };
  const fromSockets = socketAddresses(services, family).map((from) => ({ ...reply, from }));
  const fromPods = podAnswers(model, services, family).map((answer) => ({ ...reply, ...answer }));
  if (fromPods.length === 0) return fromSockets;
  const { nodes, pods, services: serviceNetworks } = model.networks;
  const staying = textsOf([...nodes, ...pods, ...serviceNetworks], family).map((to) => ({
    family,
    priority: rulePriority,
    to,
    table: MAIN_TABLE,
  }));
  return [...staying, ...fromSockets, ...fromPods];
}

/**
 * Behind kube-proxy an answer still has the address and the port of the Pod when it is routed: the translation back to
 * the EIP comes afterwards. Pods on the host network have the node's address and are not matched: a rule for that would
 * divert the node's own traffic.
 */
function podAnswers(
  { networks }: BgpLoadBalancerModel,
  services: readonly LoadBalancerServiceModel[],
  family: AddressFamily,
): Pick<SteeringRule, 'from' | 'ipproto' | 'sport'>[] {
  const ports = services
    .filter((service) => service.steering === 'dnat' && serves(service, family))
    .flatMap((service) => service.ports)
    .map(({ protocol, targetPort }) => `${protocol === 'UDP' ? 'udp' : 'tcp'} ${targetPort}`);
  const distinct = [...new Set(ports)].map((text) => text.split(' ') as ['tcp' | 'udp', string]);
  distinct.sort(([one, a], [other, b]) => (one === other ? Number(a) - Number(b) : one < other ? -1 : 1));
  return textsOf(networks.pods, family).flatMap((from) =>
    distinct.map(([ipproto, sport]) => ({ from, ipproto, sport: Number(sport) })),
  );
}

/** Networks of one family as the kernel prints them: without the length of a single address. */
function textsOf(networks: readonly NetworkModel[], wanted: AddressFamily): string[] {
  return networks
    .filter(({ family }) => family === wanted)
    .map(({ cidr, address, prefixLength }) => (prefixLength === (wanted === 'IPv4' ? 32 : 128) ? address : cidr));
}

function routesOf(
  { steering }: BgpLoadBalancerModel,
  services: readonly LoadBalancerServiceModel[],
  family: AddressFamily,
): SteeringRoute[] {
  if (!services.some((service) => serves(service, family))) return [];
  // A socket answers only for an address of the table local: a local route in another table drops every SYN.
  const local = socketAddresses(services, family).map((to) => ({
    family,
    type: 'local' as const,
    to,
    gateways: [],
    table: LOCAL_TABLE,
  }));
  const gateways = steering.gateways.filter((gateway) => gateway.family === family).map(({ address }) => address);
  if (gateways.length === 0) return local;
  const out = { family, type: 'unicast' as const, gateways };
  const away =
    steering.deployModel === 'test'
      ? HALVES[family].map((to) => ({ ...out, to, table: MAIN_TABLE }))
      : [{ ...out, to: 'default', table: steering.replyRoutingTable }];
  return [...local, ...away];
}

/** https://docs.kernel.org/networking/ip-sysctl.html */
function sysctlsOf(
  { steering }: BgpLoadBalancerModel,
  services: readonly LoadBalancerServiceModel[],
): SteeringSysctl[] {
  const sysctls: SteeringSysctl[] = [];
  if (services.length === 0) return sysctls;
  if (services.some((service) => serves(service, 'IPv4'))) {
    // An address of the table local is answered for on every interface, and asked with: without these each worker
    // claims the EIP by ARP, and the neighbours that it asks for their address learn it.
    if (socketAddresses(services, 'IPv4').length > 0) {
      sysctls.push({ path: 'net/ipv4/conf/all/arp_ignore', value: 1 });
      sysctls.push({ path: 'net/ipv4/conf/all/arp_announce', value: 2 });
    }
    // Loose: a client's packet may come in where the main table would not send to the client.
    sysctls.push({ path: 'net/ipv4/conf/all/rp_filter', value: 2 });
  }
  for (const [family, folder] of [['IPv4', 'ipv4'] as const, ['IPv6', 'ipv6'] as const]) {
    const several = steering.gateways.filter((gateway) => gateway.family === family).length > 1;
    if (!several || !services.some((service) => serves(service, family))) continue;
    // Layer 4, so that a connection keeps its way and several clients use all of them.
    sysctls.push({ path: `net/${folder}/fib_multipath_hash_policy`, value: 1 });
  }
  return sysctls;
}
