/** Specs at random: whatever the schema admits, and Balancers that compile. */
import fc from 'fast-check';
import schema from '../../schemas/balancer.schema.json';

/** What of JSON Schema our schemas use. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** Any document that the schema of the Balancer admits. */
export const admittedSpecs: fc.Arbitrary<unknown> = valuesOf(schema as Schema);

function valuesOf(shape: Schema): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  const types = [shape.type ?? 'null'].flat();
  return fc.oneof(...types.map((type) => valuesOfType(type, shape)));
}

function valuesOfType(type: string, shape: Schema): fc.Arbitrary<unknown> {
  switch (type) {
    case 'integer':
      return numbersOf(shape);
    case 'boolean':
      return fc.boolean();
    case 'string':
      return textsOf(shape);
    case 'array':
      return fc.array(valuesOf(shape.items!), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? 3, 3),
      });
    case 'object':
      return objectsOf(shape);
    default:
      return fc.constant(null);
  }
}

/** The ends of the range, and small numbers, are more likely than the many between. */
function numbersOf({ minimum = 0, maximum = 2 ** 31 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(minimum, maximum),
    fc.integer({ min: minimum, max: Math.min(maximum, minimum + 100) }),
    fc.integer({ min: minimum, max: maximum }),
  );
}

function textsOf({ pattern, maxLength = 100 }: Schema): fc.Arbitrary<string> {
  if (pattern === undefined) return fc.string({ unit: 'binary', maxLength: 40 });
  const rule = new RegExp(pattern, 'u');
  // fast-check makes no texts from patterns that look ahead; the whole rule is the filter.
  return fc
    .stringMatching(new RegExp(pattern.replaceAll(/\(\?=[^)]*\)/g, '')))
    .filter((text) => text.length <= maxLength && rule.test(text));
}

function objectsOf({ properties, required = [], propertyNames, additionalProperties }: Schema): fc.Arbitrary<object> {
  if (properties === undefined) {
    return fc.dictionary(textsOf(propertyNames!), valuesOf(additionalProperties as Schema), { maxKeys: 3 });
  }
  const fields = Object.entries(properties).map(([name, shape]) => [name, valuesOf(shape)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
}

const names = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);

const anyPort = {
  name: names,
  port: fc.integer({ min: 1, max: 9000 }),
  targetPort: fc.integer({ min: 1, max: 65535 }),
  method: fc.constantFrom('RoundRobin', 'LeastConnections'),
  idleTimeoutSeconds: fc.integer({ min: 1, max: 86400 }),
};

const ports = fc.oneof(
  fc.record(
    { ...anyPort, connectTimeoutSeconds: fc.integer({ min: 1, max: 3600 }) },
    { requiredKeys: ['name', 'port'] },
  ),
  fc.record({ ...anyPort, protocol: fc.constant('UDP') }, { requiredKeys: ['name', 'port', 'protocol'] }),
);

const targets = fc.oneof(
  fc.record({ selector: fc.record({ app: names }) }),
  fc.record({ service: fc.record({ name: names, namespace: names }, { requiredKeys: ['name'] }) }),
  fc.integer({ min: 1, max: 254 }).map((host) => ({ address: `192.0.2.${host}` })),
  fc.integer({ min: 1, max: 9 }).map((host) => ({ address: `2001:db8::${host}` })),
);

const backends = fc
  .record(
    {
      name: names,
      weight: fc.integer({ min: 0, max: 1_000_000 }),
      backup: fc.boolean(),
      maxFails: fc.integer({ min: 0, max: 1000 }),
      failTimeoutSeconds: fc.integer({ min: 1, max: 3600 }),
      maxConnections: fc.integer({ min: 1, max: 1_000_000 }),
    },
    { requiredKeys: ['name', 'weight'] },
  )
  .chain((backend) => targets.map((target) => ({ ...backend, ...target })));

/** Balancers without contradictions. */
export const compilingSpecs = fc
  .record({
    profile: fc.constantFrom('hardened', 'upstream'),
    ports: fc.uniqueArray(ports, {
      minLength: 1,
      maxLength: 8,
      comparator: (a, b) => a.name === b.name || a.port === b.port,
    }),
    backends: fc.uniqueArray(backends, { minLength: 1, maxLength: 12, selector: ({ name }) => name }),
  })
  .filter((spec) => spec.backends.some(({ weight, backup }) => weight > 0 && !backup))
  .chain((spec) =>
    fc.tuple(names, fc.constant(spec)).map(([name, content]) => ({
      apiVersion: 'exposer.hliangzhao.io/v1alpha1' as const,
      kind: 'Balancer' as const,
      // A Service of this name would be the front end.
      metadata: { name: `balancer-${name}` },
      spec: content,
    })),
  );
