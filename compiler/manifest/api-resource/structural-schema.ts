import type { FieldSchema } from '../../model/api-resource/api-resource';
import { fieldsOf, isMap, itemsOf, valuesOf } from '../../model/api-resource/field-schema';

/** Keywords that a structural schema takes as they are. */
const KEPT: ReadonlySet<string> = new Set([
  ...['type', 'description', 'default', 'enum', 'format', 'minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['pattern', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'required', 'x-kubernetes-list-type'],
  ...['x-kubernetes-list-map-keys', 'x-kubernetes-map-type', 'x-kubernetes-preserve-unknown-fields'],
]);

/**
 * The structural schema of a field: types stand outside of anyOf, pruning takes the place of additionalProperties false, and
 * `x-balancer-cel` becomes x-kubernetes-validations.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
function structuralSchema(schema: FieldSchema): object {
  if (schema['x-kubernetes-int-or-string'] === true) return intOrString(schema);
  const result: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => KEPT.has(keyword)),
  );
  if (schema['x-crd-default'] !== undefined) result.default = schema['x-crd-default'];
  if (schema['x-balancer-cel'] !== undefined) result['x-kubernetes-validations'] = schema['x-balancer-cel'];
  const [items, values] = [itemsOf(schema), valuesOf(schema)];
  if (items !== undefined) result.items = structuralSchema(items);
  if (isMap(schema.properties)) {
    result.properties = Object.fromEntries(fieldsOf(schema).map(([name, field]) => [name, structuralSchema(field)]));
  }
  if (values !== undefined) result.additionalProperties = structuralSchema(values);
  return result;
}

/** What an int-or-string has beside its two types; each bound applies to values of its own type only. */
const WITH_EITHER = [
  'default',
  'enum',
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
] as const;

/** A structural schema gives such a field no type. */
function intOrString(schema: FieldSchema): object {
  const bounds = WITH_EITHER.filter((keyword) => schema[keyword] !== undefined);
  const rules = schema['x-balancer-cel'];
  return {
    ...(schema.description !== undefined && { description: schema.description }),
    anyOf: [{ type: 'integer' }, { type: 'string' }],
    ...Object.fromEntries(bounds.map((keyword) => [keyword, schema[keyword]])),
    ...(rules !== undefined && { 'x-kubernetes-validations': rules }),
    'x-kubernetes-int-or-string': true,
  };
}

/** What a definition says of a whole object. */
interface RootSchema {
  readonly description?: unknown;
  /** The fields of the object beside apiVersion, kind and metadata. */
  readonly fields: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
  /** Restriction of metadata.name. */
  readonly name?: FieldSchema;
  readonly rules?: readonly object[];
}

/** The API server checks apiVersion and kind itself; of metadata only the name may be restricted. */
export function rootSchema({ description, fields, required, name, rules = [] }: RootSchema): object {
  return {
    type: 'object',
    ...(description !== undefined && description !== '' && { description }),
    ...(required.length > 0 && { required }),
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', ...(name && { properties: { name: structuralSchema(name) } }) },
      ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, structuralSchema(field)])),
    },
    ...(rules.length > 0 && { 'x-kubernetes-validations': rules }),
  };
}
