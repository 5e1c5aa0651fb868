import { isIP, isIPv6 } from 'node:net';
import type { AddressFamily, AddressModel, NetworkModel } from '../bgp/bgp-load-balancer';

/** Why a text is not a network in canonical CIDR form (RFC 4632): undefined where it is one. */
export function networkProblem(text: string): string | undefined {
  const [address = '', length = ''] = text.split('/');
  const bits = isIPv6(address) ? 128 : 32;
  if (isIP(address) === 0 || !/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return 'is not a network';
  const host = (1n << BigInt(bits - Number(length))) - 1n;
  return (addressNumber(address) & host) === 0n ? undefined : `has bits set behind "/${length}"`;
}

/** An address as a number. */
export function addressNumber(address: string): bigint {
  if (!isIPv6(address)) return address.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** A network, or a single address as a network of its own; undefined where `networkProblem` or `addressProblem` has something to say. */
export function parseNetwork(text: string): NetworkModel | undefined {
  const cidr = text.includes('/') ? text : `${text}/${isIPv6(text) ? 128 : 32}`;
  if (networkProblem(cidr) !== undefined) return undefined;
  const [address = '', length = ''] = cidr.split('/');
  return { family: familyOf(address), address, prefixLength: Number(length), cidr };
}

/** The family of an address that is known to be one. */
export function familyOf(address: string): AddressFamily {
  return isIPv6(address) ? 'IPv6' : 'IPv4';
}

/** Whether an address lies in a network. */
export function containsAddress(network: NetworkModel, { family, address }: AddressModel): boolean {
  return overlap(network, { family, address, prefixLength: bitsOf(family), cidr: '' });
}

/** Whether two networks have an address in common: the longer prefix begins like the shorter one. */
function overlap(one: NetworkModel, other: NetworkModel): boolean {
  if (one.family !== other.family) return false;
  const shift = BigInt(bitsOf(one.family) - Math.min(one.prefixLength, other.prefixLength));
  return addressNumber(one.address) >> shift === addressNumber(other.address) >> shift;
}

/** How many addresses a network has. */
export function sizeOf({ family, prefixLength }: NetworkModel): number {
  return 2 ** (bitsOf(family) - prefixLength);
}

/** Every address of a small network, in canonical form, in order. */
export function addressesOf(network: NetworkModel): string[] {
  const first = addressNumber(network.address);
  return Array.from({ length: sizeOf(network) }, (_, index) => addressText(first + BigInt(index), network.family));
}

function addressText(number: bigint, family: AddressFamily): string {
  if (family === 'IPv4') return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  // The URL standard prints IPv6 as RFC 5952 wants it.
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

function bitsOf(family: AddressFamily): number {
  return family === 'IPv4' ? 32 : 128;
}
