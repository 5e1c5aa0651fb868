import { isIP, isIPv6 } from 'node:net';

/**
 * Why a text cannot be used as the address of a backend or a name server; undefined where it can.
 * Canonical form only: "010.0.0.1" is three addresses to three programs (RFC 5952 for IPv6).
 */
export function addressProblem(text: string): string | undefined {
  // A zone such as "%eth0" has a meaning on one machine only.
  if (isIP(text) === 0 || text.includes('%')) return 'is not an IP address';
  const canonical = canonicalAddress(text);
  const network = SPECIAL_NETWORKS.find(({ matches }) => matches.test(canonical));
  if (network !== undefined) return `is ${network.name}`;
  return canonical === text ? undefined : `is not in canonical form; write "${canonical}"`;
}

/** Why a text cannot be used as an address to listen on; undefined where it can: loopback and "all" are good ones. */
export function listenAddressProblem(text: string): string | undefined {
  if (isIP(text) === 0 || text.includes('%')) return 'is not an IP address';
  const canonical = canonicalAddress(text);
  return canonical === text ? undefined : `is not in canonical form; write "${canonical}"`;
}

/** The text of an address as nginx and others take it in front of a port: IPv6 in brackets. */
export function bracketed(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

/** The form of an address in which it compares as text. IPv4 has only one that `isIP` accepts. */
function canonicalAddress(text: string): string {
  return isIPv6(text) ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : text;
}

/** IANA's special-purpose addresses (RFC 6890) that no proxy can forward to. */
const SPECIAL_NETWORKS: readonly { readonly name: string; readonly matches: RegExp }[] = [
  { name: 'a loopback address: the proxy itself', matches: /^127\.|^::1$/ },
  { name: 'an unspecified address', matches: /^0\.|^::$/ },
  { name: 'a link-local address', matches: /^169\.254\.|^fe[89ab][0-9a-f]:/ },
  { name: 'a multicast address', matches: /^22[4-9]\.|^23\d\.|^ff[0-9a-f]{2}:/ },
  { name: 'a reserved address', matches: /^24\d\.|^25[0-5]\./ },
  { name: 'an IPv4 address in IPv6 form', matches: /^::ffff:/ },
];
