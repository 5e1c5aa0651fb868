import { nearest } from '../spec/nearest';
import { defaultOfField, type KindDefaults } from './default-of-field';
import type { FieldSchema } from './spec-variants';

/** What is known of a field; or which names there are, where a path names one that is not there. */
type ExplainedField =
  | { readonly found: true; readonly text: string }
  | { readonly found: false; readonly word: string; readonly nearest?: string; readonly known: readonly string[] };

/** A field of a kind as its schema has it: `spec.ports.protocol`, `ports[0].protocol`; the kind itself for an empty path. */
export function explainField(schema: FieldSchema, tables: KindDefaults, path: string): ExplainedField {
  const words = path
    .replaceAll(/\[\d*\]|\.\d+(?=\.|$)/g, '')
    .split(/[./]/)
    .filter(Boolean);
  const isRelative = words.length > 0 && !['spec', 'metadata', 'apiVersion', 'kind'].includes(words[0]!);
  let here: Here = { name: String(schema.title), field: schema, required: true };
  for (const word of isRelative ? ['spec', ...words] : words) {
    const inner = innerOf(here.field);
    const properties = propertiesOf(inner);
    const values = inner.additionalProperties;
    if (Object.hasOwn(properties, word)) {
      const required = ((inner.required as readonly string[] | undefined) ?? []).includes(word);
      here = { name: `${here.name}${isList(here.field) ? '[]' : ''}.${word}`, field: properties[word]!, required };
    } else if (typeof values === 'object' && values !== null) {
      here = { name: `${here.name}.<key>`, field: values as FieldSchema, required: false };
    } else {
      const known = Object.keys(properties);
      const near = nearest(word, known);
      return { found: false, word, known, ...(near !== undefined && { nearest: near }) };
    }
  }
  return { found: true, text: fieldText(here, tables) };
}

interface Here {
  readonly name: string;
  readonly field: FieldSchema;
  readonly required: boolean;
}

function fieldText({ name, field, required }: Here, tables: KindDefaults): string {
  const inner = innerOf(field);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['type', typeText(field)],
    ['range', rangeText(inner)],
    ['must be', inner['x-expect'] as string | undefined],
    ['required', required ? 'yes' : 'no'],
    ['default', defaultText(name, field, tables)],
    ['examples', (field.examples as unknown[] | undefined)?.map((example) => JSON.stringify(example)).join(', ')],
  ];
  const lines = facts.flatMap(([word, text]) => (text === undefined ? [] : [`  ${`${word}:`.padEnd(10)} ${text}\n`]));
  return `${name}\n  ${String(field.description)}\n\n${lines.join('')}${fieldsText(inner)}`;
}

function fieldsText(field: FieldSchema): string {
  const required = new Set((field.required as readonly string[] | undefined) ?? []);
  // Fields without a type are those that the API server sets.
  const own = Object.entries(propertiesOf(field)).filter(([, { type }]) => type !== undefined);
  if (own.length === 0) return '';
  const width = Math.max(...own.map(([name]) => name.length)) + 2;
  const lines = own.map(([name, { description }]) => {
    return `  ${required.has(name) ? '*' : ' '} ${name.padEnd(width)}${firstSentence(String(description))}\n`;
  });
  return `\nfields (* required):\n${lines.join('')}`;
}

function firstSentence(text: string): string {
  return /^.*?[.](?=\s|$)/.exec(text)?.[0] ?? text;
}

function typeText(field: FieldSchema): string {
  if (isList(field)) return `list of ${typeText(innerOf(field))}`;
  const { type, enum: allowed, const: only, additionalProperties: values } = field;
  if (only !== undefined) return JSON.stringify(only);
  if (allowed !== undefined) return `one of ${(allowed as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
  if (type === 'object' && typeof values === 'object' && values !== null) {
    return `map of ${typeText(values as FieldSchema)}`;
  }
  return [type].flat().join(' or ');
}

function rangeText({ minimum, maximum, minItems, maxItems, maxLength }: FieldSchema): string | undefined {
  if (minimum !== undefined || maximum !== undefined) return `${minimum ?? '...'} to ${maximum ?? '...'}`;
  if (maxItems !== undefined) return `${minItems ?? 0} to ${maxItems} items`;
  return maxLength === undefined ? undefined : `at most ${maxLength} characters`;
}

function defaultText(name: string, field: FieldSchema, tables: KindDefaults): string | undefined {
  const [, start, ...keys] = name.split('.');
  const found = start === 'spec' ? defaultOfField(tables, field, keys.join('.')) : undefined;
  if (found === undefined) return undefined;
  const [one, other] = [found.hardened, found.upstream].map((value) =>
    value === undefined ? 'none' : JSON.stringify(value),
  );
  return one === other ? one : `${one}, in profile upstream ${other}`;
}

function isList({ type }: FieldSchema): boolean {
  return type === 'array';
}

function innerOf(field: FieldSchema): FieldSchema {
  return isList(field) ? innerOf(field.items as FieldSchema) : field;
}

function propertiesOf({ properties = {} }: FieldSchema): Readonly<Record<string, FieldSchema>> {
  return properties as Readonly<Record<string, FieldSchema>>;
}
