import { isIPv4 } from 'node:net';
import type { BgpLoadBalancerSpec } from '../spec/generated/bgp-load-balancer';
import type { AddressModel, BgpLoadBalancerModel, NetworkModel, WorkerModel } from './bgp-load-balancer';
import { containsAddress, overlap, sizeOf } from './ip-network';
import type { Problems } from './problems';

type Declared = Omit<BgpLoadBalancerModel, 'services'>;
type Check = (model: Declared, spec: BgpLoadBalancerSpec, problems: Problems) => void;

/** What must hold between the addresses of a BgpLoadBalancer, all of which can be read. */
const CHECKS: readonly Check[] = [
  checkDuplicates,
  checkRouterIds,
  checkNodeNetworks,
  checkConnected,
  checkNetworks,
  checkPoolSize,
  checkFamilies,
  checkPathIdentifiers,
];

/** Every address of a pool stands in the admission policy. */
const ADDRESSES_AT_MOST = 1024;

/** Runs the checks that need every address. */
export function checkBgpAddresses(model: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  for (const check of CHECKS) check(model, spec, problems);
}

/** A machine with its place in the spec. */
interface Machine {
  readonly name: string;
  readonly addresses: readonly AddressModel[];
  readonly pointer: string;
}

function machinesOf(model: Declared, ...fields: readonly ('masters' | 'switches' | 'workers')[]): Machine[] {
  const lists = { masters: model.speakers.masters, switches: model.switches, workers: model.workers };
  return fields.flatMap((field) =>
    lists[field].map(({ name, addresses }, index) => ({ name, addresses, pointer: `/spec/${field}/${index}` })),
  );
}

/** Where the address of a family stands in the spec. */
function pointerOf({ addresses, pointer }: Machine, address: AddressModel): string {
  return `${pointer}/${addresses[0] === address ? 'address' : 'ipv6Address'}`;
}

/** A node may be master and worker at once, with the same address. */
function checkDuplicates(model: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  const first = new Map<string, { readonly name: string; readonly pointer: string }>();
  const nodes = machinesOf(model, 'masters', 'workers').map((machine) => ({ ...machine, id: `node ${machine.name}` }));
  const switches = machinesOf(model, 'switches').map((machine) => ({ ...machine, id: `switch ${machine.name}` }));
  for (const machine of [...nodes, ...switches]) {
    for (const address of machine.addresses) {
      const earlier = first.get(address.address);
      const pointer = pointerOf(machine, address);
      if (earlier === undefined) first.set(address.address, { name: machine.id, pointer });
      else if (earlier.name !== machine.id) {
        problems.add('BAL3036', pointer, `"${address.address}" is the address of two machines`, [
          { message: 'the other one is here', location: problems.locate(earlier.pointer) },
        ]);
      }
    }
  }
  checkNodesWithTwoAddresses(model, problems);
}

function checkNodesWithTwoAddresses(model: Declared, problems: Problems): void {
  const masters = new Map(machinesOf(model, 'masters').map((machine) => [machine.name, machine]));
  for (const worker of machinesOf(model, 'workers')) {
    const master = masters.get(worker.name);
    if (master === undefined || master.addresses[0]?.address === worker.addresses[0]?.address) continue;
    const message = `node "${worker.name}" has the address "${worker.addresses[0]?.address}" as worker and another as master`;
    problems.add('BAL3036', `${worker.pointer}/address`, message, [
      { message: 'the other one is here', location: problems.locate(`${master.pointer}/address`) },
    ]);
  }
}

/** RFC 6286, section 2.1: four octets, not zero, unique. One that comes from a double address is told there. */
function checkRouterIds({ speakers, switches }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const first = new Map<string, Router>();
  for (const router of routersOf(spec, speakers.masters, switches)) {
    const { routerId, pointer } = router;
    const earlier = first.get(routerId);
    if (earlier === undefined) first.set(routerId, router);
    if (routerId === '') problems.add('BAL3033', pointer, 'a machine without an IPv4 address needs a router id');
    else if (!isIPv4(routerId) || routerId === '0.0.0.0') {
      problems.add('BAL3033', pointer, `"${routerId}" is no router id`);
    } else if (earlier !== undefined && (earlier.explicit || router.explicit)) {
      problems.add('BAL3033', pointer, `router id "${routerId}" is that of two machines`, [
        { message: 'the other one is here', location: problems.locate(earlier.pointer) },
      ]);
    }
  }
}

interface Router {
  readonly routerId: string;
  readonly pointer: string;
  /** Whether the spec names it. */
  readonly explicit: boolean;
}

function routersOf(
  spec: BgpLoadBalancerSpec,
  masters: readonly { readonly routerId: string }[],
  switches: readonly { readonly routerId: string }[],
): Router[] {
  const routers = (field: 'masters' | 'switches', list: readonly { readonly routerId: string }[]): Router[] =>
    list.map(({ routerId }, index) => ({
      routerId,
      pointer: `/spec/${field}/${index}/routerId`,
      explicit: spec[field][index]?.routerId !== undefined,
    }));
  return [...routers('masters', masters), ...routers('switches', switches)];
}

