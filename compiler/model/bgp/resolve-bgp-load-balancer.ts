import { isIPv6 } from 'node:net';
import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { BgpLoadBalancer, BgpLoadBalancerSpec, BgpSwitch } from '../../spec/generated/bgp-load-balancer';
import type { Profile } from '../balancer/balancer';
import { DEFAULT_PROFILE } from '../default-profile';
import { type Problems, problemsOf } from '../problems';
import { addressProblem } from '../values/ip-address';
import { addressNumber, familyOf, networkProblem, parseNetwork, sizeOf } from '../values/ip-network';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import { checkBgpAddresses } from './bgp-address-checks';
import { checkBgpNumbers } from './bgp-checks';
import { BGP_DEFAULTS, MAXIMUM_PATHS, PORT_BY_CNI, STEERING_PROTOCOL, SWITCH_PASSIVE } from './bgp-defaults';
import type {
  AddressModel,
  BgpLoadBalancerModel,
  ContainerModel,
  MasterModel,
  NetworkModel,
  SpeakersModel,
  SteeringModel,
  SwitchModel,
  WorkerModel,
} from './bgp-load-balancer';
import { sessionsOf } from './bgp-sessions';

/** A BgpLoadBalancer before the services of the fleet are known. */
export type DeclaredBgpLoadBalancer = Omit<BgpLoadBalancerModel, 'services'>;

/** More paths than this from one pool are never reached: a /28 for each of 64 workers. */
const PREFIXES_AT_MOST = 1024;

/**
 * A BgpLoadBalancer's document, its shape checked, as a model without services: defaults by profile, addresses parsed,
 * sessions derived. Problems are reported, all of them; then there is no model.
 */
export function resolveBgpLoadBalancer(
  content: BgpLoadBalancer,
  document: SpecDocument,
  report: Report,
): DeclaredBgpLoadBalancer | undefined {
  const problems = problemsOf(document, report);
  const { metadata, spec } = content;
  const profile: Profile = spec.profile ?? DEFAULT_PROFILE;
  const kubernetesVersion = spec.kubernetesVersion ?? BGP_DEFAULTS[profile].kubernetesVersion;
  checkAddressForms(spec, problems);
  const readable = !problems.anyError();
  checkKubernetesVersion(kubernetesVersion, problems);
  const workers = spec.workers.map(resolveWorker);
  const pools = spec.pools.map(({ name, addresses }) => ({ name, networks: networks(addresses) }));
  const addresses = pools.flatMap((pool) => pool.networks).reduce((sum, network) => sum + sizeOf(network), 0);
  const switches = spec.switches.map((entry) => resolveSwitch(entry, addresses * workers.length));
  const speakers = resolveSpeakers(spec, profile);
  const model: DeclaredBgpLoadBalancer = {
    kind: 'BgpLoadBalancer',
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'kube-system',
    labels: metadata.labels ?? {},
    kubernetesMinor: Number(kubernetesVersion.split('.')[1]),
    speakers,
    switches,
    workers,
    sessions: sessionsOf(spec, speakers, switches),
    networks: {
      nodes: networks(spec.networks.nodes),
      pods: networks(spec.networks.pods),
      services: networks(spec.networks.services),
    },
    pools,
    steering: resolveSteering(spec, profile, switches),
    daemon: resolveContainer(spec.daemon, profile === 'hardened' ? BGP_DEFAULTS.hardened.daemon : undefined),
  };
  checkBgpNumbers(model, spec, problems);
  if (readable) checkBgpAddresses(model, spec, problems);
  return problems.anyError() ? undefined : model;
}

/** Every address and network of the spec in canonical form; the checks between them need all of them. */
function checkAddressForms(spec: BgpLoadBalancerSpec, problems: Problems): void {
  const machines = [
    ...spec.masters.map((machine, index) => [`/spec/masters/${index}`, machine] as const),
    ...spec.switches.map((machine, index) => [`/spec/switches/${index}`, machine] as const),
    ...spec.workers.map((machine, index) => [`/spec/workers/${index}`, machine] as const),
  ];
  for (const [pointer, { address, ipv6Address }] of machines) {
    checkAddress(address, `${pointer}/address`, problems);
    if (ipv6Address === undefined) continue;
    checkAddress(ipv6Address, `${pointer}/ipv6Address`, problems);
    if (isIPv6(ipv6Address) && !isIPv6(address)) continue;
    const message = isIPv6(address)
      ? 'ipv6Address is the second address of a machine whose first one is IPv4'
      : `"${ipv6Address}" is not an IPv6 address`;
    problems.add('BAL3016', `${pointer}/ipv6Address`, message);
  }
  for (const field of ['nodes', 'pods', 'services'] as const) {
    checkNetworks(spec.networks[field], `/spec/networks/${field}`, problems);
  }
  spec.pools.forEach(({ addresses }, index) => {
    checkNetworks(addresses, `/spec/pools/${index}/addresses`, problems);
  });
}

