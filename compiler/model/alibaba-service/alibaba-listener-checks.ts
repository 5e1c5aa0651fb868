import type { Problems } from '../problems';
import { type AlibabaProduct, type AlibabaServiceModel, type ListenerModel, valueAt } from './alibaba-service';
import { annotationsOf, type ListenerProtocol } from './alibaba-service-annotations';
import { groupOf, pointerOf } from './alibaba-service-checks';

/** A listener as the load balancer will have it. */
interface Listener {
  readonly protocol: ListenerProtocol;
  /** The protocol of the Service's port. */
  readonly transport: 'TCP' | 'UDP';
  readonly port: number;
  readonly targetPort: number | string;
  readonly own: Partial<ListenerModel>;
  /** Of the port in the spec, or of the Balancer that has it. */
  readonly pointer: string;
}

/** What must hold between the listeners, and between them and the fields of the provider. */
export function checkAlibabaListeners(model: AlibabaServiceModel, ownPorts: boolean, problems: Problems): void {
  const listeners = listenersOf(model, ownPorts);
  for (const listener of listeners) checkListener(listener, listeners, model, problems);
  checkReaders(model, listeners, problems);
  checkNumbers(listeners, problems);
  checkRanges(listeners, problems);
  checkServerGroups(model, listeners, problems);
  checkScheduler(model, listeners, problems);
  if (model.profile === 'hardened') checkHealth(model, listeners, problems);
  checkManaged(model, problems);
}

function listenersOf({ ports, listeners }: AlibabaServiceModel, ownPorts: boolean): Listener[] {
  return ports.map(({ port, protocol, targetPort }, index) => {
    const pointer = ownPorts ? `/spec/ports/${index}` : '/spec/balancer';
    const own: Partial<ListenerModel> = listeners.find((listener) => listener.index === index) ?? {};
    return { protocol: own.protocol ?? protocol, transport: protocol, port, targetPort, own, pointer };
  });
}

/** Protocols that a product has beside TCP and UDP. */
const OWN_PROTOCOLS: Readonly<Record<AlibabaProduct, readonly ListenerProtocol[]>> = {
  clb: ['TCP', 'UDP', 'HTTP', 'HTTPS'],
  nlb: ['TCP', 'UDP', 'TCPSSL'],
};

/** The protocol that needs a certificate, and the field for it. */
const CERTIFICATES = {
  clb: { protocol: 'HTTPS', path: 'tls.certificateId' },
  nlb: { protocol: 'TCPSSL', path: 'tls.certificateIds' },
} as const;

function checkListener(
  listener: Listener,
  all: readonly Listener[],
  { product, settings }: AlibabaServiceModel,
  problems: Problems,
): void {
  const { protocol, transport, own, pointer } = listener;
  const at = `${pointer}/listener/protocol`;
  const certificate = CERTIFICATES[product];
  if (!OWN_PROTOCOLS[product].includes(protocol)) {
    problems.add('BAL3131', at, `"${protocol}" is no protocol of ${product === 'clb' ? 'a CLB' : 'an NLB'}`);
  } else if ((protocol === 'UDP') !== (transport === 'UDP')) {
    problems.add('BAL3135', at, `listener.protocol "${protocol}" does not go with protocol "${transport}" of the port`);
  } else if (protocol === certificate.protocol && valueAt(settings, certificate.path) === undefined) {
    problems.add('BAL3134', at, `listener.protocol "${protocol}" needs ${certificate.path} of the provider`);
  }
  const preserves = product === 'nlb' && valueAt(settings, 'preserveClientIP') === true;
  if (protocol === 'TCPSSL' && preserves) {
    problems.add('BAL3135', pointerOf(product, 'preserveClientIP'), 'preserveClientIP does not go with "TCPSSL"');
  }
  if (own.redirectTo !== undefined) checkRedirect(listener, all, product, problems);
  if (own.range !== undefined) checkRange(listener, product, settings, problems);
}

function checkRedirect(
  { protocol, own: { redirectTo }, pointer }: Listener,
  all: readonly Listener[],
  product: AlibabaProduct,
  problems: Problems,
): void {
  const at = `${pointer}/listener/redirectTo`;
  if (product === 'nlb') problems.add('BAL3131', at, 'redirectTo is for listeners of a CLB');
  else if (protocol !== 'HTTP') problems.add('BAL3134', at, 'redirectTo needs listener.protocol "HTTP"');
  else if (!all.some((other) => other.port === redirectTo && other.protocol === 'HTTPS')) {
    problems.add('BAL3139', at, `no HTTPS listener of the service has port "${redirectTo}"`);
  }
}

/** Source: nlbv2/listeners.go, "listener port range can only be used for eni backend type service". */
function checkRange(
  { own: { range }, targetPort, pointer }: Listener,
  product: AlibabaProduct,
  settings: object,
  problems: Problems,
): void {
  const at = `${pointer}/listener/range`;
  if (product === 'clb') problems.add('BAL3131', at, 'range is for listeners of an NLB');
  else if (valueAt(settings, 'backend.type') !== 'eni')
    problems.add('BAL3134', at, 'range needs backend.type "eni" of the provider');
  if (typeof targetPort === 'string') problems.add('BAL3134', at, `range needs a targetPort that is a number`);
  if (range !== undefined && range.first >= range.last) {
    problems.add('BAL3141', at, `the range ends at "${range.last}", and begins at "${range.first}"`);
  }
}

