import type { PlainObject } from '../spec/leaf-differences';
import type { BgpFacts, BirdSession } from './bgp-facts';
import { addressAt, defined, fieldOf, itemsAt, numberAt, textAt } from './field';
import { blank } from './recognised';

/** Timers of gobgpd where its configuration has none: docs/sources/configuration.md, and RFC 4271, section 10. */
const GOBGP_TIMERS = { keepaliveSeconds: 30, holdSeconds: 90, connectRetrySeconds: 120 } as const;

/** drainSeconds without a field: it is never less than holdSeconds. */
const DRAIN_SECONDS = 30;

/** The speakers: their addresses as the switches have them, or else the router id, which is one as a rule. */
export function mastersOf({ toml, sessions }: BgpFacts): PlainObject[] {
  const routerId = addressAt(toml, 'global', 'config', 'router-id');
  const addresses = [...new Set(sessions.map(({ neighbor }) => neighbor))];
  const known = addresses.length > 0 ? addresses : [routerId ?? blank('MASTER_ADDRESS')];
  // The one file of the speakers has the router id of the first.
  const sorted = [...known].sort((one, other) => Number(other === routerId) - Number(one === routerId));
  return sorted.map((address, index) => ({
    name: blank(`MASTER_${index + 1}`),
    address,
    ...(index === 0 && routerId !== undefined && routerId !== address && { routerId }),
  }));
}

/** The switches: neighbors of the speakers, and whose bird.conf there is. */
export function switchesOf({ neighbors, sessions, birds, steering }: BgpFacts): PlainObject[] {
  const switches = new Map<string, PlainObject>();
  for (const neighbor of neighbors) {
    const address = addressAt(neighbor, 'config', 'neighbor-address');
    if (address !== undefined && !switches.has(address)) switches.set(address, ofNeighbor(neighbor));
  }
  for (const session of sessions) {
    const address = session.switchAddress ?? blank('SWITCH_ADDRESS');
    const file = birds.find((bird) => bird.sessions.includes(session))!;
    switches.set(address, { ...switches.get(address), ...ofBird(session, file.fields, address) });
  }
  if (switches.size === 0) switches.set(addressAt(steering, 'SWITCH') ?? blank('SWITCH_ADDRESS'), {});
  const names = new Set<unknown>();
  return [...switches].map(([address, { asn, dialect, name, ...more }], index) => {
    const own = name !== undefined && !names.has(name) ? name : `switch-${index + 1}`;
    names.add(own);
    return { name: own, address, asn: asn ?? blank('SWITCH_ASN'), dialect: dialect ?? blank('DIALECT'), ...more };
  });
}

function ofNeighbor(neighbor: unknown): PlainObject {
  const description = textAt(neighbor, 'config', 'description') ?? '';
  const multihop = fieldOf(neighbor, 'ebgp-multihop', 'config');
  return defined({
    name: /^[a-z]([-a-z0-9]{0,29}[a-z0-9])?$/.test(description) ? description : undefined,
    asn: numberAt(neighbor, 'config', 'peer-as'),
    multihopTtl: fieldOf(multihop, 'enabled') === true ? numberAt(multihop, 'multihop-ttl') : undefined,
    passwordSecret: fieldOf(neighbor, 'config', 'auth-password') === undefined ? undefined : SECRET,
  });
}

/** A password is never taken over: a Secret has it, whose name nobody knows yet. */
const SECRET = { name: blank('PASSWORD_SECRET') };

function ofBird({ fields }: BirdSession, conf: PlainObject, address: string): PlainObject {
  const multihop = fieldOf(fields, 'multihop');
  const limit = fieldOf(fields, 'import limit') ?? fieldOf(fields, 'ipv4', 'import limit');
  const paths = /limit (\d{1,3})$/.exec(textAt(conf, 'protocol kernel', 'merge paths') ?? '')?.[1];
  const routerId = addressAt(conf, 'router id');
  return defined({
    asn: numberAt(fields, 'local as'),
    // BIRD 2 has a block for each address family.
    dialect: 'ipv4' in fields || 'ipv6' in fields ? 'bird2' : 'bird1',
    routerId: routerId === address ? undefined : routerId,
    multihopTtl: typeof multihop === 'number' ? multihop : undefined,
    passive: 'passive' in fields && fields.passive !== 'no' && fields.passive !== 'off' ? true : undefined,
    maximumPaths: paths === undefined ? undefined : Number(paths),
    maximumPrefixes: numberIn(limit),
    passwordSecret: 'password' in fields ? SECRET : undefined,
  });
}

function numberIn(value: unknown): number | undefined {
  const [text] = /^\d{1,6}/.exec(String(value ?? '')) ?? [];
  return text === undefined ? undefined : Number(text);
}

/**
 * Timers, graceful restart and ADD-PATH as the first neighbor has them: what gobgpd takes by itself is written out, since our own
 * defaults are others. Without config_bgp.toml, the timers of bird.conf.
 */
export function sessionFields({ neighbors, sessions }: BgpFacts): PlainObject {
  const [neighbor] = neighbors;
  if (neighbor === undefined) return timersOf(birdTimers(sessions[0]));
  const timers = fieldOf(neighbor, 'timers', 'config');
  const restart = fieldOf(neighbor, 'graceful-restart', 'config');
  const sendMax = itemsAt(neighbor, 'afi-safis')
    .map((family) => numberAt(family, 'add-paths', 'config', 'send-max'))
    .find((number) => number !== undefined);
  return defined({
    passive: fieldOf(neighbor, 'transport', 'config', 'passive-mode') === true ? true : undefined,
    ...timersOf({
      keepaliveSeconds: numberAt(timers, 'keepalive-interval') ?? GOBGP_TIMERS.keepaliveSeconds,
      holdSeconds: numberAt(timers, 'hold-time') ?? GOBGP_TIMERS.holdSeconds,
      connectRetrySeconds: numberAt(timers, 'connect-retry') ?? GOBGP_TIMERS.connectRetrySeconds,
    }),
    gracefulRestart:
      fieldOf(restart, 'enabled') === true
        ? defined({ enabled: true, restartSeconds: numberAt(restart, 'restart-time') })
        : { enabled: false },
    addPaths: sendMax === undefined ? { enabled: false } : { enabled: true, sendMax },
  });
}

function birdTimers(session: BirdSession | undefined): PlainObject {
  return defined({
    keepaliveSeconds: numberAt(session?.fields, 'keepalive time'),
    holdSeconds: numberAt(session?.fields, 'hold time'),
    connectRetrySeconds: numberAt(session?.fields, 'connect retry time'),
  });
}

function timersOf(timers: PlainObject): PlainObject {
  const hold = Number(timers.holdSeconds ?? 0);
  return {
    ...(Object.keys(timers).length > 0 && { timers }),
    ...(hold > DRAIN_SECONDS && { drainSeconds: hold }),
  };
}