function isWithin(networks: readonly NetworkModel[], address: AddressModel): boolean {
  return networks.some((network) => containsAddress(network, address));
}

function checkNodeNetworks(model: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  for (const machine of machinesOf(model, 'masters', 'workers')) {
    for (const address of machine.addresses) {
      if (isWithin(model.networks.nodes, address)) continue;
      const message = `"${address.address}" of node "${machine.name}" is in none of networks.nodes`;
      problems.add('BAL3061', pointerOf(machine, address), message);
    }
  }
}

/** RFC 4271 leaves it to the implementations, and all of ours send eBGP with a time to live of 1. */
function checkConnected(model: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  machinesOf(model, 'switches').forEach((machine, index) => {
    const { asn, multihopTtl } = spec.switches[index]!;
    if (multihopTtl !== undefined || asn === model.speakers.asn) return;
    for (const address of machine.addresses) {
      if (isWithin(model.networks.nodes, address)) continue;
      const message = `"${address.address}" of switch "${machine.name}" is in none of networks.nodes`;
      problems.add('BAL3041', pointerOf(machine, address), message);
    }
  });
}

/** Networks with their place in the spec. */
function placedNetworks({ networks, pools }: Declared): { readonly network: NetworkModel; readonly pointer: string }[] {
  const cluster = (['nodes', 'pods', 'services'] as const).flatMap((field) =>
    networks[field].map((network, index) => ({ network, pointer: `/spec/networks/${field}/${index}` })),
  );
  const external = pools.flatMap((pool, place) =>
    pool.networks.map((network, index) => ({ network, pointer: `/spec/pools/${place}/addresses/${index}` })),
  );
  return [...cluster, ...external];
}

/** Node, Pod and Service networks and the pools: no two of them share an address. Few enough for pairs. */
function checkNetworks(model: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  const placed = placedNetworks(model);
  placed.forEach(({ network, pointer }, index) => {
    const earlier = placed.slice(0, index).find((other) => overlap(other.network, network));
    if (earlier === undefined) return;
    problems.add('BAL3043', pointer, `"${network.cidr}" overlaps with "${earlier.network.cidr}"`, [
      { message: 'the other one is here', location: problems.locate(earlier.pointer) },
    ]);
  });
  const pools = model.pools.flatMap((pool) => pool.networks);
  for (const machine of machinesOf(model, 'switches')) {
    for (const address of machine.addresses) {
      if (!isWithin(pools, address)) continue;
      const message = `"${address.address}" of "${machine.name}" is in a pool`;
      problems.add('BAL3036', pointerOf(machine, address), message);
    }
  }
}

function checkPoolSize({ pools }: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  const size = pools.flatMap(({ networks }) => networks).reduce((sum, network) => sum + sizeOf(network), 0);
  if (size <= ADDRESSES_AT_MOST) return;
  problems.add('BAL3055', '/spec/pools', `the pools have "${size}" addresses, more than ${ADDRESSES_AT_MOST}`);
}

/** A pool needs a session and a next hop of its own family; a switch needs a master that it can talk to. */
function checkFamilies(model: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  const families = new Set(model.pools.flatMap(({ networks }) => networks.map(({ family }) => family)));
  for (const family of [...families].sort()) {
    if (!model.sessions.some((session) => session.family === family)) {
      problems.add('BAL3056', '/spec/pools', `there are ${family} addresses in the pools, and no ${family} session`);
    }
    for (const worker of machinesOf(model, 'workers')) {
      if (worker.addresses.some((address) => address.family === family)) continue;
      problems.add('BAL3056', worker.pointer, `worker "${worker.name}" has no ${family} address, and a pool has`);
    }
  }
  for (const entry of machinesOf(model, 'switches')) {
    if (model.sessions.some((session) => session.switch === entry.name)) continue;
    problems.add('BAL3056', entry.pointer, `switch "${entry.name}" has no address family in common with a master`);
  }
}

function checkPathIdentifiers({ profile, workers }: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  refuseTwins(workers, ({ pathIdentifier }) => String(pathIdentifier), 'BAL3054', 'path identifier', problems);
  if (profile !== 'upstream') return;
  refuseTwins(workers, lastOctet, 'BAL3060', 'last octet', problems);
}

function lastOctet({ addresses }: WorkerModel): string {
  return addresses[0]?.address.split(/[.:]/).at(-1) ?? '';
}

function refuseTwins(
  workers: readonly WorkerModel[],
  key: (worker: WorkerModel) => string,
  code: 'BAL3054' | 'BAL3060',
  what: string,
  problems: Problems,
): void {
  const first = new Map<string, number>();
  workers.forEach((worker, index) => {
    const earlier = first.get(key(worker));
    if (earlier === undefined) first.set(key(worker), index);
    // Two workers of one address have been told already.
    else if (workers[earlier]?.addresses[0]?.address !== worker.addresses[0]?.address) {
      const message = `workers "${workers[earlier]?.name}" and "${worker.name}" have the ${what} "${key(worker)}"`;
      problems.add(code, `/spec/workers/${index}/address`, message, [
        { message: 'the other one is here', location: problems.locate(`/spec/workers/${earlier}/address`) },
      ]);
    }
  });
}
