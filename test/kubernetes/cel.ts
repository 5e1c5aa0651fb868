/** The CEL rules of a CustomResourceDefinition, evaluated as the API server does: defaults first, then each rule at its place. */
import { evaluate } from '@marcbachmann/cel-js';
import type { Schema } from './crd-structure';

/** A rule of x-kubernetes-validations. */
interface CelRule {
  readonly rule: string;
  readonly message: string;
}

/** All rules of a schema. */
export function celRules(schema: Schema): CelRule[] {
  const children = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  return [...rulesOf(schema), ...children.filter((child) => typeof child === 'object').flatMap(celRules)];
}

/** The messages of the rules that a value breaks. */
export function celProblems(schema: Schema, value: unknown): string[] {
  return broken(schema, withDefaults(schema, value));
}

function rulesOf(schema: Schema): readonly CelRule[] {
  return (schema['x-kubernetes-validations'] as readonly CelRule[] | undefined) ?? [];
}

function broken(schema: Schema, value: unknown): string[] {
  const own = rulesOf(schema).filter(({ rule }) => evaluate(rule, { self: value }) !== true);
  const inner = childrenOf(schema, value).flatMap(([child, field]) => broken(child, field));
  return [...own.map(({ message }) => message), ...inner];
}

/** The fields of a value that have a schema. */
function childrenOf(schema: Schema, value: unknown): [Schema, unknown][] {
  if (Array.isArray(value)) return schema.items === undefined ? [] : value.map((item) => [schema.items!, item]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]): [Schema, unknown][] => {
    const child = schema.properties?.[name];
    return child === undefined ? [] : [[child, field]];
  });
}

/** A copy with the defaults of the schema, and integers as CEL has them: numbers of JavaScript would be doubles there. */
function withDefaults(schema: Schema | undefined, value: unknown): unknown {
  if (Number.isInteger(value)) return BigInt(value as number);
  if (Array.isArray(value)) return value.map((item) => withDefaults(schema?.items, item));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(schema?.properties ?? {});
  const absent = fields.filter(([name, field]) => field.default !== undefined && !(name in value));
  const whole = { ...value, ...Object.fromEntries(absent.map(([name, field]) => [name, field.default])) };
  return Object.fromEntries(
    Object.entries(whole).map(([name, field]) => [name, withDefaults(schema?.properties?.[name], field)]),
  );
}