function checkAddress(text: string, pointer: string, problems: Problems): void {
  const problem = addressProblem(text);
  if (problem !== undefined) problems.add('BAL3016', pointer, `"${text}" ${problem}`);
}

function checkNetworks(texts: readonly string[], pointer: string, problems: Problems): void {
  texts.forEach((text, index) => {
    const [address = ''] = text.split('/');
    const problem = addressProblem(address) ?? (text.includes('/') ? networkProblem(text) : undefined);
    if (problem !== undefined) problems.add('BAL3016', `${pointer}/${index}`, `"${text}" ${problem}`);
  });
}

function networks(texts: readonly string[]): NetworkModel[] {
  return texts.map(parseNetwork).filter((network) => network !== undefined);
}

/** The addresses of a machine, IPv4 first. */
function addressesOfMachine(machine: { readonly address: string; readonly ipv6Address?: string }): AddressModel[] {
  const { address, ipv6Address } = machine;
  return [address, ...(ipv6Address === undefined ? [] : [ipv6Address])].map((text) => ({
    family: familyOf(text),
    address: text,
  }));
}

/** A path identifier that is the node's as long as its address is: IPv4 as a number, of IPv6 the last 32 bits. */
function resolveWorker(worker: BgpLoadBalancerSpec['workers'][number]): WorkerModel {
  const addresses = addressesOfMachine(worker);
  const { address } = addresses[0]!;
  const readable = addressProblem(address) === undefined;
  const pathIdentifier = worker.pathIdentifier ?? (readable ? Number(addressNumber(address) & 0xffffffffn) : 0);
  return { name: worker.name, addresses, pathIdentifier };
}

function resolveMaster(master: BgpLoadBalancerSpec['masters'][number]): MasterModel {
  const { name, address, routerId } = master;
  return { name, routerId: routerId ?? (isIPv6(address) ? '' : address), addresses: addressesOfMachine(master) };
}

function resolveSwitch(entry: BgpSwitch, paths: number): SwitchModel {
  const { name, dialect, asn, address, interfaces } = entry;
  return {
    name,
    dialect,
    asn,
    routerId: entry.routerId ?? (isIPv6(address) ? '' : address),
    addresses: addressesOfMachine(entry),
    maximumPaths: entry.maximumPaths ?? MAXIMUM_PATHS,
    maximumPrefixes: entry.maximumPrefixes ?? Math.min(paths, PREFIXES_AT_MOST),
    passive: entry.passive ?? SWITCH_PASSIVE,
    ...(interfaces && { interfaces }),
  };
}

function resolveSpeakers(spec: BgpLoadBalancerSpec, profile: Profile): SpeakersModel {
  const defaults = BGP_DEFAULTS[profile];
  const gracefulRestart = { ...defaults.gracefulRestart, ...spec.gracefulRestart };
  const addPaths = { ...defaults.addPaths, ...spec.addPaths };
  return {
    asn: spec.asn,
    port: spec.port ?? PORT_BY_CNI[spec.cni],
    passive: spec.passive ?? defaults.passive,
    masters: spec.masters.map(resolveMaster),
    replicas: spec.replicas ?? spec.masters.length,
    timers: { ...defaults.timers, ...spec.timers },
    ...(gracefulRestart.enabled && { gracefulRestart: { restartSeconds: gracefulRestart.restartSeconds } }),
    ...(addPaths.enabled && { sendMax: addPaths.sendMax }),
    drainSeconds: spec.drainSeconds ?? defaults.drainSeconds,
    container: resolveContainer(spec.controller, profile === 'hardened' ? BGP_DEFAULTS.hardened.controller : undefined),
  };
}

function resolveContainer(
  given: BgpLoadBalancerSpec['controller'],
  defaults: Pick<ContainerModel, 'image' | 'resources'> | undefined,
): ContainerModel {
  const resources = given?.resources ?? defaults?.resources;
  return {
    // Empty where an image is required: that has been reported.
    image: given?.image ?? defaults?.image ?? '',
    ...(resources && { resources: resources as ContainerModel['resources'] }),
    ...(given?.imagePullSecrets && { imagePullSecrets: given.imagePullSecrets.map((name) => ({ name })) }),
  };
}

function resolveSteering(spec: BgpLoadBalancerSpec, profile: Profile, switches: readonly SwitchModel[]): SteeringModel {
  const steering = { ...BGP_DEFAULTS[profile].steering, ...spec.steering };
  const chosen = switches.filter(({ name }) => steering.switch === undefined || name === steering.switch);
  return {
    switchAddress: chosen[0]?.addresses[0]?.address ?? '',
    inRoutingTable: steering.inRoutingTable,
    // What the original daemon compares with is misspelt.
    deployModel: steering.deployModel === 'test' ? 'test' : 'barematel',
    replyRoutingTable: steering.replyRoutingTable,
    rulePriority: steering.rulePriority,
    protocol: STEERING_PROTOCOL,
    gateways: chosen.flatMap(({ addresses }) => addresses),
  };
}
