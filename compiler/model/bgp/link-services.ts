import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import { type Problems, problemsOf } from '../problems';
import { addressesOf } from '../values/ip-network';
import { announcementsOf, type BgpLoadBalancerModel, type LoadBalancerServiceModel } from './bgp-load-balancer';
import { checkSharedAddresses } from './bgp-shared-addresses';
import type { DeclaredBgpLoadBalancer } from './resolve-bgp-load-balancer';
import type { DeclaredService } from './resolve-load-balancer-service';
import { type BalancerFacts, checkListening, type Directory, linkTarget } from './service-target';

/** Something declared, and the document that declares it. */
export interface Placed<T> {
  readonly model: T;
  readonly document: SpecDocument;
}

/** What a fleet has of load balancers and services, linked. */
export interface LinkedServices {
  readonly loadBalancers: readonly Placed<BgpLoadBalancerModel>[];
  readonly services: readonly Placed<LoadBalancerServiceModel>[];
}

/**
 * Puts each service behind the BgpLoadBalancer that it names, in the order of namespaces and names, so that no output
 * depends on the order of files. What does not fit is reported, and left out.
 */
export function linkServices(
  loadBalancers: readonly Placed<DeclaredBgpLoadBalancer>[],
  services: readonly Placed<DeclaredService>[],
  directory: Directory,
  report: Report,
): LinkedServices {
  checkOnlyOne(loadBalancers, report);
  const byName = new Map(loadBalancers.map(({ model }) => [model.name, { ...model, eips: eipsOf(model) }]));
  const linked = services.flatMap(({ model, document }) => {
    const problems = problemsOf(document, report);
    const service = linkService(model, byName.get(model.loadBalancer), directory, problems);
    if (service === undefined || problems.anyError()) return [];
    return [{ service, document, owner: model.loadBalancer, namesNodes: model.nodes !== undefined, problems }];
  });
  linked.sort((one, other) => (identityOf(one.service) < identityOf(other.service) ? -1 : 1));
  checkSharedAddresses(linked);
  return {
    loadBalancers: loadBalancers.slice(0, 1).map(({ model, document }) => {
      const own = linked.filter(({ owner }) => owner === model.name).map(({ service }) => service);
      const whole = { ...model, services: own };
      checkPathCount(whole, problemsOf(document, report));
      return { model: whole, document };
    }),
    services: linked.map(({ service, document }) => ({ model: service, document })),
  };
}

/** A load balancer with the addresses of its pools, which are few: no service needs to search the networks. */
type Provider = DeclaredBgpLoadBalancer & { readonly eips: ReadonlySet<string> };

function eipsOf({ pools }: DeclaredBgpLoadBalancer): Provider['eips'] {
  return new Set(pools.flatMap(({ networks }) => networks.flatMap(addressesOf)));
}

function identityOf({ namespace, name }: LoadBalancerServiceModel): string {
  return `${namespace}/${name}`;
}

/**
 * One per cluster: the admission policy of each would refuse the addresses of the other, and two daemons on one node would
 * remove each other's rules.
 */
function checkOnlyOne(loadBalancers: readonly Placed<DeclaredBgpLoadBalancer>[], report: Report): void {
  const [first, ...others] = loadBalancers;
  for (const { model, document } of others) {
    const notes = [{ message: 'the first one is here', location: first?.document.locate('/metadata/name') }];
    const message = `"${model.name}" is a second BgpLoadBalancer`;
    problemsOf(document, report).add('BAL3047', '/metadata/name', message, notes);
  }
}

function linkService(
  declared: DeclaredService,
  loadBalancer: Provider | undefined,
  directory: Directory,
  problems: Problems,
): LoadBalancerServiceModel | undefined {
  const { loadBalancer: name, target, nodes, ports: _, ...rest } = declared;
  if (loadBalancer === undefined) {
    if (directory.isBroken('BgpLoadBalancer', name)) return undefined;
    problems.add('BAL3051', '/spec/provider/bgpLoadBalancer', `no BgpLoadBalancer of the fleet is called "${name}"`);
    return undefined;
  }
  checkPools(declared, loadBalancer, problems);
  const workers = workersOf(declared, loadBalancer, problems);
  const linked = linkTarget(declared, directory, problems);
  if (linked === undefined) return undefined;
  const { facts, ports, selector } = linked;
  const steering = facts?.hostNetwork ? 'socket' : 'dnat';
  const service: LoadBalancerServiceModel = { ...rest, ports, selector, workers, steering };
  checkPodFamilies(service, loadBalancer, problems);
  checkEndpoints(service, declared, facts, problems);
  checkPorts(service, declared, facts, problems);
  return service;
}

