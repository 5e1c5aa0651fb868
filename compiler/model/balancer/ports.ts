import type { BalancerPort } from '../../spec/generated/balancer';
import type { Problems } from '../problems';
import type { PortModel, Profile } from './balancer';
import { BALANCER_FIELD_DEFAULTS as FIELD_DEFAULTS, PORT_DEFAULTS } from './balancer-defaults';

/** The ports with their defaults; duplicates and missing names are reported. */
export function resolvePorts(ports: readonly BalancerPort[], profile: Profile, problems: Problems): PortModel[] {
  checkPortList(ports, problems);
  ports.forEach((port, index) => {
    checkProtocolFields(port, `/spec/ports/${index}`, problems);
  });
  return ports.map((port) => resolvePort(port, profile));
}

function resolvePort(port: BalancerPort, profile: Profile): PortModel {
  const protocol = port.protocol ?? FIELD_DEFAULTS.protocol;
  const defaults: Pick<BalancerPort, 'connectTimeoutSeconds' | 'idleTimeoutSeconds'> = PORT_DEFAULTS[profile][protocol];
  return {
    name: port.name ?? (profile === 'upstream' ? '' : `${protocol.toLowerCase()}-${port.port}`),
    protocol,
    port: port.port,
    targetPort: port.targetPort ?? port.port,
    nodePort: port.nodePort,
    method: port.method ?? FIELD_DEFAULTS.method,
    connectTimeoutSeconds:
      protocol === 'TCP' ? (port.connectTimeoutSeconds ?? defaults.connectTimeoutSeconds) : undefined,
    idleTimeoutSeconds: port.idleTimeoutSeconds ?? defaults.idleTimeoutSeconds,
    acceptProxyProtocol: port.proxyProtocol?.accept ?? FIELD_DEFAULTS.proxyProtocol.accept,
    sendProxyProtocol: port.proxyProtocol?.send ?? FIELD_DEFAULTS.proxyProtocol.send,
    udpResponses: port.udpResponses,
  };
}

/** What the checks look at. */
type NamedPort = Pick<BalancerPort, 'name' | 'port' | 'nodePort' | 'protocol'>;

/** Names and listeners of the ports of one Service: unique, and named where there are several. */
export function checkPortList(ports: readonly NamedPort[], problems: Problems): void {
  checkNames(ports, problems);
  checkListeners(ports, 'port', problems);
  checkListeners(ports, 'nodePort', problems);
}

function checkNames(ports: readonly NamedPort[], problems: Problems): void {
  const first = new Map<string, number>();
  ports.forEach(({ name }, index) => {
    const pointer = `/spec/ports/${index}`;
    if (name === undefined) {
      if (ports.length > 1) problems.add('BAL3003', pointer, 'the port has no name, and there are several ports');
      return;
    }
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else {
      problems.add('BAL3001', `${pointer}/name`, `port "${name}" is defined twice`, [
        { message: 'first defined here', location: problems.locate(`/spec/ports/${earlier}/name`) },
      ]);
    }
  });
}

/** Ports where nginx listens, and ports on the nodes: each once per protocol. */
function checkListeners(ports: readonly NamedPort[], field: 'port' | 'nodePort', problems: Problems): void {
  const first = new Map<string, number>();
  ports.forEach((entry, index) => {
    if (entry[field] === undefined) return;
    const listener = `${entry[field]}/${entry.protocol ?? FIELD_DEFAULTS.protocol}`;
    const earlier = first.get(listener);
    if (earlier === undefined) first.set(listener, index);
    else {
      problems.add('BAL3002', `/spec/ports/${index}/${field}`, `"${listener}" is used twice`, [
        { message: 'first used here', location: problems.locate(`/spec/ports/${earlier}/${field}`) },
      ]);
    }
  });
}

/** Fields that nginx refuses or ignores for one of the protocols: a listener with both udp and proxy_protocol is fatal. */
function checkProtocolFields(port: BalancerPort, pointer: string, problems: Problems): void {
  const { protocol = FIELD_DEFAULTS.protocol } = port;
  if (protocol === 'TCP' && port.udpResponses !== undefined) {
    problems.add('BAL3010', `${pointer}/udpResponses`, 'udpResponses is set on a port of protocol "TCP"');
  }
  if (protocol === 'UDP' && port.connectTimeoutSeconds !== undefined) {
    const message = 'connectTimeoutSeconds is set on a port of protocol "UDP", which has no connections';
    problems.add('BAL3010', `${pointer}/connectTimeoutSeconds`, message);
  }
  if (protocol === 'UDP' && port.proxyProtocol !== undefined) {
    problems.add('BAL3010', `${pointer}/proxyProtocol`, 'proxyProtocol is set on a port of protocol "UDP"');
  }
}