/** A field that none of the listeners reads; one message for the fields of a group. */
function checkReaders({ product, settings }: AlibabaServiceModel, all: readonly Listener[], problems: Problems): void {
  const told = new Set<string>();
  for (const { path, listeners } of annotationsOf(product)) {
    if (listeners === undefined || path.startsWith('ports[]') || valueAt(settings, path) === undefined) continue;
    if (all.some(({ protocol }) => listeners.includes(protocol))) continue;
    const key = `${path.split('.')[0]} ${listeners.join()}`;
    if (told.has(key)) continue;
    told.add(key);
    const readers = listeners.filter((protocol) => OWN_PROTOCOLS[product].includes(protocol)).join(' or ');
    const field = groupOf(path) ?? path;
    problems.add('BAL3133', pointerOf(product, field), `${field} is for ${readers} listeners, and there is none`);
  }
}

function checkNumbers(all: readonly Listener[], problems: Problems): void {
  all.forEach(({ port, own, pointer }, index) => {
    if (Object.keys(own).length === 0) return;
    const twin = all.findIndex((other, at) => at !== index && other.port === port);
    if (twin === -1) return;
    problems.add('BAL3140', `${pointer}/listener`, `port "${port}" has a TCP and a UDP listener`, [
      { message: 'the other one is here', location: problems.locate(`${all[twin]?.pointer}/port`) },
    ]);
  });
}

function checkRanges(all: readonly Listener[], problems: Problems): void {
  const spans = all.map(({ own, port, protocol, pointer }) => {
    return { first: own.range?.first ?? port, last: own.range?.last ?? port, ranged: own.range, protocol, pointer };
  });
  spans.forEach((one, index) => {
    for (const other of spans.slice(0, index)) {
      if (one.ranged === undefined && other.ranged === undefined) continue;
      if (one.protocol !== other.protocol || one.first > other.last || other.first > one.last) continue;
      const [ranged, rest] = one.ranged === undefined ? [other, one] : [one, other];
      const message = `"${ranged.first}-${ranged.last}" has ports of another listener`;
      problems.add('BAL3141', `${ranged.pointer}/listener/range`, message, [
        { message: 'the other one is here', location: problems.locate(rest.pointer) },
      ]);
    }
  });
}

function checkServerGroups(
  { product, settings }: AlibabaServiceModel,
  all: readonly Listener[],
  problems: Problems,
): void {
  const groups = all.filter(({ own }) => own.serverGroup !== undefined);
  const reused = valueAt(settings, 'id') !== undefined;
  for (const { pointer } of reused ? [] : groups) {
    problems.add('BAL3134', `${pointer}/listener/serverGroup`, 'serverGroup needs id of the provider');
  }
  if (valueAt(settings, 'backend.weight') === undefined || groups.length > 0) return;
  problems.add('BAL3134', pointerOf(product, 'backend.weight'), 'backend.weight needs listener.serverGroup of a port');
}

/** Hashes are for connections: CreateLoadBalancerHTTPListener has no such scheduler. */
function checkScheduler(
  { product, settings }: AlibabaServiceModel,
  all: readonly Listener[],
  problems: Problems,
): void {
  const scheduler = String(valueAt(settings, 'scheduler'));
  const other = all.find(({ protocol }) => protocol === 'HTTP' || protocol === 'HTTPS');
  if (!['sch', 'tch'].includes(scheduler) || other === undefined) return;
  const message = `scheduler "${scheduler}" does not go with a listener of protocol "${other.protocol}"`;
  problems.add('BAL3135', pointerOf(product, 'scheduler'), message, [
    { message: 'the listener is here', location: problems.locate(`${other.pointer}/listener/protocol`) },
  ]);
}

function checkHealth({ product, settings }: AlibabaServiceModel, all: readonly Listener[], problems: Problems): void {
  const field = product === 'clb' ? 'healthCheck.layer7' : 'healthCheck';
  const risky: readonly ListenerProtocol[] = product === 'clb' ? ['HTTP', 'HTTPS'] : ['UDP'];
  if (valueAt(settings, field) !== undefined) return;
  for (const { protocol, own, pointer, port } of all) {
    if (!risky.includes(protocol) || own.redirectTo !== undefined) continue;
    problems.add('BAL3142', pointer, `nothing says how the backends of "${protocol}" listener "${port}" are checked`);
  }
}

function checkManaged({ product, settings, listeners }: AlibabaServiceModel, problems: Problems): void {
  const { id, forceOverrideListeners = false } = settings;
  if (id === undefined || forceOverrideListeners) return;
  const ignored = annotationsOf(product).flatMap(({ level, path }) => {
    if (level !== 'listener') return [];
    const [group = path, , field = ''] = path.split('.');
    if (!path.startsWith('ports[]')) return valueAt(settings, path) === undefined ? [] : [group];
    return listeners.some((listener) => field in listener) ? ['ports[].listener'] : [];
  });
  if (ignored.length === 0) return;
  const fields = [...new Set(ignored)].join(', ');
  problems.add(
    'BAL3143',
    pointerOf(product, 'id'),
    `the listeners of "${id}" are left alone: without effect: ${fields}`,
  );
}
