import type { FieldSchema } from '../model/api-resource/api-resource';
import {
  fieldsOf,
  isMap,
  itemsOf,
  keepsUnknown,
  requiredOf,
  schemaOf,
  typesOf,
  valuesOf,
} from '../model/api-resource/field-schema';

/** What one writing knows: the interfaces so far, in the order in which they were named. */
interface Writing {
  /** The name of an interface for the title of an object. */
  readonly nameOf: (title: string) => string;
  /** Texts by name. */
  readonly interfaces: Map<string, string>;
  /** The schemas of each title, as JSON, and the names of their interfaces. */
  readonly titles: Map<string, Map<string, string>>;
}

/** A schema whose title becomes an interface, and how the titles in it become names. */
export interface TypesRoot {
  readonly schema: FieldSchema;
  readonly nameOf: (title: string) => string;
}

/**
 * Readonly TypeScript interfaces for schemas of the restricted subset: one for each schema itself, and one for each object
 * with a title below it. Descriptions become comments.
 */
export function typescriptTypes(roots: readonly TypesRoot[]): string {
  const interfaces = new Map<string, string>();
  const titles: Writing['titles'] = new Map();
  for (const { schema, nameOf } of roots) named(schema, String(schema.title), { nameOf, interfaces, titles });
  return [...interfaces.values()].join('');
}

/** The name of the interface of an object, which is written where it is new. Two objects of one title share it if they are equal. */
function named(schema: FieldSchema, title: string, writing: Writing): string {
  const { interfaces, titles } = writing;
  const wanted = writing.nameOf(title);
  const twins = titles.get(wanted) ?? new Map<string, string>();
  titles.set(wanted, twins);
  const json = JSON.stringify(schema);
  const twin = twins.get(json);
  if (twin !== undefined) return twin;
  let count = twins.size + 1;
  while (interfaces.has(numbered(wanted, count))) count += 1;
  const name = numbered(wanted, count);
  twins.set(json, name);
  // Its place is before those that it names.
  interfaces.set(name, '');
  const text = `${comment(descriptionOf(schema), '')}export interface ${name} ${fields(schema, '', writing)}\n`;
  interfaces.set(name, text);
  return name;
}

function numbered(name: string, count: number): string {
  return count === 1 ? name : `${name}${count}`;
}

/** The fields of an object in braces. */
function fields(schema: FieldSchema, indent: string, writing: Writing): string {
  const inner = `${indent}  `;
  const required = requiredOf(schema);
  const lines = fieldsOf(schema).map(([name, field]) => {
    const text = isNamed(field) ? '' : comment(descriptionOf(field), inner);
    const mark = required.includes(name) ? '' : '?';
    return `${text}${inner}readonly ${keyText(name)}${mark}: ${typeText(field, inner, writing)};\n`;
  });
  const values = valuesOf(schema);
  const others = values ? typeText(values, inner, writing) : isOpen(schema) ? 'unknown' : undefined;
  if (others !== undefined) lines.push(`${inner}readonly [k: string]: ${others};\n`);
  else if (lines.length === 0) lines.push(`${inner}readonly [k: string]: never;\n`);
  return `{\n${lines.join('')}${indent}}`;
}

function isOpen(schema: FieldSchema): boolean {
  return keepsUnknown(schema) || schema.additionalProperties === true;
}

function isNamed(schema: FieldSchema): boolean {
  return typeof schema.title === 'string' && isMap(schema.properties);
}

/** The type of a value, as it stands at this indent. */
function typeText(schema: FieldSchema, indent: string, writing: Writing): string {
  if (schema.const !== undefined) return literal(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map(literal).join(' | ');
  const types = typesOf(schema);
  if (types.length === 0) return 'unknown';
  return types.map((type) => simpleType(type, schema, indent, writing)).join(' | ');
}

function simpleType(type: string, schema: FieldSchema, indent: string, writing: Writing): string {
  if (type === 'integer') return 'number';
  if (type === 'array') {
    const item = typeText(schemaOf(itemsOf(schema)), indent, writing);
    return `readonly ${/ \| |^readonly /.test(item) && !item.startsWith('{') ? `(${item})` : item}[]`;
  }
  if (type !== 'object') return type;
  return isNamed(schema) ? named(schema, String(schema.title), writing) : fields(schema, indent, writing);
}

/** The comment of a schema: its description, and the bounds of a list. */
function descriptionOf(schema: FieldSchema): string {
  const bounds = ['minItems', 'maxItems'].filter((keyword) => schema[keyword] !== undefined);
  const tags = bounds.map((keyword) => `@${keyword} ${String(schema[keyword])}`).join('\n');
  return [schema.description, tags].filter(Boolean).join('\n\n');
}

/** A comment above something; a text cannot end it. */
function comment(text: string, indent: string): string {
  if (text === '') return '';
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  return `${indent}/**\n${lines.map((line) => `${`${indent} * ${line}`.trimEnd()}\n`).join('')}${indent} */\n`;
}

/** The name of a field, in quotes where TypeScript needs them. */
function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** A value as TypeScript writes it. */
function literal(value: unknown): string {
  const isPlain = typeof value === 'string' && /^[\x20-\x7e]*$/.test(value) && !/['\\]/.test(value);
  return isPlain ? `'${value}'` : JSON.stringify(value);
}
