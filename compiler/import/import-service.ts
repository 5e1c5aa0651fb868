import { NLB_CLASS } from '../model/alibaba-service/alibaba-service';
import {
  type AlibabaServiceAnnotation,
  ANNOTATION_PREFIX,
  annotationName,
  annotationsOf,
  LEGACY_PREFIX,
} from '../model/alibaba-service/alibaba-service-annotations';
import type { PlainObject } from '../spec/leaf-differences';
import { defined, fieldOf, itemsAt, textAt } from './field';
import type { FoundObject } from './read-objects';
import { blank, type Recognised } from './recognised';
import { LAST_APPLIED, mayHoldKey } from './redact';

/** Services of type LoadBalancer: with annotations of Alibaba Cloud, or with external addresses as in 002. */
export function importServices(objects: readonly FoundObject[]): readonly Recognised[] {
  return objects.flatMap((found) => {
    const { object } = found;
    if (object.kind !== 'Service' || fieldOf(object, 'spec', 'type') !== 'LoadBalancer') return [];
    const annotations = (fieldOf(object, 'metadata', 'annotations') ?? {}) as Readonly<Record<string, unknown>>;
    const isNlb = fieldOf(object, 'spec', 'loadBalancerClass') === NLB_CLASS;
    const isOfAlibaba = isNlb || Object.keys(annotations).some(isAlibaba);
    const addresses = itemsAt(object, 'spec', 'externalIPs');
    if (isOfAlibaba) return [ofAlibaba(found, annotations, isNlb ? 'nlb' : 'clb')];
    return addresses.length === 0 ? [] : [ofBgp(found, objects)];
  });
}

function isAlibaba(name: string): boolean {
  return name.startsWith(ANNOTATION_PREFIX) || name.startsWith(LEGACY_PREFIX);
}

function ofBgp(found: FoundObject, objects: readonly FoundObject[]): Recognised {
  const declared = objects.find(({ object }) => object.kind === 'BgpLoadBalancer');
  const name = textAt(declared?.object, 'metadata', 'name') ?? 'edge';
  return {
    spec: serviceSpec(
      found.object,
      { bgpLoadBalancer: name },
      { externalIPs: itemsAt(found.object, 'spec', 'externalIPs') },
      {},
    ),
    consumed: [found],
    missing: [
      { path: '/spec/provider/bgpLoadBalancer', reason: `the BgpLoadBalancer "${name}" that has the addresses` },
    ],
  };
}

function ofAlibaba(
  found: FoundObject,
  annotations: Readonly<Record<string, unknown>>,
  product: 'clb' | 'nlb',
): Recognised {
  const settings: Record<string, unknown> = {};
  const listeners = new Map<number, Record<string, unknown>>();
  const taken = new Set<string>();
  for (const entry of annotationsOf(product)) {
    const name = [annotationName(entry), `${LEGACY_PREFIX}${entry.suffix}`].find((key) => key in annotations);
    if (name === undefined) continue;
    taken.add(name);
    const text = String(annotations[name]);
    if (entry.path.startsWith('ports[]')) setListeners(listeners, entry, text);
    else setAt(settings, entry.path, fieldValue(entry, text));
  }
  const rest = Object.entries(annotations).filter(([name, value]) => {
    return !taken.has(name) && !isAlibaba(name) && name !== LAST_APPLIED && !mayHoldKey(String(value));
  });
  const provider = { [product === 'clb' ? 'alibabaClb' : 'alibabaNlb']: settings };
  return {
    spec: serviceSpec(found.object, provider, {}, Object.fromEntries(rest), listeners),
    consumed: [found],
    missing: [],
  };
}

function serviceSpec(
  object: PlainObject,
  provider: object,
  more: Readonly<Record<string, unknown>>,
  annotations: Readonly<Record<string, unknown>>,
  listeners: ReadonlyMap<number, Readonly<Record<string, unknown>>> = new Map(),
): Recognised['spec'] {
  const { name, namespace, labels } = (object.metadata ?? {}) as Readonly<Record<string, unknown>>;
  const ports = itemsAt(object, 'spec', 'ports').flatMap((port) => {
    if (typeof port !== 'object' || port === null) return [];
    const { name: own, protocol, port: number, targetPort, nodePort } = port as Readonly<Record<string, unknown>>;
    const listener = listeners.get(Number(number));
    return defined({ name: own, protocol, port: number, targetPort, nodePort, listener });
  });
  return {
    apiVersion: 'cdk8s-balancer.dev/v1alpha1',
    kind: 'LoadBalancerService',
    metadata: defined({
      name: String(name),
      namespace,
      labels,
      annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
    }) as Recognised['spec']['metadata'],
    spec: defined({
      profile: 'upstream',
      provider,
      ...more,
      ports,
      selector: fieldOf(object, 'spec', 'selector') ?? { app: blank('APP') },
      externalTrafficPolicy: fieldOf(object, 'spec', 'externalTrafficPolicy'),
    }),
  };
}

/** The value of a field from the text of its annotation: the inverse of alibabaAnnotations. */
function fieldValue({ form }: AlibabaServiceAnnotation, text: string): unknown {
  switch (form) {
    case 'integer':
      return /^-?[0-9]+$/.test(text) ? Number(text) : text;
    case 'on-off':
      return text === 'on' || (text === 'off' ? false : text);
    case 'true-false':
    case 'true-or-absent':
      return text === 'true' || (text === 'false' ? false : text);
    case 'list':
      return text.split(',');
    case 'pairs':
      return Object.fromEntries(text.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
    case 'zone-maps':
      return text.split(',').map((zone) => {
        const [name, vswitchId, privateAddress, allocationId] = zone.split(':');
        return defined({
          zone: name,
          vswitchId,
          privateAddress: privateAddress || undefined,
          allocationId: allocationId || undefined,
        });
      });
    case 'domains':
      return text.split(',').map((domain) => {
        const [name, certificateId] = domain.split(':');
        return { domain: name, certificateId };
      });
    default:
      return text;
  }
}

function setAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let inner = target;
  for (const key of keys) {
    inner[key] = inner[key] ?? {};
    inner = inner[key] as Record<string, unknown>;
  }
  inner[last] = value;
}

function setListeners(
  listeners: Map<number, Record<string, unknown>>,
  { form }: AlibabaServiceAnnotation,
  text: string,
): void {
  for (const item of text.split(',')) {
    const [first = '', second = ''] = item.split(':');
    const [port, field, value] =
      form === 'port-protocols'
        ? [Number(second), 'protocol', first.toUpperCase()]
        : form === 'port-redirects'
          ? [Number(first), 'redirectTo', Number(second)]
          : form === 'port-groups'
            ? [Number(second), 'serverGroup', first]
            : [Number(second), 'range', first];
    listeners.set(port, { ...listeners.get(port), [field]: value });
  }
}
