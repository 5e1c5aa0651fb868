import { isIP } from 'node:net';
import type { ConfPort, ConfServer } from './ports-in-nginx-conf';

/** What a server of an upstream is to a Balancer. */
type ConfTarget =
  | { readonly kind: 'pods'; readonly backend: string; readonly namespace?: string }
  | { readonly kind: 'service'; readonly name: string; readonly namespace?: string }
  | { readonly kind: 'address'; readonly address: string };

/** A server that a Balancer can have as a backend. */
export interface ConfBackend extends ConfServer {
  readonly target: ConfTarget;
}

/** A port and the backends behind it. */
export interface BalancedPort extends Omit<ConfPort, 'servers'> {
  readonly backends: readonly ConfBackend[];
}

/** The Balancer whose conf it is. */
interface ConfOwner {
  readonly name: string;
  readonly namespace?: string;
}

/**
 * The ports that one Balancer can have: all of them have its backends. Which those are, the first port says. Ports with others
 * behind them are another Balancer's, and are left out.
 */
export function balancedPorts(ports: readonly ConfPort[], owner: ConfOwner): readonly BalancedPort[] {
  const known = ports.flatMap((port) => balancedPort(port, owner) ?? []);
  const [first] = known;
  const seen = new Set<string>();
  return known.filter((port) => {
    const listener = `${port.port}/${port.protocol}`;
    if (seen.has(listener) || backendsKey(port) !== backendsKey(first!)) return false;
    seen.add(listener);
    return true;
  });
}

function backendsKey({ backends }: BalancedPort): string {
  return backends
    .map(({ host }) => host)
    .sort()
    .join(' ');
}

function balancedPort({ servers, ...port }: ConfPort, owner: ConfOwner): BalancedPort | undefined {
  const backends = servers.flatMap((server) => {
    const target = targetOf(server, port.port, owner);
    return target === undefined ? [] : [{ ...server, target }];
  });
  const dialled = new Set(backends.filter(({ target }) => target.kind !== 'pods').map((server) => server.port));
  const hosts = new Set(backends.map(({ host }) => host));
  // A Balancer has one target port for all backends of a port, and each backend once.
  if (backends.length < servers.length || hosts.size < backends.length || dialled.size > 1) return undefined;
  return { ...port, backends };
}

function targetOf({ host, port }: ConfServer, listens: number, owner: ConfOwner): ConfTarget | undefined {
  if (isIP(host) !== 0) return { kind: 'address', address: host };
  const service = serviceIn(host);
  if (service === undefined) return undefined;
  const [start, end] = [`${owner.name}-`, '-backend'];
  const { name, namespace } = service;
  const isHere = namespace === undefined || namespace === (owner.namespace ?? 'default');
  const backend = name.slice(start.length, -end.length);
  const isOurs = name.startsWith(start) && name.endsWith(end) && name.length > start.length + end.length;
  return isOurs && isHere && port === listens ? { kind: 'pods', backend } : { kind: 'service', ...service };
}

const LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A Service by its name, or by its whole name. Other names may be anywhere. */
function serviceIn(host: string): { readonly name: string; readonly namespace?: string } | undefined {
  const [name = '', namespace, svc] = host.split('.');
  if (!LABEL.test(name)) return undefined;
  if (namespace === undefined) return { name };
  return svc === 'svc' && LABEL.test(namespace) ? { name, namespace } : undefined;
}

/**
 * What the servers of a conf may have as the name of their Balancer, the longest first: `web-a-v1-backend` is backend `v1` of
 * `web-a`, or backend `a-v1` of `web`.
 */
export function ownersIn(ports: readonly ConfPort[]): readonly ConfOwner[] {
  const services = ports.flatMap(({ port, servers }) => {
    return servers.flatMap((server) => {
      const service = serviceIn(server.host);
      return service?.name.endsWith('-backend') && server.port === port ? [service] : [];
    });
  });
  const [first, ...others] = services;
  if (first === undefined) return [];
  const words = first.name.slice(0, -'-backend'.length).split('-');
  const starts = words.slice(1).map((_, index) => words.slice(0, words.length - 1 - index).join('-'));
  const { namespace } = first;
  return starts
    .filter((start) => LABEL.test(start) && others.every(({ name }) => isBackendOf(name, start)))
    .map((name) => ({ name, ...(namespace !== undefined && { namespace }) }));
}

function isBackendOf(service: string, balancer: string): boolean {
  return service.startsWith(`${balancer}-`) && service.length > balancer.length + '--backend'.length;
}
