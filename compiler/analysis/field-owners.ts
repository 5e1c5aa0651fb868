import { isPlainObject, type PlainObject } from '../spec/leaf-differences';

/** Fields as a manager has them: https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
export type FieldSet = PlainObject;

/** Who set which fields of an object that a cluster has. */
export interface FieldOwners {
  /** What was applied, by any manager: its next `apply` takes away what it no longer has. */
  readonly applied: readonly FieldSet[];
  /** What somebody did by hand with kubectl: no `apply` takes it away. */
  readonly byHand: readonly ManagedFields[];
  /** Managers of which nobody knows, from here, what they mean to set and what the API server added. */
  readonly others: readonly ManagedFields[];
}

/** What a manager has: there may be several of one name. */
interface ManagedFields {
  readonly manager: string;
  readonly fields: FieldSet;
}

/** A row of `metadata.managedFields`. */
interface Entry {
  readonly manager?: unknown;
  readonly operation?: unknown;
  readonly subresource?: unknown;
  readonly fieldsV1?: unknown;
}

/** Commands of kubectl that change a few fields of an object which is there. Those that create one own its defaults too. */
const BY_HAND = /^kubectl(-(edit|patch|label|annotate|set|scale|rollout|replace))?$/;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Reads the managers of an object; undefined where the answer has none. */
export function fieldOwners({ metadata }: PlainObject): FieldOwners | undefined {
  const { managedFields, annotations } = (isPlainObject(metadata) ? metadata : {}) as PlainObject;
  if (!Array.isArray(managedFields)) return undefined;
  const recorded = lastApplied(annotations);
  const applied = [...recorded];
  const byHand: ManagedFields[] = [];
  const others: ManagedFields[] = [];
  for (const entry of managedFields as readonly Entry[]) {
    const { manager, operation, subresource } = entry;
    const name = String(manager ?? 'unknown');
    const fields = isPlainObject(entry.fieldsV1) ? entry.fieldsV1 : {};
    if (subresource === 'status') continue;
    if (operation === 'Apply') applied.push(fields);
    else if (BY_HAND.test(name)) byHand.push({ manager: name, fields });
    // What it applied stands in its annotation, without the defaults.
    else if (name !== 'kubectl-client-side-apply' || recorded.length === 0) others.push({ manager: name, fields });
  }
  return { applied, byHand, others };
}

function lastApplied(annotations: unknown): FieldSet[] {
  const text = isPlainObject(annotations) ? annotations[LAST_APPLIED] : undefined;
  if (typeof text !== 'string') return [];
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? [fieldsOf(value)] : [];
  } catch {
    return [];
  }
}

/** The fields of a value; items by their names, and lists without names as a whole. */
function fieldsOf(value: PlainObject): FieldSet {
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      if (isPlainObject(field)) return [`f:${key}`, fieldsOf(field)];
      if (!Array.isArray(field) || !field.every((item) => isPlainObject(item) && typeof item.name === 'string'))
        return [`f:${key}`, {}];
      const items = field.map((item) => [`k:${JSON.stringify({ name: item.name })}`, fieldsOf(item)]);
      return [`f:${key}`, Object.fromEntries(items)];
    }),
  );
}

/** The fields below a field. */
export function fieldsBelow(sets: readonly FieldSet[], key: string): FieldSet[] {
  return sets.flatMap((set) => (isPlainObject(set[`f:${key}`]) ? [set[`f:${key}`] as FieldSet] : []));
}

/** The fields below the item of a list, by its keys or by its value. */
export function fieldsOfItem(sets: readonly FieldSet[], item: unknown): FieldSet[] {
  return sets.flatMap((set) =>
    Object.entries(set).flatMap(([key, fields]) => (isKeyOf(key, item) && isPlainObject(fields) ? [fields] : [])),
  );
}

function isKeyOf(key: string, item: unknown): boolean {
  if (key.startsWith('v:')) return key.slice(2) === JSON.stringify(item);
  if (!key.startsWith('k:') || !isPlainObject(item)) return false;
  const keys = JSON.parse(key.slice(2)) as PlainObject;
  return Object.entries(keys).every(([field, value]) => item[field] === value);
}
