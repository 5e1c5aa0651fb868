import { isIPv4 } from 'node:net';
import type { BgpLoadBalancerSpec } from '../../spec/generated/bgp-load-balancer';
import type { Problems } from '../problems';
import { addressNumber, sizeOf } from '../values/ip-network';
import type { BgpLoadBalancerModel, NetworkModel, WorkerModel } from './bgp-load-balancer';
import { isWithin, machinesOf, pointerOf } from './bgp-machines';
import { checkConnected, checkFamilies, checkGateways } from './bgp-reach-checks';

type Declared = Omit<BgpLoadBalancerModel, 'services'>;
type Check = (model: Declared, spec: BgpLoadBalancerSpec, problems: Problems) => void;

/** What must hold between the addresses of a BgpLoadBalancer, all of which can be read. */
const CHECKS: readonly Check[] = [
  checkDuplicates,
  checkRouterIds,
  checkNodeNetworks,
  checkConnected,
  checkGateways,
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

/** One node has one InternalIP of each family. */
function checkNodesWithTwoAddresses(model: Declared, problems: Problems): void {
  const masters = new Map(machinesOf(model, 'masters').map((machine) => [machine.name, machine]));
  for (const worker of machinesOf(model, 'workers')) {
    const master = masters.get(worker.name);
    for (const own of worker.addresses) {
      const other = master?.addresses.find(({ family }) => family === own.family);
      if (master === undefined || other === undefined || other.address === own.address) continue;
      const message = `node "${worker.name}" has the address "${own.address}" as worker and another as master`;
      problems.add('BAL3036', pointerOf(worker, own), message, [
        { message: 'the other one is here', location: problems.locate(pointerOf(master, other)) },
      ]);
    }
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

function checkNodeNetworks(model: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  for (const machine of machinesOf(model, 'masters', 'workers')) {
    for (const address of machine.addresses) {
      if (isWithin(model.networks.nodes, address)) continue;
      const message = `"${address.address}" of node "${machine.name}" is in none of networks.nodes`;
      problems.add('BAL3061', pointerOf(machine, address), message);
    }
  }
}

/** A network with its place in the spec. */
interface PlacedNetwork {
  readonly network: NetworkModel;
  readonly pointer: string;
  /** First address, as a number. */
  readonly first: bigint;
  /** Bits behind the prefix. */
  readonly hostBits: number;
}

function placedNetworks({ networks, pools }: Declared): PlacedNetwork[] {
  const place = (list: readonly NetworkModel[], pointer: string): PlacedNetwork[] =>
    list.map((network, index) => ({
      network,
      pointer: `${pointer}/${index}`,
      first: addressNumber(network.address),
      hostBits: (network.family === 'IPv4' ? 32 : 128) - network.prefixLength,
    }));
  return [
    ...(['nodes', 'pods', 'services'] as const).flatMap((field) => place(networks[field], `/spec/networks/${field}`)),
    ...pools.flatMap((pool, index) => place(pool.networks, `/spec/pools/${index}/addresses`)),
  ];
}

/** The longer prefix begins like the shorter one. Numbers, since there may be thousands of pairs for each network. */
function overlap(one: PlacedNetwork, other: PlacedNetwork): boolean {
  if (one.network.family !== other.network.family) return false;
  return (one.first ^ other.first) >> BigInt(Math.max(one.hostBits, other.hostBits)) === 0n;
}

/** Node, Pod and Service networks and the pools: no two of them share an address. */
function checkNetworks(model: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  const placed = placedNetworks(model);
  placed.forEach((entry, index) => {
    const place = placed.findIndex((other) => other === entry || overlap(other, entry));
    const earlier = placed[place];
    if (earlier === undefined || place === index) return;
    const { network, pointer } = entry;
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
  problems.add('BAL3055', '/spec/pools', `the pools have "${BigInt(size)}" addresses, more than ${ADDRESSES_AT_MOST}`);
}

function checkPathIdentifiers({ profile, workers }: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const pointers = spec.workers.map(
    ({ pathIdentifier }, index) =>
      `/spec/workers/${index}/${pathIdentifier === undefined ? 'address' : 'pathIdentifier'}`,
  );
  refuseTwins(
    workers,
    ({ pathIdentifier }) => String(pathIdentifier),
    'BAL3054',
    'path identifier',
    pointers,
    problems,
  );
  if (profile !== 'upstream') return;
  const addresses = workers.map((_, index) => `/spec/workers/${index}/address`);
  refuseTwins(workers, lastOctet, 'BAL3060', 'last octet', addresses, problems);
}

function lastOctet({ addresses }: WorkerModel): string {
  return addresses[0]?.address.split(/[.:]/).at(-1) ?? '';
}

function refuseTwins(
  workers: readonly WorkerModel[],
  key: (worker: WorkerModel) => string,
  code: 'BAL3054' | 'BAL3060',
  what: string,
  pointers: readonly string[],
  problems: Problems,
): void {
  const first = new Map<string, number>();
  workers.forEach((worker, index) => {
    const earlier = first.get(key(worker));
    if (earlier === undefined) first.set(key(worker), index);
    // Two workers of one address have been told already.
    else if (workers[earlier]?.addresses[0]?.address !== worker.addresses[0]?.address) {
      const message = `workers "${workers[earlier]?.name}" and "${worker.name}" have the ${what} "${key(worker)}"`;
      problems.add(code, pointers[index]!, message, [
        { message: 'the other one is here', location: problems.locate(pointers[earlier]!) },
      ]);
    }
  });
}
