import { containsAddress } from '../values/ip-network';
import type { AddressModel, BgpLoadBalancerModel, NetworkModel } from './bgp-load-balancer';

/** A machine with its place in the spec. */
interface Machine {
  readonly name: string;
  readonly addresses: readonly AddressModel[];
  readonly pointer: string;
}

/** The machines of some lists of the spec, in its order. */
export function machinesOf(
  { speakers, switches, workers }: Pick<BgpLoadBalancerModel, 'speakers' | 'switches' | 'workers'>,
  ...fields: readonly ('masters' | 'switches' | 'workers')[]
): Machine[] {
  const lists = { masters: speakers.masters, switches, workers };
  return fields.flatMap((field) =>
    lists[field].map(({ name, addresses }, index) => ({ name, addresses, pointer: `/spec/${field}/${index}` })),
  );
}

/** Where an address of a machine stands in the spec. */
export function pointerOf({ addresses, pointer }: Machine, address: AddressModel): string {
  return `${pointer}/${addresses[0] === address ? 'address' : 'ipv6Address'}`;
}

/** Whether an address lies in one of some networks. */
export function isWithin(networks: readonly NetworkModel[], address: AddressModel): boolean {
  return networks.some((network) => containsAddress(network, address));
}
