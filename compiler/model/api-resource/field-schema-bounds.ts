import type { FieldSchema } from './api-resource';
import { typesOf, valuesOf } from './field-schema';
import type { SchemaScope } from './field-schema-scope';

/** Where a schema stands to the rules around it and below it. */
interface Reach {
  readonly pointer: string;
  /** A rule may read the value. */
  readonly isRead: boolean;
  /** A rule may read the value, or is evaluated once for each of its entries. */
  readonly isRepeated: boolean;
}

/** Formats that the API server knows the longest text of. */
const BOUNDED_FORMATS: readonly unknown[] = ['date', 'date-time', 'duration', 'ipv4', 'ipv6', 'uuid'];

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#resource-use-by-validation-functions */
export function checkBounds(schema: FieldSchema, reach: Reach, { problems, profile }: SchemaScope): void {
  const { what, keyword, ruled } = growing(schema, reach);
  if (keyword === '' || schema[keyword] !== undefined) return;
  if (ruled) problems.add('BAL3206', reach.pointer, `the ${what} has no ${keyword}, and a rule may cost any amount`);
  else if (profile === 'hardened') problems.add('BAL3205', reach.pointer, `the ${what} has no ${keyword}`);
}

/** What can grow in a value, and the keyword that bounds it. */
function growing(schema: FieldSchema, { isRead, isRepeated }: Reach) {
  const types = typesOf(schema).join();
  if (types === 'array') return { what: 'list', keyword: 'maxItems', ruled: isRepeated };
  if (types === 'object' && valuesOf(schema)) return { what: 'map', keyword: 'maxProperties', ruled: isRepeated };
  const isBounded = schema.enum !== undefined || BOUNDED_FORMATS.includes(schema.format);
  if (types === 'string' && !isBounded) return { what: 'text', keyword: 'maxLength', ruled: isRead };
  return { what: '', keyword: '', ruled: false };
}
