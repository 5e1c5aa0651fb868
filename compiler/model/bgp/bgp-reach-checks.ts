import type { BgpLoadBalancerSpec } from '../../spec/generated/bgp-load-balancer';
import type { Problems } from '../problems';
import type { AddressFamily, BgpLoadBalancerModel } from './bgp-load-balancer';
import { isWithin, machinesOf, pointerOf } from './bgp-machines';

type Declared = Omit<BgpLoadBalancerModel, 'services'>;

/** RFC 4271 leaves it to the implementations, and all of ours send eBGP with a time to live of 1. */
export function checkConnected(model: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
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

/** The kernel takes no route through a gateway that is not on a network of the node ("Nexthop has invalid gateway"). */
export function checkGateways(model: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  const chosen = spec.steering?.switch;
  const pools = model.pools.flatMap(({ networks }) => networks);
  machinesOf(model, 'switches').forEach((machine, index) => {
    const { asn, multihopTtl } = spec.switches[index]!;
    const told = multihopTtl === undefined && asn !== model.speakers.asn;
    if (told || (chosen !== undefined && chosen !== machine.name)) return;
    for (const address of machine.addresses) {
      // One in a pool is told of elsewhere.
      if (isWithin([...model.networks.nodes, ...pools], address)) continue;
      const message = `workers cannot send answers to "${address.address}" of switch "${machine.name}", which is in none of networks.nodes`;
      problems.add('BAL3064', chosen === undefined ? pointerOf(machine, address) : '/spec/steering/switch', message);
    }
  });
}

/** The families of the addresses in the pools. */
function familiesOfPools({ pools }: Declared): AddressFamily[] {
  return [...new Set(pools.flatMap(({ networks }) => networks.map(({ family }) => family)))].sort();
}

/** A pool needs a session, a next hop and a gateway of its own family. */
export function checkFamilies(model: Declared, _: BgpLoadBalancerSpec, problems: Problems): void {
  for (const family of familiesOfPools(model)) {
    if (!model.sessions.some((session) => session.family === family)) {
      problems.add('BAL3056', '/spec/pools', `there are ${family} addresses in the pools, and no ${family} session`);
    } else {
      checkMasters(model, family, problems);
      checkGatewayFamily(model, family, problems);
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
  for (const entry of machinesOf(model, 'masters')) {
    // Where nobody has a session, the switches have been told.
    if (model.sessions.length === 0 || model.sessions.some(({ master }) => master === entry.name)) continue;
    problems.add('BAL3056', entry.pointer, `master "${entry.name}" has no address family in common with a switch`);
  }
}

/** Standby masters: the speakers may come to those alone that have no session of a family. */
function checkMasters({ speakers, sessions, ...model }: Declared, family: AddressFamily, problems: Problems): void {
  const idle = machinesOf({ speakers, ...model }, 'masters').filter(
    ({ name }) => !sessions.some((session) => session.master === name && session.family === family),
  );
  if (speakers.replicas > idle.length) return;
  for (const { name, pointer } of idle) {
    // One without any session is told of elsewhere.
    if (!sessions.some(({ master }) => master === name)) continue;
    const message = `the speakers may all come to masters such as "${name}", which have no ${family} session`;
    problems.add('BAL3056', pointer, message);
  }
}

function checkGatewayFamily({ steering, switches }: Declared, family: AddressFamily, problems: Problems): void {
  if (steering.gateways.length === 0 || steering.gateways.some((gateway) => gateway.family === family)) return;
  const name = switches.find(({ addresses }) => addresses.includes(steering.gateways[0]!))?.name;
  const message = `"${name}" has no ${family} address, and answers from ${family} addresses of the pools go to it`;
  problems.add('BAL3056', '/spec/steering/switch', message);
}
