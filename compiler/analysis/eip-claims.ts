import type { AddressModel, BgpLoadBalancerModel, LoadBalancerServiceModel } from '../model/bgp/bgp-load-balancer';
import { addressProblem } from '../model/values/ip-address';
import { containsAddress, familyOf } from '../model/values/ip-network';
import type { AddNote } from './announcing-nodes';
import type { ClusterState, ServiceState } from './cluster-state';

/** A Service of the state with the EIPs that are its own. */
export interface EipClaim {
  readonly service: ServiceState;
  readonly eips: readonly AddressModel[];
  /** Its declaration; absent where only the cluster knows it. */
  readonly declared?: LoadBalancerServiceModel;
}

/** `<namespace>/<name>`. */
export function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/**
 * Which Service has which EIP. A port of an EIP belongs to one Service: to the one that declares it, else to the oldest,
 * then to the first by name, as in https://gateway-api.sigs.k8s.io/guides/api-design/#conflicts
 */
export function eipClaims(model: BgpLoadBalancerModel, state: ClusterState, note: AddNote): EipClaim[] {
  const declared = new Map(model.services.map((service) => [nameOf(service), service]));
  const owners = declaredOwners(model.services);
  noteAbsent(declared, state, note);
  const rank = (service: ServiceState): string =>
    `${declared.has(nameOf(service)) ? 0 : 1} ${service.created || 'unknown'} ${nameOf(service)}`;
  const ranked = [...state.services].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return ranked.flatMap((service) => {
    const eips = ownEips(service, model, owners, (message) => note(`Service ${nameOf(service)}`, message));
    const declaration = declared.get(nameOf(service));
    return eips.length === 0 ? [] : [{ service, eips, ...(declaration && { declared: declaration }) }];
  });
}

/** Owner of each `<EIP> <protocol> <port>`. */
type Owners = Map<string, string>;

function declaredOwners(services: readonly LoadBalancerServiceModel[]): Owners {
  return new Map(
    services.flatMap((service) =>
      service.externalIPs.flatMap(({ address }) =>
        service.ports.map(({ protocol, port }) => [`${address} ${protocol} ${port}`, nameOf(service)] as const),
      ),
    ),
  );
}

function noteAbsent(
  declared: ReadonlyMap<string, LoadBalancerServiceModel>,
  { services }: ClusterState,
  note: AddNote,
): void {
  const present = new Map(services.map((service) => [nameOf(service), service]));
  for (const [name, { externalIPs }] of declared) {
    const service = present.get(name);
    if (service === undefined) note(`Service ${name}`, 'is declared, but is not in the state');
    for (const { address } of service === undefined ? [] : externalIPs) {
      if (service?.externalIPs.includes(address)) continue;
      note(`Service ${name}`, `is declared with the EIP ${address}, which it does not have in the state`);
    }
  }
}

function ownEips(
  service: ServiceState,
  model: BgpLoadBalancerModel,
  owners: Owners,
  note: (message: string) => void,
): AddressModel[] {
  const { type, externalIPs } = service;
  if (type !== 'LoadBalancer') {
    if (externalIPs.length > 0) note(`has externalIPs, but is of type ${type}: only type LoadBalancer is announced`);
    return [];
  }
  if (externalIPs.length === 0) note('is of type LoadBalancer, but has no externalIPs');
  return [...new Set(externalIPs)].flatMap((address) => {
    const eip = { family: familyOf(address), address };
    const problem = eipProblem(eip, model) ?? claim(service, address, owners);
    if (problem !== undefined) note(`the EIP ${address} ${problem}`);
    return problem === undefined ? [eip] : [];
  });
}

function eipProblem(eip: AddressModel, { name, pools }: BgpLoadBalancerModel): string | undefined {
  const inPool = () => pools.some(({ networks }) => networks.some((network) => containsAddress(network, eip)));
  return addressProblem(eip.address) ?? (inPool() ? undefined : `is in no pool of BgpLoadBalancer ${name}`);
}

/** Takes the ports of an EIP, all or none. */
function claim(service: ServiceState, address: string, owners: Owners): string | undefined {
  const own = nameOf(service);
  const keys = service.ports.map(({ protocol, port }) => `${address} ${protocol} ${port}`);
  for (const key of keys) {
    const owner = owners.get(key);
    if (owner !== undefined && owner !== own) return `is claimed by Service ${owner} with the same port: ${key}`;
  }
  for (const key of keys) owners.set(key, own);
  return undefined;
}
