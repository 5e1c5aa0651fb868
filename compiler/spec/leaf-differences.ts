import { pointerTo } from './document';

/** An object that was read, or that we print. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and no list. */
export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A leaf in which two sets of objects differ. */
export interface LeafDifference {
  /** `Kind namespace/name`, or `Kind name`. */
  readonly object: string;
  /** JSON pointer (RFC 6901); items of lists that have names stand by them. */
  readonly path: string;
  /** Absent where the original does not have it. */
  readonly before?: unknown;
  /** Absent where the output does not have it. */
  readonly after?: unknown;
}

/**
 * Every leaf in which the output differs from the original, in both directions: never a whole object or list, so that
 * nothing hides in an entry. Objects are the same by kind, namespace and name, whatever their API version.
 */
export function leafDifferences(original: readonly PlainObject[], output: readonly PlainObject[]): LeafDifference[] {
  const [before, after] = [byIdentity(original), byIdentity(output)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((object) => {
    const [old, now] = [leavesOf(before.get(object)), leavesOf(after.get(object))];
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
      const [was, is] = [old.get(path), now.get(path)];
      if (was === is && old.has(path) === now.has(path)) return [];
      // An empty object that is no longer empty differs in its fields.
      if ((isEmpty(was) && isInner(path, now)) || (isEmpty(is) && isInner(path, old))) return [];
      return [{ object, path, ...(old.has(path) && { before: was }), ...(now.has(path) && { after: is }) }];
    });
  });
}

function isEmpty(leaf: unknown): boolean {
  return leaf === EMPTY_LIST || leaf === EMPTY_OBJECT;
}

function isInner(path: string, leaves: ReadonlyMap<string, unknown>): boolean {
  return [...leaves.keys()].some((other) => other.startsWith(`${path}/`));
}

const EMPTY_LIST = '[]';
const EMPTY_OBJECT = '{}';

/** How an object is called in a report. */
export function identityOf(object: PlainObject): string {
  const { name, namespace } = (object.metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown };
  return `${String(object.kind)} ${namespace === undefined ? '' : `${String(namespace)}/`}${String(name)}`;
}

function byIdentity(objects: readonly PlainObject[]): ReadonlyMap<string, PlainObject> {
  return new Map(objects.map((object) => [identityOf(object), object]));
}

/** The leaves of an object by their pointers. Empty objects and lists are leaves, by their text. */
function leavesOf(object: PlainObject | undefined): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  if (object !== undefined) collect(object, '', leaves);
  return leaves;
}

function collect(value: unknown, pointer: string, leaves: Map<string, unknown>): void {
  if (value === null || typeof value !== 'object') {
    leaves.set(pointer, value);
    return;
  }
  const entries = Array.isArray(value) ? itemsOf(value) : Object.entries(value);
  if (entries.length === 0) leaves.set(pointer, Array.isArray(value) ? EMPTY_LIST : EMPTY_OBJECT);
  for (const [key, field] of entries) if (field !== undefined) collect(field, pointerTo(pointer, key), leaves);
}

/** Items by their names, where each has one of its own; flags of a command by the flag; others by their place. */
function itemsOf(items: readonly unknown[]): [string, unknown][] {
  const names = items.map(nameOf);
  const given = names.filter((name) => name !== undefined);
  // Of the words of a command line only flags have names; objects have one each, or none counts.
  const own = new Set(given).size === given.length && (given.length === items.length || isText(items));
  return items.map((item, index) => [(own ? names[index] : undefined) ?? String(index), item]);
}

function isText(items: readonly unknown[]): boolean {
  return items.every((item) => typeof item === 'string');
}

function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string')
    return /^--?[a-z][a-z0-9-]*(?==|$)/i.exec(item)?.[0] ?? (item.startsWith('/') ? item : undefined);
  const { name } = (item ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : undefined;
}
