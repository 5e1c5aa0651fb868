import { isIPv6 } from 'node:net';
import type { BackendModel, BalancerModel, NginxModel, PortModel } from '../model/balancer/balancer';
import { dialledPort } from '../model/balancer/balancer';
import { reducedWeights } from '../model/balancer/weights';
import { bracketed } from '../model/values/ip-address';
import { renderTemplate } from './template';

/** Shared memory of an upstream: what a server takes, its name and its addresses, rounded up generously. */
const ZONE_KILOBYTES_PER_SERVER = 2;
const ZONE_KILOBYTES_AT_LEAST = 64;

/** What the nginx.conf templates may read. */
interface NginxView {
  readonly workerProcesses: number | null;
  readonly workerConnections: number;
  readonly shutdownTimeout: string | null;
  readonly resolver: readonly string[] | null;
  readonly findsResolver: boolean;
  readonly accessLog: boolean;
  readonly openFiles: number;
  /** The listeners for the kubelet's probes. */
  readonly health: readonly (readonly string[])[];
  readonly upstreams: readonly UpstreamView[];
  readonly servers: readonly ServerView[];
}

interface UpstreamView {
  readonly name: string;
  readonly zone: readonly string[] | null;
  readonly method: readonly string[] | null;
  readonly servers: readonly (readonly string[])[];
}

interface ServerView {
  /** One listener per address family. */
  readonly listens: readonly (readonly string[])[];
  readonly upstream: string;
  readonly directives: readonly (readonly string[])[];
}

/** The nginx.conf of a Balancer: stream proxies only. https://nginx.org/en/docs/stream/ngx_stream_core_module.html */
export function renderNginxConf(model: BalancerModel): string {
  const template = model.profile === 'upstream' ? 'nginx/nginx-001.conf' : 'nginx/nginx.conf';
  return renderTemplate(template, nginxView(model));
}

/** Whether an init container has to find the name server and write it to a file that nginx.conf includes. */
export function findsResolver({ nginx, backends }: BalancerModel): boolean {
  return nginx.followsNames && nginx.resolver === undefined && backends.some(({ target }) => target.kind !== 'address');
}

function nginxView(model: BalancerModel): NginxView {
  const { nginx, ports } = model;
  const resolves = nginx.followsNames && model.backends.some(({ target }) => target.kind !== 'address');
  return {
    workerProcesses: nginx.workerProcesses ?? null,
    workerConnections: nginx.workerConnections,
    shutdownTimeout: nginx.drainSeconds === undefined ? null : `${nginx.drainSeconds}s`,
    resolver: resolves && nginx.resolver !== undefined ? resolverWords(nginx.resolver) : null,
    findsResolver: findsResolver(model),
    accessLog: nginx.accessLog,
    // A connection takes a file; some are open besides.
    openFiles: nginx.workerConnections * 2,
    health: nginx.healthPort === undefined ? [] : listenAddresses(nginx.healthPort, model).map((address) => [address]),
    upstreams: ports.map((port) => upstreamView(port, model)),
    servers: ports.map((port) => serverView(port, model)),
  };
}

/** A name server answers for its own address family: a cluster with one family has no use for questions about the other. */
function resolverWords(address: string): string[] {
  return [bracketed(address), isIPv6(address) ? 'ipv4=off' : 'ipv6=off'];
}

function upstreamName(port: PortModel): string {
  return `upstream_${port.name}`;
}

function upstreamView(port: PortModel, { nginx, backends }: BalancerModel): UpstreamView {
  const given = backends.map(({ weight }) => weight);
  // A consistent hash takes memory for each unit of weight, and only the proportions count.
  const weights = port.method === 'SourceHash' ? reducedWeights(given) : given;
  const kilobytes = Math.max(ZONE_KILOBYTES_AT_LEAST, backends.length * ZONE_KILOBYTES_PER_SERVER);
  return {
    name: upstreamName(port),
    zone: nginx.sharesState ? [upstreamName(port), `${kilobytes}k`] : null,
    method: methodWords(port),
    servers: backends.map((backend, index) => serverWords({ ...backend, weight: weights[index]! }, port, nginx)),
  };
}

function methodWords({ method }: PortModel): string[] | null {
  switch (method) {
    case 'RoundRobin':
      return null;
    case 'LeastConnections':
      return ['least_conn'];
    case 'SourceHash':
      return ['hash', '$remote_addr', 'consistent'];
    case 'RandomTwo':
      return ['random', 'two', 'least_conn'];
  }
}

function serverWords(backend: BackendModel, port: PortModel, nginx: NginxModel): string[] {
  const { target, weight, maxFails, failTimeoutSeconds, maxConnections } = backend;
  const words = [`${target.host}:${dialledPort(port, target)}`];
  // nginx refuses weight=0; a server that is down keeps its place in a consistent hash.
  words.push(weight === 0 ? 'down' : `weight=${weight}`);
  if (maxFails !== undefined) words.push(`max_fails=${maxFails}`);
  if (failTimeoutSeconds !== undefined) words.push(`fail_timeout=${failTimeoutSeconds}s`);
  if (maxConnections !== undefined) words.push(`max_conns=${maxConnections}`);
  if (backend.backup) words.push('backup');
  if (nginx.followsNames && target.kind !== 'address') words.push('resolve');
  return words;
}

function serverView(port: PortModel, model: BalancerModel): ServerView {
  const words = model.profile === 'upstream' ? listenWordsOf001(port) : listenWords(port);
  return {
    listens: listenAddresses(port.port, model).map((address) => [address, ...words]),
    upstream: upstreamName(port),
    directives: directives(port),
  };
}

/** A bare port is every IPv4 address. A node without IPv6 has no socket for the other family: only those who ask get it. */
function listenAddresses(port: number, { ipFamilies = ['IPv4'] }: BalancerModel): string[] {
  return ipFamilies.map((family) => (family === 'IPv4' ? `${port}` : `[::]:${port}`));
}

/** `reuseport` keeps the datagrams of one client with one worker; without it a session falls apart between several. */
function listenWords({ protocol, acceptProxyProtocol }: PortModel): string[] {
  if (protocol === 'UDP') return ['udp', 'reuseport'];
  return acceptProxyProtocol ? ['proxy_protocol'] : [];
}

/** The original prints the port, a space, and "udp" or nothing. */
function listenWordsOf001({ protocol, acceptProxyProtocol }: PortModel): string[] {
  if (protocol === 'UDP') return ['udp'];
  return [acceptProxyProtocol ? 'proxy_protocol' : ''];
}

function directives(port: PortModel): string[][] {
  const words: string[][] = [];
  // Whoever may connect speaks for the client: its address becomes $remote_addr, for the hash, the log and the next proxy.
  if (port.acceptProxyProtocol) words.push(['set_real_ip_from', '0.0.0.0/0'], ['set_real_ip_from', '::/0']);
  if (port.connectTimeoutSeconds !== undefined) words.push(['proxy_connect_timeout', `${port.connectTimeoutSeconds}s`]);
  if (port.idleTimeoutSeconds !== undefined) words.push(['proxy_timeout', `${port.idleTimeoutSeconds}s`]);
  if (port.sendProxyProtocol) words.push(['proxy_protocol', 'on']);
  if (port.udpResponses !== undefined) words.push(['proxy_responses', `${port.udpResponses}`]);
  return words;
}
