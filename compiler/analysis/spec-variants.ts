import { pointerKeys, pointerTo } from '../spec/document';

/** A JSON Schema of the restricted subset that schemas/ uses. */
export interface FieldSchema {
  readonly [keyword: string]: unknown;
}

/** A value of a spec that is no object and no list. */
export interface Leaf {
  readonly pointer: string;
  readonly value: unknown;
}

/** All leaves of plain data, in its own order. */
export function leavesOf(value: unknown, pointer = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ pointer, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, pointerTo(pointer, key)));
}

/** The schema of the field at a pointer; undefined where the schema has none. */
export function schemaAt(schema: FieldSchema | undefined, pointer: string): FieldSchema | undefined {
  let field = schema;
  for (const key of pointerKeys(pointer)) {
    const properties = field?.properties as Readonly<Record<string, FieldSchema>> | undefined;
    const own = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
    const values = field?.additionalProperties;
    field =
      own ??
      (field?.items as FieldSchema | undefined) ??
      (typeof values === 'object' ? (values as FieldSchema) : undefined);
  }
  return field;
}

/** Other values that a field may have; the nearest first. */
export function otherValues(value: unknown, schema: FieldSchema | undefined): unknown[] {
  if (schema?.enum !== undefined) return (schema.enum as unknown[]).filter((other) => other !== value);
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return otherNumbers(value, schema);
  return typeof value === 'string' ? otherTexts(value) : [];
}

/** Values for a field that a spec leaves out. */
export function firstValues(schema: FieldSchema): unknown[] {
  const { type, enum: allowed, examples = [], minimum, maximum } = schema;
  if (allowed !== undefined) return allowed as unknown[];
  if (type === 'boolean') return [true, false];
  const numbers = [type].flat().includes('integer') ? [minimum, maximum, 2, 77] : [];
  return [...(examples as unknown[]), ...numbers.filter((number) => number !== undefined)];
}

function otherNumbers(value: number, schema: FieldSchema | undefined): number[] {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = (schema ?? {}) as {
    readonly minimum?: number;
    readonly maximum?: number;
  };
  const near = [value + 1, value - 1, value * 2, value + 10, Math.floor(value / 2)];
  return near.filter((other) => other !== value && other >= minimum && other <= maximum);
}

/** One sign changed, from the end on, so that the form stays: digits stay digits. Then one more sign. */
function otherTexts(text: string): string[] {
  const changed = [...text].flatMap((sign, index) => {
    const other = otherSign(sign);
    return other === undefined ? [] : [text.slice(0, index) + other + text.slice(index + 1)];
  });
  return [...changed.reverse().slice(0, 6), `${text}x`, `x${text}`];
}

function otherSign(sign: string): string | undefined {
  if (/[0-8]/.test(sign)) return String(Number(sign) + 1);
  if (sign === '9') return '8';
  if (/[a-yA-Y]/.test(sign)) return String.fromCharCode(sign.charCodeAt(0) + 1);
  return /[zZ]/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) - 1) : undefined;
}

/** A copy in which the field at a pointer has another value; undefined takes it away. */
export function withField(data: unknown, pointer: string, value: unknown): unknown {
  const [key, ...rest] = pointerKeys(pointer);
  if (key === undefined) return value;
  const inner = rest.reduce((path, part) => pointerTo(path, part), '');
  if (Array.isArray(data)) {
    if (inner === '' && value === undefined) return data.filter((_, index) => index !== Number(key));
    return data.map((item, index) => (index === Number(key) ? withField(item, inner, value) : item));
  }
  const { [key]: old, ...others } = (data ?? {}) as Readonly<Record<string, unknown>>;
  if (inner === '' && value === undefined) return others;
  return { ...(data as object), [key]: withField(old, inner, value) };
}

/** The data with another value in every leaf that equals one: names and those who name them. The same data where none does. */
export function withEvery(data: unknown, value: unknown, other: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data === value ? other : data;
  const entries = Object.entries(data).map(([key, inner]) => [key, withEvery(inner, value, other)] as const);
  // A document that does not change stays the one that was read, with its own text.
  if (entries.every(([key, inner]) => inner === (data as Readonly<Record<string, unknown>>)[key])) return data;
  return Array.isArray(data) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
