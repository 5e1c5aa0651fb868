import type { AnySchemaObject } from 'ajv';

/** An object with these fields and no others. */
export function closed(
  required: readonly string[],
  properties: Readonly<Record<string, AnySchemaObject>>,
): AnySchemaObject {
  return { type: 'object', additionalProperties: false, required, properties };
}

export const text = { type: 'string', minLength: 1 };
export const texts = { type: 'object', additionalProperties: text };
export const metadata = closed(['name', 'namespace'], {
  name: text,
  namespace: text,
  labels: texts,
  annotations: texts,
});
