import { BALANCER_DEFAULTS } from '../model/balancer/balancer-defaults';
import { versionOfImage } from '../model/balancer/nginx-version';
import type { PlainObject } from '../spec/leaf-differences';
import { type BalancedPort, balancedPorts } from './backends-in-nginx-conf';
import { backendsFrom } from './balancer-backends-from-parts';
import {
  type BalancerParts,
  type Fill,
  familiesOf,
  isOffered,
  type Missing,
  portFields,
  portsOf,
  upstreamNames,
} from './balancer-ports-from-parts';
import { defined, fieldOf, itemsAt, textAt } from './field';
import { podFieldsOf } from './import-pod';
import type { UpstreamNames } from './nginx-conf-fields';
import { blockOf, numberWithin, portsIn, secondsIn, wordsOf } from './ports-in-nginx-conf';
import type { NginxDirective } from './read-nginx-conf';
import { blank, type Recognised } from './recognised';
import { LAST_APPLIED, mayHoldKey } from './redact';

/** A Balancer for parts. */
interface BalancerFromParts extends Pick<Recognised, 'spec' | 'missing'> {
  /** The spec with stand-ins for the blanks. */
  readonly compared: Recognised['spec'];
  readonly names: UpstreamNames;
}

/** Writes the Balancer whose objects these are; nothing where they do not say a single port. */
export function balancerFromParts(parts: BalancerParts): BalancerFromParts | undefined {
  const { name, namespace, conf, frontend } = parts;
  const balanced = balancedPorts(portsIn(conf), { name, ...(namespace !== undefined && { namespace }) });
  const ports = balanced.length > 0 ? balanced : portsOf(frontend ?? [...parts.backends.values()][0]);
  if (ports.length === 0) return undefined;
  const missing: Missing = [];
  const standIn: Fill = (_, value) => value;
  const compared = balancerSpec(parts, ports, standIn, missing);
  return {
    spec: balancerSpec(parts, ports, blank, []),
    compared,
    missing,
    names: upstreamNames(ports, compared),
  };
}

function balancerSpec(
  parts: BalancerParts,
  ports: readonly BalancedPort[],
  fill: Fill,
  missing: Missing,
): Recognised['spec'] {
  const { name, nameReason, namespace } = parts;
  if (nameReason !== undefined) missing.push({ path: '/metadata/name', reason: nameReason });
  return {
    apiVersion: 'exposer.hliangzhao.io/v1alpha1',
    kind: 'Balancer',
    metadata: {
      name: nameReason === undefined ? name : String(fill('NAME', name)),
      ...(namespace !== undefined && { namespace }),
    },
    spec: defined({
      profile: 'upstream',
      delivery: 'objects',
      ...nginxFields(parts.conf),
      ...deploymentFields(parts.deployment, fill, missing),
      ipFamilies: familiesOf(ports),
      service: serviceFields(parts.frontend),
      ports: portFields(parts, ports, fill, missing),
      ...backendsFrom(parts, ports, fill, missing),
    }),
  };
}

function serviceFields(frontend: PlainObject | undefined): object | undefined {
  const type = textAt(frontend, 'spec', 'type');
  const annotations = Object.entries((fieldOf(frontend, 'metadata', 'annotations') ?? {}) as object).filter(
    ([name, value]) => name !== LAST_APPLIED && typeof value === 'string' && !mayHoldKey(value),
  );
  const offered = isOffered(frontend);
  const fields = defined({
    type: type === 'ClusterIP' ? undefined : type,
    loadBalancerClass: textAt(frontend, 'spec', 'loadBalancerClass'),
    externalTrafficPolicy: offered ? textAt(frontend, 'spec', 'externalTrafficPolicy') : undefined,
    annotations: annotations.length === 0 ? undefined : Object.fromEntries(annotations),
  });
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function deploymentFields(deployment: PlainObject | undefined, fill: Fill, missing: Missing): object {
  if (deployment === undefined) return {};
  const containers = itemsAt(deployment, 'spec', 'template', 'spec', 'containers');
  const container = containers.find((one) => fieldOf(one, 'name') === 'nginx') ?? containers[0];
  const { nginxVersion = '', replicas } = BALANCER_DEFAULTS.upstream;
  const image = textAt(container, 'image');
  const isOther = image !== undefined && image !== `nginx:${nginxVersion}`;
  const isUnknown = isOther && versionOfImage(image) === undefined;
  if (isUnknown) missing.push({ path: '/spec/nginxVersion', reason: `the image "${image}" does not say it` });
  const own = fieldOf(deployment, 'spec', 'replicas');
  const pod = Object.entries(podFieldsOf(deployment, container));
  return defined({
    image: isOther ? image : undefined,
    nginxVersion: isUnknown ? fill('NGINX_VERSION', nginxVersion) : undefined,
    replicas: own === replicas ? undefined : own,
    hostNetwork: fieldOf(deployment, 'spec', 'template', 'spec', 'hostNetwork'),
    ...Object.fromEntries(pod.filter(([, value]) => Object.keys(Object(value)).length > 0)),
  });
}

/** What nginx.conf says beside ports. */
function nginxFields(conf: readonly NginxDirective[]): object {
  const connections = numberWithin(wordsOf(blockOf(conf, 'events'), 'worker_connections')?.[0], 16, 1_048_576);
  const drain = secondsIn(wordsOf(conf, 'worker_shutdown_timeout')?.[0]);
  const stream = blockOf(conf, 'stream');
  const health = stream.find(({ block = [] }) =>
    block.some(({ name, words }) => name === 'return' && words[0] === 'ok'),
  );
  return defined({
    workerProcesses: numberWithin(wordsOf(conf, 'worker_processes')?.[0], 1, 64),
    workerConnections: connections === BALANCER_DEFAULTS.upstream.workerConnections ? undefined : connections,
    drainSeconds: numberWithin(String(drain), 1, 3600),
    healthPort: numberWithin(wordsOf(health?.block ?? [], 'listen')?.[0], 1, 65_535),
    accessLog: wordsOf(stream, 'access_log')?.join(' ') === '/dev/stdout connections' || undefined,
  });
}
