import type { AddressFamily, BgpLoadBalancerModel } from '../model/bgp/bgp-load-balancer';
import type { AddNote, AnnouncingNode } from './announcing-nodes';
import type { ClusterState, EndpointSliceState, EndpointState } from './cluster-state';
import { type EipClaim, nameOf } from './eip-claims';

/** Where the packets of one Service and address family may go. */
export interface ServiceNodes {
  readonly claim: EipClaim;
  readonly family: AddressFamily;
  /** In the order of the declaration. */
  readonly nodes: readonly AnnouncingNode[];
  /** Whether a node without an endpoint passes packets on. */
  readonly forwards: boolean;
}

type Tell = (message: string) => void;

/** For each Service and address family of its EIPs the nodes that take its packets: those that hold a ready endpoint. */
export function serviceNodes(
  model: BgpLoadBalancerModel,
  state: ClusterState,
  claims: readonly EipClaim[],
  announcing: readonly AnnouncingNode[],
  note: AddNote,
): ServiceNodes[] {
  const slices = slicesByService(state);
  return claims.flatMap((claim) => {
    const name = nameOf(claim.service);
    const tell: Tell = (message) => note(`Service ${name}`, message);
    const families = [...new Set(claim.eips.map(({ family }) => family))].sort();
    return families.map((family) => {
      const own = (slices.get(name) ?? []).filter(({ addressType }) => addressType === family);
      const ready = readyEndpoints(own, tell);
      tellElsewhere(model, claim, ready, tell);
      const candidates = announcing.filter(({ worker, addresses }) => {
        const takes = claim.declared === undefined || claim.declared.workers.includes(worker.name);
        return takes && addresses.some((address) => address.family === family);
      });
      const forwards = forwardsOf(claim);
      return { claim, family, nodes: nodesFor(family, candidates, ready, forwards, tell), forwards };
    });
  });
}

function slicesByService({ endpointSlices }: ClusterState): Map<string, EndpointSliceState[]> {
  const slices = new Map<string, EndpointSliceState[]>();
  for (const slice of endpointSlices) {
    if (slice.service === undefined) continue;
    const key = nameOf({ namespace: slice.namespace, name: slice.service });
    const known = slices.get(key);
    if (known) known.push(slice);
    else slices.set(key, [slice]);
  }
  return slices;
}

/**
 * kube-proxy sends packets on to other nodes unless the policy is Local. Where a socket of the node takes the packet there
 * is nobody to send it on.
 */
function forwardsOf({ service, declared }: EipClaim): boolean {
  return service.externalTrafficPolicy === 'Cluster' && declared?.steering !== 'socket';
}

function readyEndpoints(slices: readonly EndpointSliceState[], tell: Tell): EndpointState[] {
  const endpoints = slices.flatMap(({ endpoints }) => endpoints);
  const waiting = endpoints.filter(({ ready }) => !ready).map(describe);
  for (const text of [...new Set(waiting)].sort()) tell(text);
  return endpoints.filter(({ ready }) => ready);
}

function describe({ addresses, node, terminating }: EndpointState): string {
  const place = node === undefined ? '' : ` on node ${node}`;
  return `the endpoint ${addresses.join(', ')}${place} is ${terminating ? 'terminating' : 'not ready'}`;
}

/** A worker that cannot announce is told of by itself. */
function tellElsewhere(
  { workers, speakers }: BgpLoadBalancerModel,
  { declared }: EipClaim,
  ready: readonly EndpointState[],
  tell: Tell,
): void {
  for (const node of [...new Set(ready.map(({ node }) => node))].sort()) {
    if (node === undefined) tell('has a ready endpoint without a node');
    else if (!workers.some(({ name }) => name === node)) {
      const what = speakers.masters.some(({ name }) => name === node) ? 'a master' : 'not declared as a worker';
      tell(`has a ready endpoint on node ${node}, which is ${what}: no path through it`);
    } else if (declared && !declared.workers.includes(node))
      tell(`has a ready endpoint on node ${node}, which is not among its workers: no path through it`);
  }
}

function nodesFor(
  family: AddressFamily,
  candidates: readonly AnnouncingNode[],
  ready: readonly EndpointState[],
  forwards: boolean,
  tell: Tell,
): readonly AnnouncingNode[] {
  const holders = new Set(ready.map(({ node }) => node));
  const own = candidates.filter(({ worker }) => holders.has(worker.name));
  if (own.length > 0) return own;
  if (ready.length === 0) tell(`has no ready ${family} endpoint: not announced over ${family}`);
  else if (candidates.length === 0) tell(`has no node that can announce it over ${family}`);
  else if (forwards) {
    tell(`has ready ${family} endpoints only on nodes that cannot announce: every ready worker announces and forwards`);
    return candidates;
  } else
    tell(
      `has ready ${family} endpoints only on nodes that cannot announce, and no other node may forward: not announced`,
    );
  return [];
}
