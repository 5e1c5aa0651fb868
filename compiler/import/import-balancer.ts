import type { PlainObject } from '../spec/leaf-differences';
import { balancerFromParts } from './balancer-from-parts';
import { type BalancerObjects, type BalancerPart, backendIn, balancerObjects, namespaceOf } from './balancer-objects';
import { defined, fieldOf, textAt } from './field';
import { readNginxConf } from './read-nginx-conf';
import type { FoundObject } from './read-objects';
import { blank, type Recognised } from './recognised';
import { LAST_APPLIED, mayHoldKey } from './redact';

/** The Balancers of 001: custom resources as they stand, and the objects that its operator makes of one. */
export function importBalancers(objects: readonly FoundObject[]): readonly Recognised[] {
  const made = balancerObjects(objects);
  const resources = objects.filter(({ object: { kind, apiVersion } }) => {
    return kind === 'Balancer' && apiVersion === 'exposer.hliangzhao.io/v1alpha1';
  });
  const isDeclared = ({ name, namespace }: BalancerObjects): boolean =>
    resources.some((found) => textAt(found.object, 'metadata', 'name') === name && namespaceOf(found) === namespace);
  return [
    ...resources.map((found) => ofResource(found, made)),
    ...made.filter((group) => !isDeclared(group)).flatMap((group) => ofObjects(group) ?? []),
  ];
}

/**
 * A resource is a spec as it stands. It goes on being one: the operator makes its objects, and two that write the same objects
 * would undo each other. The objects are compared with what this compiler makes of the spec.
 */
function ofResource(found: FoundObject, made: readonly BalancerObjects[]): Recognised {
  const { metadata, spec } = found.object;
  const name = textAt(metadata, 'name');
  const group = made.find((one) => one.name === name && one.namespace === namespaceOf(found));
  const own = Array.isArray(spec) || typeof spec !== 'object' || spec === null ? {} : spec;
  const resource: Recognised['spec'] = {
    apiVersion: 'exposer.hliangzhao.io/v1alpha1',
    kind: 'Balancer',
    metadata: declaredMetadata(metadata, name ?? blank('NAME')),
    spec: { profile: 'upstream', delivery: 'resource', ...own },
  };
  const objects: Recognised['spec'] = {
    ...resource,
    spec: { ...resource.spec, profile: 'upstream', delivery: 'objects' },
  };
  return {
    spec: resource,
    consumed: [found, ...foundIn(group)],
    missing: [],
    ...(group !== undefined && { compared: [resource, objects], confText: confIn(group) }),
  };
}

/** What people wrote of the metadata. */
function declaredMetadata(metadata: unknown, name: string): Recognised['spec']['metadata'] {
  const entries = Object.entries((fieldOf(metadata, 'annotations') ?? {}) as object);
  const annotations = entries.filter(([key, value]) => key !== LAST_APPLIED && !mayHoldKey(String(value)));
  return {
    name,
    ...defined({
      namespace: fieldOf(metadata, 'namespace'),
      labels: fieldOf(metadata, 'labels'),
      annotations: annotations.length === 0 ? undefined : Object.fromEntries(annotations),
    }),
  };
}

/** The spec of a Balancer that is known by its objects alone. */
function ofObjects(group: BalancerObjects): Recognised | undefined {
  const { name, parts } = group;
  const one = (part: BalancerPart): PlainObject | undefined => parts.find((each) => each.part === part)?.found.object;
  const backends = parts.flatMap(({ part, found: { object } }) => {
    const backend = part === 'backend' ? backendIn(String(textAt(object, 'metadata', 'name')), name) : undefined;
    return backend === undefined ? [] : [[backend, object] as const];
  });
  const namespaces = parts.map(({ found }) => textAt(found.object, 'metadata', 'namespace'));
  const written = balancerFromParts({
    ...(defined({
      namespace: namespaces.find((namespace) => namespace !== undefined),
      frontend: one('frontend'),
      deployment: one('proxy'),
    }) as object),
    name,
    conf: readNginxConf(confIn(group)),
    backends: new Map(backends),
  });
  if (written === undefined) return undefined;
  const { spec, compared, missing, names } = written;
  return { spec, consumed: foundIn(group), missing, compared: [compared], confText: confIn(group), upstreams: names };
}

function foundIn(group: BalancerObjects | undefined): readonly FoundObject[] {
  return group?.parts.map(({ found }) => found) ?? [];
}

function confIn({ parts }: BalancerObjects): string {
  const config = parts.find(({ part }) => part === 'config')?.found.object;
  return textAt(config, 'data', 'nginx.conf') ?? '';
}
