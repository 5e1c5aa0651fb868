import { pointerTo } from '../../spec/document';
import { isAccessKeyId, placeholderIn } from '../../spec/literal';
import { nearest } from '../../spec/nearest';
import { describeValue, show, typeNames } from '../../spec/shape-errors';
import type { Problems } from '../problems';
import { matchesPattern } from '../values/re2-match';
import type { FieldSchema } from './api-resource';
import {
  fieldOf,
  fieldsOf,
  isMap,
  itemsOf,
  keepsUnknown,
  requiredOf,
  textsOf,
  typesOf,
  valuesOf,
} from './field-schema';

/** Checks the values that stand in a schema itself: its default, its choices and its examples. */
export function checkSchemaValues(schema: FieldSchema, pointer: string, problems: Problems): void {
  const { default: value, enum: choices, examples } = schema;
  if (value !== undefined) checkValue(value, schema, pointerTo(pointer, 'default'), problems);
  const { enum: _, ...withoutChoices } = schema;
  const lists = [
    ['enum', choices, withoutChoices],
    ['examples', examples, schema],
  ] as const;
  for (const [keyword, list, rules] of lists) {
    if (!Array.isArray(list)) continue;
    list.forEach((item, index) => {
      checkValue(item, rules, `${pointer}/${keyword}/${index}`, problems);
    });
  }
}

/** Checks a value as the API server would, apart from rules and formats: unknown fields, types, choices, bounds and patterns. */
export function checkValue(value: unknown, schema: FieldSchema, pointer: string, problems: Problems): void {
  const types = typesOf(schema);
  if (types.length === 0) return;
  if (!types.some((type) => hasType(value, type))) {
    const advice = typeof value === 'number' && types.includes('string') ? '; write it in quotes' : '';
    problems.add('BAL2002', pointer, `expected ${typeNames(types)}, got ${describeValue(value)}${advice}`);
  } else if (isMap(value)) checkObject(value, schema, pointer, problems);
  else if (Array.isArray(value)) checkList(value, schema, pointer, problems);
  else checkScalar(value, schema, pointer, problems);
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isMap(value);
  return typeof value === type;
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  schema: FieldSchema,
  pointer: string,
  problems: Problems,
): void {
  const names = fieldsOf(schema).map(([name]) => name);
  const values = valuesOf(schema);
  for (const [name, item] of Object.entries(value)) {
    const at = pointerTo(pointer, name);
    const field = fieldOf(schema, name) ?? values;
    if (field !== undefined) checkValue(item, field, at, problems);
    else if (!keepsUnknown(schema)) {
      const guess = nearest(name, names);
      const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
      problems.add('BAL2001', at, `${show(name)} is not a field here${question}`);
    }
  }
  for (const name of requiredOf(schema)) {
    // The API server fills defaults in before it looks.
    if (Object.hasOwn(value, name) || fieldOf(schema, name)?.default !== undefined) continue;
    problems.add('BAL2003', pointerTo(pointer, name), `${show(name)} is missing`);
  }
  checkCount(Object.keys(value).length, schema, ['minProperties', 'maxProperties'], pointer, problems);
}

function checkList(value: readonly unknown[], schema: FieldSchema, pointer: string, problems: Problems): void {
  const items = itemsOf(schema);
  const identities = new Set<string>();
  value.forEach((item, index) => {
    const at = `${pointer}/${index}`;
    if (items !== undefined) checkValue(item, items, at, problems);
    const identity = identityOf(item, schema);
    if (identity === undefined) return;
    if (identities.has(identity)) problems.add('BAL3001', at, `${show(item)} is there twice`);
    identities.add(identity);
  });
  checkCount(value.length, schema, ['minItems', 'maxItems'], pointer, problems);
}

/** What an item of a set or of a list with keys is told apart by. */
function identityOf(item: unknown, schema: FieldSchema): string | undefined {
  const listType = schema['x-kubernetes-list-type'];
  if (listType === 'set') return JSON.stringify(item);
  const keys = schema['x-kubernetes-list-map-keys'];
  if (listType !== 'map' || !Array.isArray(keys) || !isMap(item)) return undefined;
  return JSON.stringify(textsOf(keys).map((key) => item[key] ?? null));
}

function checkCount(
  count: number,
  schema: FieldSchema,
  [least, most]: readonly [string, string],
  pointer: string,
  problems: Problems,
): void {
  const [from, to] = [schema[least], schema[most]];
  const isFew = typeof from === 'number' && count < from;
  const isMany = typeof to === 'number' && count > to;
  if (!isFew && !isMany) return;
  const limit = Number(isFew ? from : to);
  const entries = `${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  problems.add('BAL2007', pointer, `expected at ${isFew ? 'least' : 'most'} ${entries}, got ${count}`);
}

function checkScalar(value: unknown, schema: FieldSchema, pointer: string, problems: Problems): void {
  const { enum: choices } = schema;
  if (typeof value === 'string' && isAccessKeyId(value)) {
    problems.add('BAL3070', pointer, 'the text would put a key into the fleet');
  } else if (Array.isArray(choices) && !choices.includes(value)) {
    const guess = typeof value === 'string' ? nearest(value, textsOf(choices)) : undefined;
    const list = choices.map(show).join(', ');
    const question = guess === undefined || choices.length === 1 ? '' : `; did you mean "${guess}"?`;
    problems.add('BAL2004', pointer, `${show(value)} is not one of ${list}${question}`);
  } else if (typeof value === 'number') checkNumber(value, schema, pointer, problems);
  else if (typeof value === 'string') checkText(value, schema, pointer, problems);
}

function checkNumber(value: number, schema: FieldSchema, pointer: string, problems: Problems): void {
  const { minimum, maximum, multipleOf } = schema;
  if (typeof minimum === 'number' && value < minimum) {
    problems.add('BAL2005', pointer, `${show(value)} is less than ${minimum}`);
  } else if (typeof maximum === 'number' && value > maximum) {
    problems.add('BAL2005', pointer, `${show(value)} is more than ${maximum}`);
  } else if (
    typeof multipleOf === 'number' &&
    multipleOf > 0 &&
    Number.isInteger(multipleOf) &&
    value % multipleOf !== 0
  ) {
    problems.add('BAL2005', pointer, `${show(value)} is not a multiple of ${multipleOf}`);
  }
}

function checkText(value: string, schema: FieldSchema, pointer: string, problems: Problems): void {
  const { minLength, maxLength, pattern, 'x-expect': expect } = schema;
  const length = [...value].length;
  const isLong = typeof maxLength === 'number' && length > maxLength;
  const isShort = typeof minLength === 'number' && length < minLength;
  const isMalformed = typeof pattern === 'string' && !matchesPattern(pattern, value);
  if (!isLong && !isShort && !isMalformed) return;
  const placeholder = placeholderIn(value);
  if (placeholder !== undefined) {
    problems.add('BAL3073', pointer, `${show(value)} still has the placeholder ${show(placeholder)}`);
    return;
  }
  const bound = isLong ? `a text of at most ${maxLength} characters` : `a text of at least ${minLength} characters`;
  const form = typeof expect === 'string' ? expect : isMalformed ? `a text of the form ${show(pattern)}` : bound;
  problems.add('BAL2006', pointer, `${show(value)} is not ${form}`);
}
