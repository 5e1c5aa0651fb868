import { identityOf } from '../../spec/leaf-differences';
import { type SimulatedBackend, simulate } from '../simulate';
import type { Snapshot } from '../snapshot';

/** Where the connections to a port of a Balancer, or to an EIP, go before and after a change. */
export interface TrafficMove {
  /** Such as `Balancer default/web, port 80`, or `EIP 139.198.190.117`. */
  readonly subject: string;
  /** Shares from 0 to 1 by backend or next hop; empty where nothing answers. */
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
  /** Part of the connections, from 0 to 1, that go elsewhere or nowhere. */
  readonly moved: number;
}

/** What moves between two snapshots: the weights of nginx, and the next hops that a switch spreads connections over. */
export function trafficMoves(before: Snapshot, after: Snapshot): TrafficMove[] {
  return [...moves(balancerShares(before), balancerShares(after)), ...moves(routeShares(before), routeShares(after))];
}

type Shares = ReadonlyMap<string, ReadonlyMap<string, number>>;

function moves(before: Shares, after: Shares): TrafficMove[] {
  const subjects = [...new Set([...before.keys(), ...after.keys()])].sort();
  return subjects.flatMap((subject): TrafficMove[] => {
    const [was, is] = [before.get(subject) ?? new Map(), after.get(subject) ?? new Map()];
    const names = new Set([...was.keys(), ...is.keys()]);
    if ([...names].every((name) => was.get(name) === is.get(name))) return [];
    const moved = [...was].reduce((sum, [name, share]) => sum + Math.max(0, share - (is.get(name) ?? 0)), 0);
    return [{ subject, before: was, after: is, moved }];
  });
}

/** The ConfigMaps of a snapshot with one of their texts. */
function textsByConfigMap({ objects }: Snapshot, key: string): (readonly [identity: string, text: string])[] {
  return objects.flatMap((object) => {
    const text = (object.data as Readonly<Record<string, unknown>> | undefined)?.[key];
    return object.kind === 'ConfigMap' && typeof text === 'string' ? [[identityOf(object), text] as const] : [];
  });
}

/** Shares by port, as nginx' weighted round robin gives them; other methods have other sequences, and the same shares. */
function balancerShares(snapshot: Snapshot): Shares {
  const shares = new Map<string, ReadonlyMap<string, number>>();
  for (const [identity, conf] of textsByConfigMap(snapshot, 'nginx.conf')) {
    const balancer = identity.replace(/^ConfigMap /, 'Balancer ').replace(/-proxy-configmap$/, '');
    const servers = serversByUpstream(conf);
    for (const [, port, upstream] of conf.matchAll(
      /^\s*listen (?:[^\s;]*:)?(\d+[^;]*);[^{}]*?proxy_pass ([^\s;]+);/gm,
    )) {
      shares.set(
        `${balancer}, port ${port!.replace(/ reuseport.*/, '')}`,
        simulate(servers.get(upstream!) ?? []).shares,
      );
    }
  }
  return shares;
}

function serversByUpstream(conf: string): ReadonlyMap<string, readonly SimulatedBackend[]> {
  const upstreams = [...conf.matchAll(/^\s*upstream (\S+) \{([^}]*)\}/gm)];
  return new Map(
    upstreams.map(([, name, body]) => [
      name!,
      [...body!.matchAll(/^\s*server (\S+?)((?: [^;]*)?);/gm)].map(([, host, parameters]) => ({
        name: host!,
        weight: / down\b/.test(parameters!) ? 0 : Number(/ weight=(\d+)/.exec(parameters!)?.[1] ?? 1),
        backup: / backup\b/.test(parameters!),
      })),
    ]),
  );
}

/** A switch with ECMP gives each next hop of a route the same part (RFC 2992). */
function routeShares(snapshot: Snapshot): Shares {
  const hops = new Map<string, Set<string>>();
  for (const [, text] of textsByConfigMap(snapshot, 'announcements')) {
    for (const line of text.split('\n')) {
      const [prefix = '', hop] = line.trim().split(/\s+/);
      if (hop === undefined || prefix.startsWith('#')) continue;
      const subject = `EIP ${prefix.replace(/\/(32|128)$/, '')}`;
      hops.set(subject, (hops.get(subject) ?? new Set()).add(hop));
    }
  }
  return new Map([...hops].map(([subject, own]) => [subject, new Map([...own].map((hop) => [hop, 1 / own.size]))]));
}
