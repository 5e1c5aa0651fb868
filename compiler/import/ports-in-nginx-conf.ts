import { defined } from './field';
import type { NginxDirective } from './read-nginx-conf';

/** A server of an upstream. */
export interface ConfServer {
  readonly host: string;
  readonly port: number;
  readonly weight: number;
  /** Fields of a backend. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A port on which nginx listens, and where it sends what comes there. */
export interface ConfPort {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly families: readonly ('IPv4' | 'IPv6')[];
  /** The upstream that it names; absent where it names a server. */
  readonly upstream?: string;
  readonly servers: readonly ConfServer[];
  /** Fields of a port of a Balancer. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The ports of the stream block that a Balancer can have. Of others nothing is taken over: the report tells them. */
export function portsIn(conf: readonly NginxDirective[]): readonly ConfPort[] {
  const stream = blockOf(conf, 'stream');
  return stream
    .filter(({ name, block }) => name === 'server' && block !== undefined)
    .flatMap((server) => {
      return portOf(server.block!, stream) ?? [];
    });
}

/** What stands in a block; nothing where there is none, or more than one. */
export function blockOf(conf: readonly NginxDirective[], name: string): readonly NginxDirective[] {
  const blocks = conf.filter((directive) => directive.name === name && directive.block !== undefined);
  return blocks.length === 1 ? blocks[0]!.block! : [];
}

/** The words of a directive that stands once in a block. */
export function wordsOf(block: readonly NginxDirective[], name: string): readonly string[] | undefined {
  const found = block.filter((directive) => directive.name === name);
  return found.length === 1 ? found[0]!.words : undefined;
}

/** A whole number between two others; undefined for any other text. */
export function numberWithin(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  return Number(text) >= least && Number(text) <= most ? Number(text) : undefined;
}

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** A time of nginx in seconds: https://nginx.org/en/docs/syntax.html */
export function secondsIn(text: string | undefined): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd]?)$/.exec(text ?? '') ?? [];
  return count === undefined ? undefined : Number(count) * SECONDS[unit!]!;
}

function secondsWithin(text: string | undefined, most: number): number | undefined {
  return numberWithin(String(secondsIn(text)), 1, most);
}

function portOf(server: readonly NginxDirective[], stream: readonly NginxDirective[]): ConfPort | undefined {
  const listens = server.filter(({ name }) => name === 'listen').map(({ words }) => words);
  const addresses = listens.map(([address = '']) => /^(?:(\[[0-9a-fA-F:]+\]|[0-9.*]+):)?(\d{1,5})$/.exec(address));
  const [target, ...more] = wordsOf(server, 'proxy_pass') ?? [];
  const port = numberWithin(addresses[0]?.[2], 1, 65_535);
  const isOne = addresses.every((address) => Number(address?.[2]) === port);
  if (port === undefined || !isOne || target === undefined || more.length > 0) return undefined;
  const upstream = stream.find(({ name, words, block }) => name === 'upstream' && words[0] === target && block);
  const servers = upstream === undefined ? [serverOf([target])] : serversIn(upstream.block!);
  if (servers.length === 0 || servers.includes(undefined)) return undefined;
  const protocol = listens[0]!.includes('udp') ? 'UDP' : 'TCP';
  return {
    protocol,
    port,
    families: addresses.map((address) => (address?.[1]?.startsWith('[') ? 'IPv6' : 'IPv4')),
    ...(upstream !== undefined && { upstream: target }),
    servers: servers as ConfServer[],
    fields: {
      ...methodIn(upstream?.block ?? []),
      ...(protocol === 'UDP' ? udpFields(server) : tcpFields(server, listens)),
    },
  };
}

function serversIn(block: readonly NginxDirective[]): (ConfServer | undefined)[] {
  return block.filter(({ name }) => name === 'server').map(({ words }) => serverOf(words));
}

function serverOf([address = '', ...words]: readonly string[]): ConfServer | undefined {
  const [, host, digits] = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/.exec(address) ?? [];
  const port = numberWithin(digits, 1, 65_535);
  const parameter = (name: string): string | undefined => {
    return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  };
  const weight = numberWithin(parameter('weight') ?? '1', 0, 999_999_999);
  if (host === undefined || port === undefined || weight === undefined) return undefined;
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port,
    weight: words.includes('down') ? 0 : weight,
    fields: defined({
      backup: words.includes('backup') || undefined,
      maxFails: numberWithin(parameter('max_fails'), 0, 1000),
      failTimeoutSeconds: secondsWithin(parameter('fail_timeout'), 3600),
      maxConnections: numberWithin(parameter('max_conns'), 1, 1_000_000),
    }),
  };
}

/** The methods as we write them. Others would be another choice. */
const METHODS: Readonly<Record<string, string>> = {
  least_conn: 'LeastConnections',
  'hash $remote_addr consistent': 'SourceHash',
  'random two least_conn': 'RandomTwo',
};

function methodIn(upstream: readonly NginxDirective[]): object {
  const texts = upstream.map(({ name, words }) => [name, ...words].join(' '));
  const found = texts.find((text) => Object.hasOwn(METHODS, text));
  return found === undefined ? {} : { method: METHODS[found] };
}

function udpFields(server: readonly NginxDirective[]): object {
  return defined({
    idleTimeoutSeconds: secondsWithin(wordsOf(server, 'proxy_timeout')?.[0], 86_400),
    udpResponses: numberWithin(wordsOf(server, 'proxy_responses')?.[0], 0, 1_000_000),
  });
}

function tcpFields(server: readonly NginxDirective[], listens: readonly (readonly string[])[]): object {
  const proxyProtocol = defined({
    accept: listens.every((words) => words.includes('proxy_protocol')) || undefined,
    send: wordsOf(server, 'proxy_protocol')?.[0] === 'on' || undefined,
  });
  return defined({
    connectTimeoutSeconds: secondsWithin(wordsOf(server, 'proxy_connect_timeout')?.[0], 3600),
    idleTimeoutSeconds: secondsWithin(wordsOf(server, 'proxy_timeout')?.[0], 86_400),
    proxyProtocol: Object.keys(proxyProtocol).length === 0 ? undefined : proxyProtocol,
  });
}
