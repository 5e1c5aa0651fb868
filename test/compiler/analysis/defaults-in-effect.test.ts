/** The tables of defaults tell what happens: a switch that is left out does the same as the value that they name, and no other value does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultOfField } from '../../../compiler/analysis/default-of-field';
import { type FieldSchema, withField } from '../../../compiler/analysis/spec-variants';
import { compileDocuments } from '../../../compiler/compile';
import { severityOf } from '../../../compiler/diagnostics';
import { KINDS } from '../../../compiler/kinds';
import { pointerTo, type SpecDocument } from '../../../compiler/spec/document';
import { load } from '../../../compiler/spec/load';

const ROOT = join(__dirname, '../../..');

/** What is left out here follows from other fields, or is nothing that anybody fills in: absent is false. */
const NO_DEFAULT = [
  'AlbIngress ingresses[].sslRedirect',
  'AlbIngress ingresses[].useRegex',

  'Balancer delivery',
  'LoadBalancerService provider.alibabaClb.preserveOnDelete',
  'LoadBalancerService provider.alibabaNlb.preserveOnDelete',
];

interface Switch {
  readonly pointer: string;
  readonly field: FieldSchema;
}

/** The optional fields of a spec with few values, in objects that are there. */
function* switchesIn(schema: FieldSchema | undefined, value: unknown, pointer: string): Generator<Switch> {
  if (Array.isArray(value)) yield* switchesIn(schema?.items as FieldSchema | undefined, value[0], `${pointer}/0`);
  else if (typeof value === 'object' && value !== null) {
    const properties = (schema?.properties ?? {}) as Readonly<Record<string, FieldSchema>>;
    const required = (schema?.required ?? []) as readonly string[];
    for (const [name, field] of Object.entries(properties)) {
      const here = pointerTo(pointer, name);
      if (!required.includes(name) && (field.type === 'boolean' || field.enum !== undefined))
        yield { pointer: here, field };
      yield* switchesIn(field, (value as Readonly<Record<string, unknown>>)[name], here);
    }
  }
}

function outputOf(documents: readonly SpecDocument[]): string | undefined {
  let failed = false;
  const artefacts = [...compileDocuments(documents, ({ code }) => (failed ||= severityOf(code) === 'error'))];
  return failed ? undefined : JSON.stringify(artefacts);
}

/** The only one of the values of a field that does what its absence does; undefined where it is not known. */
function valueInEffect(documents: readonly SpecDocument[], at: SpecDocument, { pointer, field }: Switch): unknown {
  const outputWith = (value: unknown): string | undefined => {
    const changed = { value: withField(at.value, pointer, value), locate: at.locate };
    return outputOf(documents.map((document) => (document === at ? changed : document)));
  };
  const absent = outputWith(undefined);
  const values = (field.enum as readonly unknown[] | undefined) ?? [true, false];
  const outputs = absent === undefined ? [] : values.map((value) => ({ value, output: outputWith(value) }));
  const same = outputs.filter(({ output }) => output === absent);
  const hasOthers = outputs.some(({ output }) => output !== undefined && output !== absent);
  return same.length === 1 && hasOthers ? same[0]!.value : undefined;
}

/** What a table says, with what differs by something else in the spec as a list. */
function valuesInTable(
  kind: (typeof KINDS)[number],
  { pointer, field }: Switch,
  profile: 'hardened' | 'upstream',
): unknown[] {
  const path = pathOf(pointer);
  const found = defaultOfField(kind, field, path)?.[profile];
  return typeof found === 'object' && found !== null ? Object.values(found) : [found];
}

function pathOf(pointer: string): string {
  return pointer
    .replace('/spec/', '')
    .replace(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.');
}

test.each(readdirSync(join(ROOT, 'test/cases')).filter((name) => /full|sample|minimal/.test(name)))('%s', (name) => {
  const folder = join(ROOT, 'test/cases', name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const documents = [
    ...load(
      files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })),
      () => {},
    ),
  ];
  const wrong = documents.flatMap((document) => {
    const value = document.value as { readonly kind: string; readonly spec?: { readonly profile?: 'upstream' } };
    const kind = KINDS.find((known) => known.kind === value.kind);
    if (kind === undefined) return [];
    const schema = JSON.parse(readFileSync(join(ROOT, `schemas/${kind.slug}.schema.json`), 'utf8'));
    return [...switchesIn(schema.properties.spec, value.spec, '/spec')].flatMap((own) => {
      // The profile decides over all the rest, and has the same default in all of them.
      const profile = own.pointer === '/spec/profile' ? 'hardened' : (value.spec?.profile ?? 'hardened');
      const inEffect = valueInEffect(documents, document, own);
      const place = `${kind.kind} ${pathOf(own.pointer)}`;
      const isTold = valuesInTable(kind, own, profile).includes(inEffect);
      return inEffect === undefined || isTold || NO_DEFAULT.includes(place) ? [] : [`${place}: ${inEffect}`];
    });
  });
  expect(wrong).toEqual([]);
});
