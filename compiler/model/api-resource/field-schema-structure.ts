import { pointerTo } from '../../spec/document';
import { nearest } from '../../spec/nearest';
import { show } from '../../spec/shape-errors';
import type { Problems } from '../problems';
import { type PatternFault, patternFault } from '../values/re2-pattern';
import type { FieldSchema } from './api-resource';
import { fieldOf, fieldsOf, isMap, itemsOf, keepsUnknown, requiredOf, textsOf } from './field-schema';
import { FORMATS } from './field-schema-keywords';

type Check = (schema: FieldSchema, pointer: string, problems: Problems) => void;

const CHECKS: readonly Check[] = [checkObject, checkRequired, checkList, checkRange, checkFormat, checkPattern];

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema */
export function checkStructure(schema: FieldSchema, pointer: string, problems: Problems): void {
  for (const check of CHECKS) check(schema, pointer, problems);
}

/** An object has named fields, or is a map, or keeps everything. */
function checkObject(schema: FieldSchema, pointer: string, problems: Problems): void {
  if (schema.type !== 'object') return;
  const { properties, additionalProperties: values } = schema;
  const at = pointerTo(pointer, 'additionalProperties');
  if (values !== undefined && values !== false && !isMap(values)) {
    const message = `${show(values)} says nothing about the values: write a schema, or x-kubernetes-preserve-unknown-fields: true`;
    problems.add('BAL3202', at, message);
  } else if (properties !== undefined && isMap(values)) {
    problems.add('BAL3202', at, 'an object has either properties or additionalProperties');
  } else if (properties === undefined && !isMap(values) && !keepsUnknown(schema)) {
    const message = 'the object has no fields: the API server would drop whatever is written there';
    problems.add('BAL3202', pointer, message);
  }
}

function checkRequired(schema: FieldSchema, pointer: string, problems: Problems): void {
  const names = fieldsOf(schema).map(([name]) => name);
  requiredOf(schema).forEach((name, index) => {
    if (names.includes(name)) return;
    const guess = nearest(name, names);
    const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
    problems.add('BAL3203', `${pointer}/required/${index}`, `${show(name)} is no field of the object${question}`);
  });
}

/** Types of plain values. */
const SCALARS: readonly unknown[] = ['string', 'integer', 'number', 'boolean'];

/** https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy */
function checkList(schema: FieldSchema, pointer: string, problems: Problems): void {
  if (schema.type !== 'array') return;
  const items = itemsOf(schema);
  if (items === undefined) {
    if (schema.items === undefined) problems.add('BAL3202', pointerTo(pointer, 'items'), '"items" is missing');
    return;
  }
  const listType = schema['x-kubernetes-list-type'];
  if (listType === 'set' && !SCALARS.includes(items.type)) {
    problems.add(
      'BAL3204',
      pointerTo(pointer, 'x-kubernetes-list-type'),
      'a set has plain values, not objects or lists',
    );
  }
  checkKeys(schema, items, pointer, problems);
}

function checkKeys(schema: FieldSchema, items: FieldSchema, pointer: string, problems: Problems): void {
  const isMapList = schema['x-kubernetes-list-type'] === 'map';
  const keys = textsOf(schema['x-kubernetes-list-map-keys']);
  const at = pointerTo(pointer, 'x-kubernetes-list-map-keys');
  if (isMapList && items.type !== 'object') {
    problems.add('BAL3204', pointerTo(pointer, 'items'), 'a list with keys has objects as its items');
  } else if (isMapList && schema['x-kubernetes-list-map-keys'] === undefined) {
    problems.add('BAL3204', at, '"x-kubernetes-list-map-keys" is missing');
  } else if (!isMapList && schema['x-kubernetes-list-map-keys'] !== undefined) {
    problems.add('BAL3204', at, 'only a list with x-kubernetes-list-type: map has keys');
  } else if (isMapList) {
    keys.forEach((key, index) => {
      const fault = keyFault(key, items);
      if (fault !== undefined) problems.add('BAL3204', `${at}/${index}`, `the key ${show(key)} ${fault}`);
    });
  }
}

function keyFault(key: string, items: FieldSchema): string | undefined {
  const field = fieldOf(items, key);
  if (field === undefined) {
    const guess = nearest(
      key,
      fieldsOf(items).map(([name]) => name),
    );
    return `is no field of the items${guess === undefined ? '' : `; did you mean "${guess}"?`}`;
  }
  if (!SCALARS.includes(field.type)) return 'is no plain value';
  const isThere = requiredOf(items).includes(key) || field.default !== undefined;
  return isThere ? undefined : 'may be absent: make it required, or give it a default';
}

const RANGES = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
] as const;

function checkRange(schema: FieldSchema, pointer: string, problems: Problems): void {
  for (const [low, high] of RANGES) {
    const [from, to] = [schema[low], schema[high]];
    if (typeof from !== 'number' || typeof to !== 'number' || from <= to) continue;
    problems.add('BAL2005', pointerTo(pointer, low), `"${from}" is more than ${high}, which is "${to}"`);
  }
  const { multipleOf } = schema;
  if (typeof multipleOf === 'number' && multipleOf <= 0) {
    problems.add('BAL2005', pointerTo(pointer, 'multipleOf'), `"${multipleOf}" is not above 0`);
  }
}

function checkFormat(schema: FieldSchema, pointer: string, problems: Problems): void {
  const known = FORMATS.get(String(schema.type));
  if (typeof schema.format !== 'string' || known === undefined || known.includes(schema.format)) return;
  const guess = nearest(schema.format, known);
  const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
  const list = known.map((format) => `"${format}"`).join(', ');
  problems.add('BAL2004', pointerTo(pointer, 'format'), `${show(schema.format)} is not one of ${list}${question}`);
}

const FAULTS: Readonly<Record<PatternFault, string>> = {
  invalid: 'is no regular expression',
  foreign: 'has a part that RE2 and JavaScript do not share',
  large: 'repeats more than RE2 allows',
};

function checkPattern({ pattern }: FieldSchema, pointer: string, problems: Problems): void {
  if (typeof pattern !== 'string') return;
  const at = pointerTo(pointer, 'pattern');
  const fault = patternFault(pattern);
  if (fault !== undefined) problems.add('BAL3207', at, `${show(pattern)} ${FAULTS[fault]}`);
  else if (!/^\^.*\$$/s.test(pattern))
    problems.add('BAL3208', at, `${show(pattern)} describes a part of the text only`);
}
