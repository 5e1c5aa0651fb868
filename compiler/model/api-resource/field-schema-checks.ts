import { pointerTo } from '../../spec/document';
import { nearest } from '../../spec/nearest';
import { describeValue, show } from '../../spec/shape-errors';
import type { Problems } from '../problems';
import type { FieldSchema } from './api-resource';
import { childrenOf, isMap, typesOf } from './field-schema';
import { checkBounds } from './field-schema-bounds';
import { checkKeywordValue } from './field-schema-keyword-checks';
import { ELSEWHERE, KEYWORDS, TYPES } from './field-schema-keywords';
import { checkRules } from './field-schema-rules';
import type { SchemaPlace, SchemaScope } from './field-schema-scope';
import { checkStructure } from './field-schema-structure';
import { checkSchemaValues } from './field-schema-values';

/** Levels of a schema: those of Kubernetes' own largest ones. */
const MAX_DEPTH = 24;
/** Fields of one schema. A definition of this size is near the 256 KiB that kubectl can keep in an annotation. */
const MAX_FIELDS = 1500;

/**
 * Checks a user's schema, every keyword of every field. What follows may then read it as a schema, whose parts can still be
 * absent where a problem was reported.
 */
export function checkFieldSchema(schema: unknown, pointer: string, scope: SchemaScope): void {
  const { fields, depth } = sizeOf(schema, 0);
  if (depth > MAX_DEPTH || fields > MAX_FIELDS) {
    const size = depth > MAX_DEPTH ? `more than ${MAX_DEPTH} levels` : `"${fields}" fields; ${MAX_FIELDS} are allowed`;
    scope.problems.add('BAL3209', pointer, `the schema has ${size}`);
    return;
  }
  walk(schema, { pointer, belowRule: false, hasOldValue: true }, scope);
  const types = isMap(schema) ? typesOf(schema) : [];
  if (isMap(schema) && types[0] !== 'object' && types.length > 0) {
    scope.problems.add(
      'BAL3202',
      pointerTo(pointer, 'type'),
      `"${types.join()}" cannot have fields: it must be an object`,
    );
  }
}

/** Counted before anything walks into it, and no deeper than is allowed. */
function sizeOf(schema: unknown, level: number): { readonly fields: number; readonly depth: number } {
  if (!isMap(schema) || level > MAX_DEPTH) return { fields: 1, depth: level };
  const below = childrenOf(schema).map(([, child]) => sizeOf(child, level + 1));
  return {
    fields: below.reduce((sum, { fields }) => sum + fields, 1),
    depth: below.reduce((deepest, { depth }) => Math.max(deepest, depth), level),
  };
}

/** Whether there is a rule in the schema or below it. */
function walk(schema: unknown, place: SchemaPlace, scope: SchemaScope): boolean {
  const { problems } = scope;
  if (!isMap(schema)) {
    problems.add('BAL2002', place.pointer, `expected a schema, got ${describeValue(schema)}`);
    return false;
  }
  const typed = checkType(schema, place.pointer, problems);
  checkKeywords(schema, place.pointer, problems);
  if (typed) checkStructure(schema, place.pointer, problems);
  checkRules(schema, place, scope);
  checkSchemaValues(schema, place.pointer, problems);
  const hasRule = schema['x-balancer-cel'] !== undefined;
  const belowRule = place.belowRule || hasRule;
  const inner = rawChildren(schema).map(([path, child]) => {
    const pointer = path.reduce<string>(pointerTo, place.pointer);
    const isItem = path[0] === 'items' && schema['x-kubernetes-list-type'] !== 'map';
    return walk(child, { pointer, belowRule, hasOldValue: place.hasOldValue && !isItem }, scope);
  });
  const holdsRule = inner.includes(true);
  checkBounds(schema, { pointer: place.pointer, isRead: belowRule, isRepeated: belowRule || holdsRule }, scope);
  return hasRule || holdsRule;
}

/** The children, those included that are no schemas. */
function rawChildren(schema: FieldSchema): [path: string[], child: unknown][] {
  const { properties, items, additionalProperties } = schema;
  const fields = isMap(properties) ? Object.entries(properties) : [];
  return [
    ...fields.map(([name, field]): [string[], unknown] => [['properties', name], field]),
    ...(items === undefined ? [] : [[['items'], items] as [string[], unknown]]),
    ...(isMap(additionalProperties) ? [[['additionalProperties'], additionalProperties] as [string[], unknown]] : []),
  ];
}

/** A field has one type; a number or a text has the keyword of Kubernetes. */
function checkType(schema: FieldSchema, pointer: string, problems: Problems): boolean {
  const { type } = schema;
  const isEither = schema['x-kubernetes-int-or-string'] === true;
  const at = pointerTo(pointer, 'type');
  if (type === undefined && isEither) return true;
  if (type === undefined) {
    problems.add('BAL3202', at, '"type" is missing');
    return false;
  }
  const isBoth = Array.isArray(type) && type.length === 2 && type.includes('integer') && type.includes('string');
  if (isBoth && isEither) return true;
  if (isEither || Array.isArray(type)) {
    const message = isEither
      ? 'x-kubernetes-int-or-string stands for the type: leave type out'
      : 'a field has one type; write x-kubernetes-int-or-string: true for a number or a text';
    problems.add('BAL3202', at, message);
    return false;
  }
  if ((TYPES as readonly unknown[]).includes(type)) return true;
  const guess = typeof type === 'string' ? nearest(type, TYPES) : undefined;
  const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
  const list = TYPES.map((name) => `"${name}"`).join(', ');
  problems.add('BAL2004', at, `${show(type)} is not one of ${list}${question}`);
  return false;
}

function checkKeywords(schema: FieldSchema, pointer: string, problems: Problems): void {
  const types = typesOf(schema);
  for (const [name, value] of Object.entries(schema)) {
    const at = pointerTo(pointer, name);
    const keyword = KEYWORDS.get(name);
    if (keyword === undefined) {
      problems.add('BAL3200', at, `${show(name)} is not a keyword here${advice(name)}`);
      continue;
    }
    if (name !== 'type' && !checkKeywordValue(name, keyword.value, value, at, problems)) continue;
    const known = types.length > 0 && types.every((type) => (TYPES as readonly string[]).includes(type));
    if (!known || keyword.types === undefined || keyword.types.some((type) => types.includes(type))) continue;
    problems.add('BAL3201', at, `"${name}" says nothing about a value of type "${types.join(' or ')}"`);
  }
}

function advice(name: string): string {
  const other = ELSEWHERE.get(name);
  if (other !== undefined) return `: ${other}`;
  const guess = nearest(name, [...KEYWORDS.keys()]);
  return guess === undefined ? '' : `; did you mean "${guess}"?`;
}
