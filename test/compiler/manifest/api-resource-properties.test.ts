/** Any schema that the checks accept gives a structural definition, an editor schema and types that can be read. */
import Ajv from 'ajv';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileAll } from '../../../compiler/compile';
import { type Schema, structureProblems } from '../../kubernetes/crd-structure';
import { schemaProblems } from '../../kubernetes-schema';

type Keywords = Record<string, unknown>;

/** Texts for comments and choices, in which anything may stand that is printable. */
const TEXT = fc.oneof(
  fc.constantFrom(
    '*/ x',
    '`\u0024{x}`',
    "it's",
    '@deprecated',
    'a: b',
    '- a',
    'line\nline',
    '\\',
    '"',
    '// x',
    '<script>',
  ),
  fc.string({ maxLength: 12 }),
);
const NAME = fc.constantFrom(
  'a',
  'b',
  'name',
  'kind',
  'where-it-is',
  'a.b',
  '_x',
  'constructor',
  'default',
  'namespace',
);
const COUNT = fc.integer({ min: 0, max: 40 });

/** Some of these keywords, and now and then one that does not belong there. */
function some(keywords: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Keywords> {
  const noise = fc.record(
    { minLength: COUNT, minimum: COUNT, maxItems: COUNT, anyOf: fc.constant([]) },
    { requiredKeys: [] },
  );
  const own = fc.record(
    { description: TEXT, title: fc.constantFrom('One', 'Two', 'Thing'), ...keywords },
    { requiredKeys: [] },
  );
  return fc.oneof(
    { weight: 60, arbitrary: own },
    { weight: 1, arbitrary: fc.tuple(own, noise).map(([good, bad]) => ({ ...good, ...bad })) },
  );
}

const rules = fc.array(
  fc.record({
    rule: fc.constantFrom('true', 'self == self', "self != ''", 'self == oldSelf', 'has(self.a)'),
    message: fc.constantFrom('no', 'not "this" one'),
  }),
  { minLength: 1, maxLength: 2 },
);

const PATTERNS = fc.constantFrom('^a*$', '^[a-z]{1,8}$', '^(?!x)a$', 'b', '^(a|b)+$');

const { schema: SCHEMA, object: OBJECT } = fc.letrec<{
  schema: Keywords;
  object: Keywords;
  list: Keywords;
  map: Keywords;
}>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    some({
      maxLength: COUNT,
      minLength: fc.constantFrom(0, 1),
      pattern: PATTERNS,
      default: fc.constantFrom('a', '', 1),
    }).map((rest) => ({ type: 'string', ...rest })),
    some({ enum: fc.uniqueArray(TEXT, { minLength: 1, maxLength: 3 }) }).map((rest) => ({ type: 'string', ...rest })),
    some({
      minimum: COUNT,
      maximum: COUNT,
      default: COUNT,
      multipleOf: fc.constantFrom(1, 2),
      'x-balancer-cel': rules,
    }).map((rest) => ({ type: 'integer', ...rest })),
    some({ default: fc.boolean() }).map((rest) => ({ type: 'boolean', ...rest })),
    some({ maxLength: COUNT, maximum: COUNT }).map((rest) => ({ 'x-kubernetes-int-or-string': true, ...rest })),
    tie('object'),
    tie('list'),
    tie('map'),
  ),
  object: fc
    .tuple(
      fc.dictionary(NAME, tie('schema'), { minKeys: 1, maxKeys: 3 }),
      fc.array(NAME, { maxLength: 1 }),
      some({ 'x-balancer-cel': rules }),
    )
    .map(([properties, required, rest]) => ({
      type: 'object',
      properties,
      required: required.filter((name) => Object.hasOwn(properties, name)),
      ...rest,
    })),
  list: fc
    .tuple(tie('schema'), some({ maxItems: COUNT, 'x-kubernetes-list-type': fc.constantFrom('atomic', 'set', 'map') }))
    .map(([items, rest]) => ({
      type: 'array',
      items,
      ...rest,
      ...(rest['x-kubernetes-list-type'] === 'map' && { 'x-kubernetes-list-map-keys': ['name'] }),
    })),
  map: fc
    .tuple(tie('schema'), some({ maxProperties: COUNT, 'x-balancer-cel': rules }))
    .map(([additionalProperties, rest]) => ({ type: 'object', additionalProperties, ...rest })),
}));

const STATUS = { type: 'object', properties: { ready: { type: 'boolean' } } };

function compiled(spec: Keywords, status: Keywords): ReturnType<typeof compileAll> {
  const text = JSON.stringify({
    apiVersion: 'cdk8s-balancer.dev/v1alpha1',
    kind: 'ApiResource',
    metadata: { name: 'any' },
    spec: { group: 'any.example.com', names: { kind: 'Thing' }, versions: [{ name: 'v1', schema: { spec, status } }] },
  });
  return compileAll([{ file: 'any.yaml', text }]);
}

function expectGood({ artefacts }: ReturnType<typeof compileAll>): void {
  const textOf = (end: string): string => artefacts.find(({ path }) => path.endsWith(end))!.text;
  const definition = parse(textOf('.k8s.yaml'), { version: '1.1' });
  expect(schemaProblems(definition)).toEqual([]);
  const root = definition.spec.versions[0].schema.openAPIV3Schema as Schema;
  // What is only warned of: bounds where no rule needs them, and patterns without an end.
  const warned = / without max| for a part of the text$/;
  expect(structureProblems(root).filter((problem) => !warned.test(problem))).toEqual([]);
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
  ajv.compile(JSON.parse(textOf('schema.json.conf')));
  const { diagnostics } = ts.transpileModule(textOf('thing.ts'), { reportDiagnostics: true });
  expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
}

describe('a schema of any shape', () => {
  test('is refused, or structural', { timeout: 120_000 }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(OBJECT, (spec) => {
        const output = compiled(spec, STATUS);
        if (output.artefacts.length === 0) {
          expect(output.diagnostics.length).toBeGreaterThan(0);
          return;
        }
        accepted += 1;
        expectGood(output);
      }),
      { numRuns: 1500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('that is no schema at all is refused where it stands', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue(), { maxKeys: 4 }),
        SCHEMA,
        (anything, field) => {
          const spec = { type: 'object', properties: { field, anything } };
          const { diagnostics } = compiled(spec, spec);
          expect(diagnostics.filter(({ code }) => code === 'BAL9001')).toEqual([]);
          for (const { location } of diagnostics) expect(location.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
