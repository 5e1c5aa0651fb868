import type { PlainObject } from '../spec/leaf-differences';
import type { BalancedPort } from './backends-in-nginx-conf';
import { defined, fieldOf, itemsAt, textAt } from './field';
import type { UpstreamNames } from './nginx-conf-fields';
import type { NginxDirective } from './read-nginx-conf';
import type { Recognised } from './recognised';

/** What is known of a Balancer that runs. */
export interface BalancerParts {
  readonly name: string;
  /** Why the name is not certain; absent where it is. */
  readonly nameReason?: string;
  readonly namespace?: string;
  readonly conf: readonly NginxDirective[];
  readonly frontend?: PlainObject;
  readonly deployment?: PlainObject;
  /** The Services of the backends, by the names of the backends. */
  readonly backends: ReadonlyMap<string, PlainObject>;
}

/** What goes where no file says anything: a blank for people, a stand-in while outputs are compared. */
export type Fill = (what: string, standIn: string | number) => unknown;

/** Fields that no file says. */
export type Missing = Recognised['missing'][number][];

/** The ports of a Service, where no conf says any. */
export function portsOf(service: PlainObject | undefined): BalancedPort[] {
  return itemsAt(service, 'spec', 'ports').flatMap((entry) => {
    const port = fieldOf(entry, 'port');
    if (typeof port !== 'number') return [];
    const protocol = fieldOf(entry, 'protocol') === 'UDP' ? 'UDP' : 'TCP';
    return [{ port, protocol, families: ['IPv4'], backends: [], fields: {} }] as const;
  });
}

/** The ports of a Balancer: numbers and times from nginx.conf, names and target ports from the Services. */
export function portFields(
  { frontend, backends }: BalancerParts,
  ports: readonly BalancedPort[],
  fill: Fill,
  missing: Missing,
): object[] {
  const taken = new Set<string>();
  return ports.map((port, index) => {
    const offered = portAt(frontend, port) ?? portAt([...backends.values()][0], port);
    const names = [upstreamPort(port.upstream), textAt(offered, 'name')];
    const said = names.find((name) => name !== undefined && !taken.has(name));
    const isNameless = said === undefined && ports.length > 1;
    if (said !== undefined) taken.add(said);
    if (isNameless) missing.push({ path: `/spec/ports/${index}/name`, reason: 'several ports have names' });
    return defined({
      name: isNameless ? fill(`PORT_${index + 1}`, `${port.protocol.toLowerCase()}-${port.port}`) : said,
      protocol: port.protocol,
      port: port.port,
      targetPort: targetPortOf(port, index, backends, fill, missing),
      nodePort: isOffered(frontend) ? fieldOf(offered, 'nodePort') : undefined,
      ...port.fields,
    });
  });
}

function targetPortOf(
  port: BalancedPort,
  index: number,
  services: BalancerParts['backends'],
  fill: Fill,
  missing: Missing,
): unknown {
  const dialled = port.backends.find(({ target }) => target.kind !== 'pods');
  if (dialled !== undefined) return dialled.port;
  const service = [...services.values()].map((one) => portAt(one, port)).find((one) => one !== undefined);
  if (service !== undefined) return fieldOf(service, 'targetPort');
  const path = `/spec/ports/${index}/targetPort`;
  missing.push({ path, reason: `the port of the Pods behind port ${port.port}` });
  return fill(`TARGET_PORT_${index + 1}`, 'placeholder');
}

/** 001 calls an upstream after its port. */
function upstreamPort(upstream: string | undefined): string | undefined {
  return /^upstream_([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)$/.exec(upstream ?? '')?.[1];
}

/** Names of upstreams in the output, by the names that they have. */
export function upstreamNames(ports: readonly BalancedPort[], spec: Recognised['spec']): UpstreamNames {
  const names = new Map<string, string>();
  ports.forEach(({ upstream }, index) => {
    const name = textAt(spec.spec, 'ports', index, 'name') ?? '';
    if (upstream !== undefined && !names.has(upstream)) names.set(upstream, `upstream_${name}`);
  });
  return names;
}

function portAt(
  service: PlainObject | undefined,
  { port, protocol }: Pick<BalancedPort, 'port' | 'protocol'>,
): unknown {
  return itemsAt(service, 'spec', 'ports').find((entry) => {
    return fieldOf(entry, 'port') === port && (fieldOf(entry, 'protocol') ?? 'TCP') === protocol;
  });
}

/** Whether clients outside of the cluster reach a Service. */
export function isOffered(frontend: PlainObject | undefined): boolean {
  return ['NodePort', 'LoadBalancer'].includes(textAt(frontend, 'spec', 'type') ?? '');
}

/** The address families on which all ports listen; nothing for IPv4 alone. */
export function familiesOf(ports: readonly BalancedPort[]): readonly string[] | undefined {
  const [first = '', ...others] = ports.map(({ families }) => [...new Set(families)].join(' '));
  return first.includes('IPv6') && others.every((families) => families === first) ? first.split(' ') : undefined;
}
