/** A field of an object that anybody wrote, by its keys; undefined where something on the way is not there. */
export function fieldOf(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined;
  }, value);
}

/** The items of a field that may be a list. */
export function itemsAt(value: unknown, ...keys: readonly (string | number)[]): readonly unknown[] {
  const items = fieldOf(value, ...keys);
  return Array.isArray(items) ? items : [];
}

/** A field that may be a text. */
export function textAt(value: unknown, ...keys: readonly (string | number)[]): string | undefined {
  const text = fieldOf(value, ...keys);
  return typeof text === 'string' ? text : undefined;
}

/** A field that may be a number. */
export function numberAt(value: unknown, ...keys: readonly (string | number)[]): number | undefined {
  const number = fieldOf(value, ...keys);
  return typeof number === 'number' ? number : undefined;
}

/** A field that may be an IP address: any other text may be a key, and is not taken over. */
export function addressAt(value: unknown, ...keys: readonly (string | number)[]): string | undefined {
  const text = textAt(value, ...keys);
  return text !== undefined && /^[0-9A-Fa-f:.]{2,45}$/.test(text) ? text : undefined;
}

/** An object without the fields that are undefined. */
export function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** The flags of a command line: `--name=value`, or `--name` for true. */
export function flagsOf(command: readonly unknown[]): ReadonlyMap<string, string> {
  return new Map(
    command.flatMap((word): [string, string][] => {
      const match = typeof word === 'string' ? /^--?([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(word) : null;
      return match ? [[match[1]!, match[2] ?? 'true']] : [];
    }),
  );
}
