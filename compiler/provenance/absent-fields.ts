import type { FieldSchema } from '../analysis/spec-variants';

/** A scalar that a schema has and a spec does not. */
export interface AbsentField {
  readonly pointer: string;
  readonly schema: FieldSchema;
}

/** Scalars that a schema has and a spec does not, in objects that are there or that have no required field. */
export function* absentIn(value: unknown, schema: FieldSchema | undefined, pointer = ''): Generator<AbsentField> {
  if (pointer === '/metadata' || schema === undefined) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* absentIn(item, schema.items as FieldSchema | undefined, `${pointer}/${index}`);
    }
    return;
  }
  if (schema.properties === undefined) {
    if (value === undefined && schema.type !== 'object' && schema.type !== 'array') yield { pointer, schema };
    return;
  }
  if (value === undefined && ((schema.required as readonly string[] | undefined) ?? []).length > 0) return;
  for (const [key, field] of Object.entries(schema.properties as Readonly<Record<string, FieldSchema>>)) {
    yield* absentIn((value as Readonly<Record<string, unknown>> | undefined)?.[key], field, `${pointer}/${key}`);
  }
}
