import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { customResourceDefinition, type JsonSchema } from '../../../compiler/manifest/api-resource/crd';
import { type Schema, structureProblems } from '../../kubernetes/crd-structure';
import { schemaProblems } from '../../kubernetes-schema';
import { folderWithPackages, runNodeProgram } from '../../run-node-program';

const ROOT = join(__dirname, '..', '..', '..');
const FILE = join(ROOT, 'schemas', 'crd', 'balancers.exposer.hliangzhao.io.yaml');

interface Definition {
  readonly spec: {
    readonly versions: readonly [
      {
        readonly schema: { readonly openAPIV3Schema: Schema };
        readonly additionalPrinterColumns: readonly { readonly type: string; readonly jsonPath: string }[];
      },
    ];
  };
}

const definition = parse(readFileSync(FILE, 'utf8'), { version: '1.1' }) as Definition;
const [version] = definition.spec.versions;
const schema = version.schema.openAPIV3Schema;

describe('the CustomResourceDefinition of a Balancer', () => {
  test('is what the compiler makes of the schema', () => {
    const source = JSON.parse(readFileSync(join(ROOT, 'schemas', 'balancer.schema.json'), 'utf8')) as JsonSchema;
    expect(JSON.parse(JSON.stringify(customResourceDefinition(source)))).toEqual(definition);
  });

  test('is what the schemas of Kubernetes allow', () => {
    expect(schemaProblems(definition)).toEqual([]);
  });

  test('is structural, and bounded for CEL', () => {
    expect(structureProblems(schema)).toEqual([]);
  });

  test('has printer columns for fields that exist', () => {
    const paths = version.additionalPrinterColumns.map(({ jsonPath }) => jsonPath);
    expect(paths.filter((path) => !path.startsWith('.metadata.') && typeAt(path) === undefined)).toEqual([]);
  });
});

/** The type of the field at a JSONPath of the kind that printer columns have. */
function typeAt(path: string): string | undefined {
  const keys = path.replaceAll('[*]', '.[]').split('.').slice(1);
  const step = (at: Schema | undefined, key: string): Schema | undefined =>
    key === '[]' ? at?.items : at?.properties?.[key];
  return keys.reduce(step, schema as Schema | undefined)?.type;
}

const TEXT = { type: 'string', maxLength: 1 };
const NAMED = { type: 'object', properties: { name: TEXT } };

/** What must be found in a schema: in the field `spec` of a root that is fine, unless the root itself is given. */
const BAD: readonly (readonly [problem: string, spec: object, root?: object])[] = [
  ['/ is no object', {}, { type: 'string', maxLength: 1 }],
  ['/ has additionalProperties', {}, { type: 'object', maxProperties: 1, additionalProperties: TEXT }],
  [
    '/metadata restricts labels',
    {},
    { type: 'object', properties: { metadata: { type: 'object', properties: { labels: {} } } } },
  ],
  ['/metadata has required', {}, { type: 'object', properties: { metadata: { type: 'object', required: [] } } }],
  ['/spec has the keyword $ref', { type: 'object', $ref: '#' }],
  ['/spec has the keyword uniqueItems', { type: 'array', maxItems: 1, items: TEXT, uniqueItems: true }],
  ['/spec has the keyword const', { ...TEXT, const: 'a' }],
  ['/spec has the keyword patternProperties', { type: 'object', patternProperties: {} }],
  ['/spec has no type', { properties: {} }],
  ['/spec has no type', { type: ['string', 'integer'] }],
  ['/spec has a type beside int-or-string', { type: 'string', maxLength: 1, 'x-kubernetes-int-or-string': true }],
  ['/spec has properties, but is no object', { ...TEXT, properties: {} }],
  ['/spec has properties and additionalProperties', { ...NAMED, additionalProperties: TEXT, maxProperties: 1 }],
  ['/spec has additionalProperties false', { type: 'object', additionalProperties: false }],
  ['/spec has items without being a list, or not as one', { type: 'array', maxItems: 1 }],
  ['/spec has items without being a list, or not as one', { type: 'array', maxItems: 1, items: [TEXT] }],
  ['/spec has type within a condition', { type: 'object', anyOf: [{ type: 'object' }] }],
  ['/spec names a only within a condition', { type: 'object', oneOf: [{ properties: { a: {} } }] }],
  ['/spec has a list type, but is no list', { ...TEXT, 'x-kubernetes-list-type': 'atomic' }],
  ['/spec has list type bag', { type: 'array', maxItems: 1, items: TEXT, 'x-kubernetes-list-type': 'bag' }],
  [
    '/spec is a map without keys, or has keys and is no map',
    { type: 'array', maxItems: 1, items: NAMED, 'x-kubernetes-list-type': 'map' },
  ],
  [
    '/spec has the key name, which is optional or no scalar',
    {
      type: 'array',
      maxItems: 1,
      items: NAMED,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
  ],
  ['/spec is a set of no scalars', { type: 'array', maxItems: 1, items: NAMED, 'x-kubernetes-list-type': 'set' }],
  ['/spec has a default that it refuses', { ...TEXT, default: 1 }],
  ['/spec has a default that it refuses', { type: 'string', enum: ['a'], default: 'b' }],
  ['/spec has a pattern that RE2 does not know', { ...TEXT, pattern: '^(?!a).*$' }],
  ['/spec has a pattern that RE2 does not know', { ...TEXT, pattern: '^a{1,1001}$' }],
  ['/spec has a pattern for a part of the text', { ...TEXT, pattern: '^a' }],
  ['/spec requires a, which it does not have', { ...NAMED, required: ['a'] }],
  ['/spec is a list without maxItems', { type: 'array', items: TEXT }],
  ['/spec is a map without maxProperties', { type: 'object', additionalProperties: TEXT }],
  ['/spec is a text without maxLength', { type: 'string' }],
];

describe('the judge of structure', () => {
  test.each(BAD)('finds: %s %#', (problem, spec, root) => {
    const whole = root ?? { type: 'object', properties: { metadata: { type: 'object' }, spec } };
    expect(structureProblems(whole as Schema)).toContain(problem);
  });

  test('allows what is structural', () => {
    const items = { ...NAMED, required: ['name'] };
    const list = {
      type: 'array',
      maxItems: 1,
      items,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    };
    const port = { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] };
    const metadata = { type: 'object', properties: { name: TEXT } };
    expect(structureProblems({ type: 'object', properties: { metadata, list, port } } as Schema)).toEqual([]);
  });
});

describe('cdk8s import', () => {
  test('makes a construct of the CustomResourceDefinition that compiles', { timeout: 60_000 }, () => {
    const folder = folderWithPackages();
    runNodeProgram(folder, 'cdk8s', ['import', FILE, '--language', 'typescript']);
    writeFileSync(join(folder, 'use.ts'), USE);
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node20', '--types', 'node'];
    runNodeProgram(folder, 'tsc', [...flags, 'use.ts']);
    expect(readFileSync(join(folder, 'imports', 'exposer.hliangzhao.io.ts'), 'utf8')).toContain('class Balancer ');
  });
});

const USE = `import { Testing } from 'cdk8s';
import { Balancer, BalancerSpecPortsProtocol } from './imports/exposer.hliangzhao.io';

new Balancer(Testing.chart(), 'sample', {
  metadata: { name: 'sample' },
  spec: {
    ports: [{ port: 80, protocol: BalancerSpecPortsProtocol.TCP }],
    backends: [{ name: 'v1', weight: 1, selector: { version: 'v1' } }],
  },
});
`;
