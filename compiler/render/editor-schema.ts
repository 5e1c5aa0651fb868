import type { FieldSchema } from '../model/api-resource/api-resource';
import { fieldsOf, isMap, itemsOf, keepsUnknown, typesOf, valuesOf } from '../model/api-resource/field-schema';

/** Keywords that mean the same in draft-07. */
const KEPT: readonly string[] = [
  ...['title', 'description', 'default', 'examples', 'enum', 'const', 'required'],
  ...['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties'],
];

/** Formats of draft-07: https://json-schema.org/draft-07/draft-handrews-json-schema-validation-01#rfc.section.7.3 */
const FORMATS: readonly unknown[] = ['date', 'date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri'];

/** A schema of draft-07 for yaml-language-server and other editors: what the API server would drop is an error there. */
export function editorSchema(schemas: readonly FieldSchema[]): object {
  const $schema = 'http://json-schema.org/draft-07/schema#';
  const [only] = schemas;
  if (only !== undefined && schemas.length === 1) return { $schema, ...draft07(only) };
  const versions = schemas.map((schema) => ({ schema, apiVersion: fieldConst(schema) }));
  return {
    $schema,
    title: only?.title,
    type: 'object',
    required: ['apiVersion'],
    properties: { apiVersion: { type: 'string', enum: versions.map(({ apiVersion }) => apiVersion) } },
    allOf: versions.map(({ schema, apiVersion }) => ({
      if: { required: ['apiVersion'], properties: { apiVersion: { const: apiVersion } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: draft07(schema),
    })),
  };
}

function fieldConst(schema: FieldSchema): unknown {
  return fieldsOf(schema).find(([name]) => name === 'apiVersion')?.[1].const;
}

function draft07(schema: FieldSchema): object {
  const kept = Object.entries(schema).filter(([keyword]) => KEPT.includes(keyword));
  const types = typesOf(schema);
  const [items, values] = [itemsOf(schema), valuesOf(schema)];
  const closed = isMap(schema.properties) && !keepsUnknown(schema);
  return {
    ...(types.length > 0 && { type: types.length === 1 ? types[0] : types }),
    ...Object.fromEntries(kept),
    ...(FORMATS.includes(schema.format) && { format: schema.format }),
    ...(schema['x-kubernetes-list-type'] === 'set' && { uniqueItems: true }),
    ...(isMap(schema.properties) && {
      properties: Object.fromEntries(fieldsOf(schema).map(([name, field]) => [name, draft07(field)])),
    }),
    ...(items && { items: draft07(items) }),
    ...(values ? { additionalProperties: draft07(values) } : closed && { additionalProperties: false }),
  };
}
