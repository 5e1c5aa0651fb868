/** Fields of an object that may be anything. */
type Fields = Readonly<Record<string, unknown>>;

/** The fields of a value; none where it is no object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** A field that the object has itself. */
export function ownField(value: unknown, name: string): unknown {
  const fields = fieldsOf(value);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The fields of one object with those of another over them; what is undefined is left out. */
export function patched(fields: Fields, changes: Fields): Fields {
  return Object.fromEntries(Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== undefined));
}

/** Whether two values are the same as JSON: the order of fields does not count, and an undefined field is none. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => sameValue(item, other[index]))
    );
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => sameValue(ownField(one, key), ownField(other, key)));
}

/** A copy of plain data down to its leaves. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? (Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copyOf(field)])) as T) : value;
}

/** As deep as a status may be: a deeper one would end the stack, of ours or of whoever writes it as JSON. */
const MAX_DEPTH = 500;

/** The path of a value that contains itself or lies too deep, such as "a.b"; undefined where all of it ends. */
export function endlessAt(
  value: unknown,
  path: readonly string[] = [],
  around: readonly unknown[] = [],
): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (around.includes(value) || path.length > MAX_DEPTH) return path.slice(0, 10).join('.');
  const inner = [...around, value];
  for (const [key, field] of Object.entries(value)) {
    const found = endlessAt(field, [...path, key], inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