function checkPools({ externalIPs }: DeclaredService, { name, eips }: Provider, problems: Problems): void {
  externalIPs.forEach(({ address }, index) => {
    if (eips.has(address)) return;
    problems.add('BAL3042', `/spec/externalIPs/${index}`, `"${address}" is in no pool of "${name}"`);
  });
}

function workersOf({ nodes }: DeclaredService, loadBalancer: DeclaredBgpLoadBalancer, problems: Problems): string[] {
  const all = loadBalancer.workers.map(({ name }) => name);
  nodes?.forEach((node, index) => {
    if (all.includes(node)) return;
    problems.add('BAL3051', `/spec/nodes/${index}`, `"${node}" is no worker of "${loadBalancer.name}"`);
  });
  return nodes === undefined ? all : all.filter((name) => nodes.includes(name));
}

/** kube-proxy translates an address to one of a Pod of the same family, whose answers a rule has to find. */
function checkPodFamilies(
  { steering, externalIPs }: LoadBalancerServiceModel,
  { name, networks, eips }: Provider,
  problems: Problems,
): void {
  if (steering === 'socket') return;
  externalIPs.forEach(({ family, address }, index) => {
    // One in no pool has been told of.
    if (!eips.has(address) || networks.pods.some((network) => network.family === family)) return;
    const message = `"${address}" leads to Pods, and "${name}" has no ${family} network in networks.pods`;
    problems.add('BAL3056', `/spec/externalIPs/${index}`, message);
  });
}

/** Who announces is declared, not observed: a node may be named only if it can answer. */
function checkEndpoints(
  { workers, steering, externalTrafficPolicy }: LoadBalancerServiceModel,
  { nodes }: DeclaredService,
  facts: BalancerFacts | undefined,
  problems: Problems,
): void {
  if (steering === 'socket' && facts !== undefined && facts.replicas < workers.length) {
    const message = `"${workers.length}" workers are announced, and the Balancer has "${facts.replicas}" replicas`;
    problems.add('BAL3052', nodes === undefined ? '/spec/balancer' : '/spec/nodes', message);
  } else if (externalTrafficPolicy === 'Local' && nodes === undefined && workers.length > 1) {
    const message = 'externalTrafficPolicy "Local" would announce workers that may have no Pod of the service';
    problems.add('BAL3052', '/spec/externalTrafficPolicy', message);
  }
}

function checkPorts(
  { ports, steering, name }: LoadBalancerServiceModel,
  declared: DeclaredService,
  facts: BalancerFacts | undefined,
  problems: Problems,
): void {
  ports.forEach((port, index) => {
    const { targetPort } = port;
    // Ports that are the Balancer's own stand at the Balancer.
    const pointer = declared.ports === undefined ? '/spec/balancer' : `/spec/ports/${index}`;
    const field = declared.ports?.[index]?.targetPort === undefined ? '' : '/targetPort';
    if (typeof targetPort === 'string') {
      problems.add('BAL3062', `${pointer}${field}`, `targetPort "${targetPort}" of "${name}" is a name`);
    } else if (facts !== undefined) checkListening(port, facts, `${pointer}${field || '/port'}`, problems);
    if (steering === 'socket') checkUntranslated(declared, index, problems);
  });
}

function checkUntranslated({ ports = [] }: DeclaredService, index: number, problems: Problems): void {
  const { port, targetPort = port, nodePort } = ports[index] ?? {};
  const pointer = `/spec/ports/${index}`;
  if (targetPort !== port) {
    const message = `port "${port}" would have to become "${targetPort}", and nothing on the node translates it`;
    problems.add('BAL3057', `${pointer}/targetPort`, message);
  }
  if (nodePort !== undefined) {
    problems.add(
      'BAL3057',
      `${pointer}/nodePort`,
      `nodePort "${nodePort}" would be served by kube-proxy, which is not asked`,
    );
  }
}

/** A switch that is sent more paths than it takes drops the session. */
function checkPathCount(model: BgpLoadBalancerModel, problems: Problems): void {
  for (const family of ['IPv4', 'IPv6'] as const) {
    const count = announcementsOf(model).filter((path) => path.family === family).length;
    model.switches.forEach(({ name, maximumPrefixes }, index) => {
      if (count <= maximumPrefixes) return;
      const message = `"${count}" ${family} paths are announced, "${name}" takes "${maximumPrefixes}"`;
      problems.add('BAL3045', `/spec/switches/${index}/maximumPrefixes`, message);
    });
  }
}
