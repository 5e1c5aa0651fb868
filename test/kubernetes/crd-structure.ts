/**
 * What the API server asks of the schema in a CustomResourceDefinition, beyond the shape of that schema:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
import { when } from './rule';

/** A schema, not yet known to be structural. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  ...['type', 'format', 'description', 'title', 'nullable', 'default', 'enum', 'pattern', 'example', 'externalDocs'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...[
    'items',
    'minItems',
    'maxItems',
    'properties',
    'required',
    'additionalProperties',
    'minProperties',
    'maxProperties',
  ],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'x-kubernetes-validations', 'x-kubernetes-int-or-string'],
  ...['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource', 'x-kubernetes-map-type'],
  ...['x-kubernetes-list-type', 'x-kubernetes-list-map-keys'],
]);

/** Keywords that may not stand inside of allOf, anyOf, oneOf and not. */
const STRUCTURE = ['description', 'type', 'default', 'additionalProperties', 'nullable', 'title'];

type Check = (schema: Schema, path: string) => string[];

const CHECKS: readonly Check[] = [
  checkKeywords,
  checkType,
  checkChildren,
  checkJunctors,
  checkListType,
  checkDefault,
  checkPattern,
  checkRequired,
  checkBounds,
];

/** What makes a schema non-structural, or its CEL rules too dear; empty if it is fine. */
export function structureProblems(root: Schema): string[] {
  return [
    ...when(root.type !== 'object', '/ is no object'),
    ...when(root.additionalProperties !== undefined, '/ has additionalProperties'),
    ...metadataProblems(root.properties?.metadata),
    ...problemsOf(root, ''),
  ];
}

function problemsOf(schema: Schema, path: string): string[] {
  const children = Object.entries(schema.properties ?? {}).map(([name, child]) => [child, `${path}/${name}`] as const);
  if (typeof schema.items === 'object') children.push([schema.items, `${path}/[]`]);
  if (typeof schema.additionalProperties === 'object') children.push([schema.additionalProperties, `${path}/{}`]);
  const own = CHECKS.flatMap((check) => check(schema, path || '/'));
  return [...own, ...children.flatMap(([child, place]) => problemsOf(child, place))];
}

/** The API server knows metadata: a schema may only narrow the two names, and may not give them a default. */
function metadataProblems(metadata: Schema | undefined): string[] {
  if (metadata === undefined) return [];
  const { type, properties = {}, description: _, ...more } = metadata;
  const names = Object.keys(properties).filter((name) => name !== 'name' && name !== 'generateName');
  return [
    ...when(type !== 'object', '/metadata is no object'),
    ...Object.keys(more).map((keyword) => `/metadata has ${keyword}`),
    ...names.map((name) => `/metadata restricts ${name}`),
  ];
}

function checkKeywords(schema: Schema, path: string): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.has(keyword));
  return unknown.map((keyword) => `${path} has the keyword ${keyword}`);
}

function checkType(schema: Schema, path: string): string[] {
  if (schema['x-kubernetes-int-or-string'] === true)
    return when(schema.type !== undefined, `${path} has a type beside int-or-string`);
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return [];
  const known = ['object', 'array', 'string', 'integer', 'number', 'boolean'];
  return when(!known.includes(String(schema.type)), `${path} has no type`);
}

function checkChildren({ type, properties, items, additionalProperties }: Schema, path: string): string[] {
  return [
    ...when(properties !== undefined && type !== 'object', `${path} has properties, but is no object`),
    ...when(
      properties !== undefined && additionalProperties !== undefined,
      `${path} has properties and additionalProperties`,
    ),
    ...when(additionalProperties === false, `${path} has additionalProperties false`),
    ...when(
      (type === 'array') !== (typeof items === 'object' && !Array.isArray(items)),
      `${path} has items without being a list, or not as one`,
    ),
  ];
}

