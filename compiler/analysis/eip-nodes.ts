import type { AddressModel } from '../model/bgp/bgp-load-balancer';
import { addressNumber } from '../model/values/ip-network';
import type { AddNote, AnnouncingNode } from './announcing-nodes';
import { nameOf } from './eip-claims';
import type { ServiceNodes } from './service-nodes';

/** An EIP, the nodes that are its next hops, and the Services behind it. */
export interface EipNodes {
  readonly eip: AddressModel;
  /** At least one, in the order of the declaration. */
  readonly nodes: readonly AnnouncingNode[];
  readonly sharing: readonly ServiceNodes[];
}

/** The EIPs that have a next hop: IPv4 before IPv6, then by address. */
export function eipNodes(
  services: readonly ServiceNodes[],
  announcing: readonly AnnouncingNode[],
  note: AddNote,
): EipNodes[] {
  const byAddress = new Map<string, { readonly eip: AddressModel; readonly sharing: ServiceNodes[] }>();
  for (const service of services) {
    if (service.nodes.length === 0) continue;
    for (const eip of service.claim.eips.filter(({ family }) => family === service.family)) {
      const entry = byAddress.get(eip.address) ?? { eip, sharing: [] };
      byAddress.set(eip.address, entry);
      entry.sharing.push(service);
    }
  }
  return [...byAddress.values()]
    .sort((a, b) => compareAddresses(a.eip, b.eip))
    .map(({ eip, sharing }) => ({ eip, sharing, nodes: sharedNodes(eip, sharing, announcing, note) }));
}

function compareAddresses(a: AddressModel, b: AddressModel): number {
  if (a.family !== b.family) return a.family === 'IPv4' ? -1 : 1;
  return addressNumber(a.address) < addressNumber(b.address) ? -1 : 1;
}

/**
 * The nodes for an EIP that Services share by ports: a route knows no ports, so that a node must be able to take the
 * packets of all of them. A Service that would leave no node is passed over; the first one counts most.
 */
function sharedNodes(
  eip: AddressModel,
  sharing: readonly ServiceNodes[],
  announcing: readonly AnnouncingNode[],
  note: AddNote,
): AnnouncingNode[] {
  const all = new Set(sharing.flatMap(({ nodes }) => nodes));
  let chosen = announcing.filter((node) => all.has(node));
  for (const { claim, nodes, forwards } of sharing) {
    const both = forwards ? chosen : chosen.filter((node) => nodes.includes(node));
    if (both.length > 0) chosen = both;
    else
      note(
        `Service ${nameOf(claim.service)}`,
        `shares the EIP ${eip.address} with Services on other nodes, which drop its packets: give it an EIP of its own`,
      );
  }
  return chosen;
}
