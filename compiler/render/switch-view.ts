import {
  type AddressFamily,
  announcementsOf,
  type BgpLoadBalancerModel,
  type NetworkModel,
  type SessionModel,
  type SwitchModel,
} from '../model/bgp/bgp-load-balancer';

/** Port of BGP (RFC 4271, section 8.2.1): no dialect needs to be told. */
const BGP_PORT = 179;

/** What one switch needs to know of one address family. */
export interface SwitchFamily {
  readonly family: AddressFamily;
  /** The family as the configuration languages write it. */
  readonly afi: 'ipv4' | 'ipv6';
  /** Length of a host route. */
  readonly hostLength: 32 | 128;
  /** The sessions of this switch, in the order of the model. */
  readonly sessions: readonly SessionModel[];
  /** Networks of the pools: host routes in them are accepted, and nothing else. */
  readonly networks: readonly NetworkModel[];
  /** An EIP to ask for, and through how many workers it is announced; absent where no service has one. */
  readonly example?: { readonly address: string; readonly prefix: string; readonly nextHops: number };
}

/** The address families in which a switch has sessions, IPv4 first. */
export function familiesOf(model: BgpLoadBalancerModel, { name }: SwitchModel): SwitchFamily[] {
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const sessions = model.sessions.filter((session) => session.switch === name && session.family === family);
    if (sessions.length === 0) return [];
    const networks = model.pools.flatMap((pool) => pool.networks).filter((network) => network.family === family);
    const example = exampleOf(model, family);
    const shape =
      family === 'IPv4' ? ({ afi: 'ipv4', hostLength: 32 } as const) : ({ afi: 'ipv6', hostLength: 128 } as const);
    return [{ family, ...shape, sessions, networks, ...(example && { example }) }];
  });
}

function exampleOf(model: BgpLoadBalancerModel, family: AddressFamily): SwitchFamily['example'] {
  const announcements = announcementsOf(model);
  const prefix = announcements.find((announcement) => announcement.family === family)?.prefix;
  if (prefix === undefined) return undefined;
  const nextHops = announcements.filter((announcement) => announcement.prefix === prefix).length;
  return { address: prefix.slice(0, prefix.indexOf('/')), prefix, nextHops };
}

/** The port of the speakers; null where it is that of BGP. */
export function speakerPort({ speakers }: BgpLoadBalancerModel): number | null {
  return speakers.port === BGP_PORT ? null : speakers.port;
}

/** What a session is for, in at most 79 characters: what Comware and FRR take as a description. */
export function descriptionOf({ name }: BgpLoadBalancerModel, { master }: SessionModel): string {
  return `${name}:${master}`.slice(0, 79);
}

/** `stem` and `suffix` as one name of at most `length` characters; a stem that is too long ends in its hash. */
export function boundedName(stem: string, suffix: string, length: number): string {
  const room = length - suffix.length;
  return `${stem.length <= room ? stem : `${stem.slice(0, room - 9)}-${fnv1a(stem)}`}${suffix}`;
}

/** Eight hexadecimal digits that tell names apart. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
