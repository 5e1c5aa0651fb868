import type { FieldSchema } from './api-resource';

/**
 * The restricted JSON Schema of our own kinds and of users': how to read a schema that may not have been checked yet.
 * What is not there, or is something else, is absent.
 */

/** A schema; empty where the value is none. */
export function schemaOf(value: unknown): FieldSchema {
  return isMap(value) ? value : {};
}

/** Whether a value is a map, as YAML has it. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of an object, by name. */
export function fieldsOf(schema: FieldSchema): readonly (readonly [name: string, field: FieldSchema])[] {
  return Object.entries(schemaOf(schema.properties)).map(([name, field]) => [name, schemaOf(field)]);
}

/** A field of an object. */
export function fieldOf(schema: FieldSchema, name: string): FieldSchema | undefined {
  const fields = schemaOf(schema.properties);
  return Object.hasOwn(fields, name) ? schemaOf(fields[name]) : undefined;
}

/** The schema of the values of a map. */
export function valuesOf(schema: FieldSchema): FieldSchema | undefined {
  return isMap(schema.additionalProperties) ? schema.additionalProperties : undefined;
}

/** The schema of the items of a list. */
export function itemsOf(schema: FieldSchema): FieldSchema | undefined {
  return isMap(schema.items) ? schema.items : undefined;
}

/** The names of the fields that an object must have. */
export function requiredOf(schema: FieldSchema): readonly string[] {
  return textsOf(schema.required);
}

/** The texts in a list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The types of the values; that of a number or a text has both. */
export function typesOf(schema: FieldSchema): readonly string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  return typeof schema.type === 'string' ? [schema.type] : textsOf(schema.type);
}

/** Whether an object keeps fields that its schema does not name. */
export function keepsUnknown(schema: FieldSchema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true;
}

/** The schemas right below a schema, with their JSON pointers from there. */
export function childrenOf(
  schema: FieldSchema,
): readonly (readonly [pointer: readonly string[], child: FieldSchema])[] {
  const [items, values] = [itemsOf(schema), valuesOf(schema)];
  return [
    ...fieldsOf(schema).map(([name, field]) => [['properties', name], field] as const),
    ...(items ? [[['items'], items] as const] : []),
    ...(values ? [[['additionalProperties'], values] as const] : []),
  ];
}
