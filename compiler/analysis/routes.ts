import type {
  AddressFamily,
  AddressModel,
  BgpLoadBalancerModel,
  LoadBalancerServiceModel,
  ServicePortModel,
} from '../model/bgp/bgp-load-balancer';
import { workerSteering } from '../model/bgp/steering';
import { type AddNote, announcingNodes } from './announcing-nodes';
import type { ClusterState, ServicePortState } from './cluster-state';
import { type EipClaim, eipClaims, nameOf } from './eip-claims';
import { type EipNodes, eipNodes } from './eip-nodes';
import { serviceNodes } from './service-nodes';

/** What the speakers should announce and the nodes should do, given what runs in the cluster. */
export interface WantedRoutes {
  /** Namespace and name of the BgpLoadBalancer. */
  readonly loadBalancer: string;
  /** IPv4 before IPv6, then by address. */
  readonly rib: readonly RibEntry[];
  /** Every declared worker, in the order of the declaration. */
  readonly nodes: readonly NodeRoutes[];
  /** What is left out, and why. */
  readonly notes: readonly RouteNote[];
}

/** One EIP and its next hops. */
export interface RibEntry {
  readonly family: AddressFamily;
  /** The EIP as a network: /32 or /128. */
  readonly prefix: string;
  /** One per node, in the order of the declared workers; at least one. */
  readonly paths: readonly RoutePath[];
}

/** A path as BGP announces it (RFC 4271, RFC 7911). */
interface RoutePath {
  readonly prefix: string;
  /** InternalIP of the node. */
  readonly nextHop: string;
  readonly node: string;
  readonly pathIdentifier: number;
  /** ORIGIN of a route that no routing protocol has learnt: `?`. RFC 4271, section 5.1.1. */
  readonly origin: 'incomplete';
}

/** One worker's part. */
interface NodeRoutes {
  readonly name: string;
  /** The EIPs of which it is a next hop, as networks. */
  readonly prefixes: readonly string[];
  /** The Services behind them, by namespace and name. */
  readonly services: readonly string[];
  /** The rules and routes that it should have for every Service of the state. */
  readonly steering: ReturnType<typeof workerSteering>;
}

/** Something that is left out: `message` goes on from `subject`. */
interface RouteNote {
  readonly subject: string;
  readonly message: string;
}

/** The wanted RIB and the rules of each node, from the declaration and the state of the cluster. */
export function wantedRoutes(model: BgpLoadBalancerModel, state: ClusterState): WantedRoutes {
  const notes = new Map<string, RouteNote>();
  const note: AddNote = (subject, message) => void notes.set(`${subject} ${message}`, { subject, message });
  const claims = eipClaims(model, state, note);
  const families = new Set(claims.flatMap(({ eips }) => eips.map(({ family }) => family)));
  const announcing = announcingNodes(model, state, families, note);
  const eips = eipNodes(serviceNodes(model, state, claims, announcing, note), announcing, note);
  const served = servedByNode(eips);
  const steered = { ...model, services: claims.map((claim) => steeredService(claim, model)) };
  return {
    loadBalancer: nameOf(model),
    rib: eips.map(ribEntry),
    nodes: model.workers.map(({ name }) => ({
      name,
      prefixes: served.get(name)?.prefixes ?? [],
      services: [...(served.get(name)?.services ?? [])].sort(),
      steering: workerSteering(steered, name),
    })),
    notes: [...notes.values()],
  };
}

function prefixOf({ family, address }: AddressModel): string {
  return `${address}/${family === 'IPv4' ? 32 : 128}`;
}

function ribEntry({ eip, nodes }: EipNodes): RibEntry {
  const prefix = prefixOf(eip);
  const paths = nodes.map(({ worker, addresses }) => ({
    prefix,
    nextHop: addresses.find(({ family }) => family === eip.family)!.address,
    node: worker.name,
    pathIdentifier: worker.pathIdentifier,
    origin: 'incomplete' as const,
  }));
  return { family: eip.family, prefix, paths };
}

interface Served {
  readonly prefixes: string[];
  readonly services: Set<string>;
}

function servedByNode(eips: readonly EipNodes[]): ReadonlyMap<string, Served> {
  const served = new Map<string, Served>();
  for (const { eip, nodes, sharing } of eips) {
    for (const node of nodes) {
      const entry: Served = served.get(node.worker.name) ?? { prefixes: [], services: new Set() };
      served.set(node.worker.name, entry);
      entry.prefixes.push(prefixOf(eip));
      const taken = sharing.filter((service) => service.forwards || service.nodes.includes(node));
      for (const { claim } of taken) entry.services.add(nameOf(claim.service));
    }
  }
  return served;
}

/** A Service of the state as a node sees it; one that is not declared is kube-proxy's. */
function steeredService({ service, eips, declared }: EipClaim, model: BgpLoadBalancerModel): LoadBalancerServiceModel {
  const { namespace, name, externalTrafficPolicy } = service;
  return {
    kind: 'LoadBalancerService',
    profile: model.profile,
    labels: {},
    annotations: {},
    selector: {},
    workers: model.workers.map((worker) => worker.name),
    steering: 'dnat',
    ...declared,
    namespace,
    name,
    externalIPs: eips,
    ports: service.ports.flatMap(steeredPort),
    externalTrafficPolicy,
  };
}

function steeredPort({ protocol, ...port }: ServicePortState): ServicePortModel[] {
  return protocol === 'SCTP' ? [] : [{ protocol, ...port }];
}