/** Values may be told apart by allOf, anyOf, oneOf and not; what there is has to be said outside of them. */
function checkJunctors(schema: Schema, path: string): string[] {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema as Readonly<Record<string, Schema[]>>;
  if (schema['x-kubernetes-int-or-string'] === true && JSON.stringify(anyOf) === INT_OR_STRING) return [];
  const branches = [...allOf, ...anyOf, ...oneOf, ...(not === undefined ? [] : [not as unknown as Schema])];
  return branches.flatMap((branch) => [
    ...STRUCTURE.filter((keyword) => keyword in branch).map((keyword) => `${path} has ${keyword} within a condition`),
    ...Object.keys(branch.properties ?? {})
      .filter((name) => schema.properties?.[name] === undefined)
      .map((name) => `${path} names ${name} only within a condition`),
  ]);
}

const INT_OR_STRING = '[{"type":"integer"},{"type":"string"}]';
const SCALARS: ReadonlySet<unknown> = new Set(['string', 'integer', 'number', 'boolean']);

function checkListType(schema: Schema, path: string): string[] {
  const { type, items } = schema;
  const listType = schema['x-kubernetes-list-type'];
  const keys = (schema['x-kubernetes-list-map-keys'] ?? []) as readonly string[];
  const unkeyed = keys.filter((key) => {
    const field = items?.properties?.[key];
    return !SCALARS.has(field?.type) || !(items?.required?.includes(key) || field?.default !== undefined);
  });
  return [
    ...when(listType !== undefined && type !== 'array', `${path} has a list type, but is no list`),
    ...when(
      listType !== undefined && !['atomic', 'set', 'map'].includes(String(listType)),
      `${path} has list type ${listType}`,
    ),
    ...when((listType === 'map') !== keys.length > 0, `${path} is a map without keys, or has keys and is no map`),
    ...when(
      listType === 'map' && (items?.type !== 'object' || items.nullable === true),
      `${path} is a map of no objects`,
    ),
    ...when(listType === 'set' && !SCALARS.has(items?.type), `${path} is a set of no scalars`),
    ...unkeyed.map((key) => `${path} has the key ${key}, which is optional or no scalar`),
  ];
}

function checkDefault(schema: Schema, path: string): string[] {
  const value = schema.default;
  if (value === undefined) return [];
  const type = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const chosen = schema.enum === undefined || schema.enum.includes(value);
  const formed = schema.pattern === undefined || new RegExp(schema.pattern).test(String(value));
  return [
    ...when(type !== schema.type || !chosen || !formed, `${path} has a default that it refuses`),
    ...when(path === '/' || path.startsWith('/metadata'), `${path} has a default`),
  ];
}

/** RE2, the regular expressions of Go, has neither look-around nor back references, and repeats at most 1000 times. */
function checkPattern({ pattern = '' }: Schema, path: string): string[] {
  const repeats = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, from, to]) => [
    Number(from),
    Number(to ?? 0),
  ]);
  const foreign = /\(\?(?:[=!]|<[=!])|\\[1-9]|\\[cuk]/.test(pattern) || repeats.some((count) => count > 1000);
  return [
    ...when(foreign, `${path} has a pattern that RE2 does not know`),
    ...when(pattern !== '' && !/^\^.*\$$/.test(pattern), `${path} has a pattern for a part of the text`),
  ];
}

function checkRequired({ required = [], properties = {} }: Schema, path: string): string[] {
  return required
    .filter((name) => !(name in properties))
    .map((name) => `${path} requires ${name}, which it does not have`);
}

/** The cost of CEL is estimated from the bounds of lists, maps and texts, and an input without bounds is no input of ours. */
function checkBounds(schema: Schema, path: string): string[] {
  const { type } = schema;
  const text = type === 'string' && schema.enum === undefined && schema.format === undefined;
  return [
    ...when(type === 'array' && schema.maxItems === undefined, `${path} is a list without maxItems`),
    ...when(
      typeof schema.additionalProperties === 'object' && schema.maxProperties === undefined,
      `${path} is a map without maxProperties`,
    ),
    ...when(
      text && schema.maxLength === undefined && !['/apiVersion', '/kind'].includes(path),
      `${path} is a text without maxLength`,
    ),
  ];
}
