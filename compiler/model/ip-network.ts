import { isIP, isIPv6 } from 'node:net';

/** Why a text is not a network in canonical CIDR form (RFC 4632): undefined where it is one. */
export function networkProblem(text: string): string | undefined {
  const [address = '', length = ''] = text.split('/');
  const bits = isIPv6(address) ? 128 : 32;
  if (isIP(address) === 0 || !/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return 'is not a network';
  const host = (1n << BigInt(bits - Number(length))) - 1n;
  return (addressNumber(address) & host) === 0n ? undefined : `has bits set behind "/${length}"`;
}

/** An address as a number. */
function addressNumber(address: string): bigint {
  if (!isIPv6(address)) return address.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
