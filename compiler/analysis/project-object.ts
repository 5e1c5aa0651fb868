import { parseQuantity } from '../model/values/quantity';
import { isPlainObject, type PlainObject } from '../spec/leaf-differences';
import { type FieldSet, fieldsBelow, fieldsOfItem } from './field-owners';

/** Fields that count although the manifest does not speak of them, and those of programs, which do not. */
interface Kept {
  readonly kept: readonly FieldSet[];
  readonly others: readonly FieldSet[];
}

const NOTHING: Kept = { kept: [], others: [] };

/**
 * What a cluster has of an object, as far as a manifest speaks of it, or somebody has set it who is asked for: the API server adds
 * fields and defaults, and other programs add theirs. Items of lists stand for each other by name, or else by place.
 */
export function projectObject(live: PlainObject, wanted: PlainObject, kept: Kept = NOTHING): PlainObject {
  return project(live, wanted, '', kept) as PlainObject;
}

function project(live: unknown, wanted: unknown, around: string, kept: Kept): unknown {
  if (Array.isArray(live) && Array.isArray(wanted)) return projectList(live, wanted, around, kept);
  if (AMOUNTS.test(around) && isSameAmount(live, wanted)) return wanted;
  if (!isPlainObject(live) || !isPlainObject(wanted)) return live;
  const spoken = Object.keys(wanted).filter((key) => Object.hasOwn(live, key) || isLeftOut(key, wanted[key]));
  const fields = spoken.map((key): [string, unknown] => {
    const below = Object.hasOwn(live, key)
      ? project(live[key], wanted[key], AMOUNTS.test(around) ? around : key, belowKey(kept, key))
      : wanted[key];
    return [key, below];
  });
  const more = Object.keys(live).filter((key) => !Object.hasOwn(wanted, key) && fieldsBelow(kept.kept, key).length > 0);
  return Object.fromEntries([
    ...fields,
    ...more.flatMap((key): [string, unknown][] => onlyKept(key, live[key], belowKey(kept, key))),
  ]);
}

/** A field that only the cluster has: all of it where somebody has it as a whole, or else the parts of it. */
function onlyKept(key: string, live: unknown, kept: Kept): [string, unknown][] {
  const isWhole = kept.kept.some((set) => Object.keys(set).length === 0);
  if (isWhole || typeof live !== 'object' || live === null) return [[key, live]];
  const part = project(live, Array.isArray(live) ? [] : {}, key, kept);
  return Object.keys(part as object).length === 0 ? [] : [[key, part]];
}

function projectList(live: readonly unknown[], wanted: readonly unknown[], around: string, kept: Kept): unknown {
  const names = wanted.map(nameOf);
  const byName = names.every((name) => name !== undefined);
  return live.flatMap((item, index) => {
    const own = byName ? wanted[names.indexOf(nameOf(item) ?? '')] : wanted[index];
    const below = { kept: fieldsOfItem(kept.kept, item), others: fieldsOfItem(kept.others, item) };
    if (own !== undefined) return [project(item, own, around, below)];
    // An item of which another program is known to have added it.
    return below.kept.length === 0 && below.others.length > 0 ? [] : [item];
  });
}

function belowKey({ kept, others }: Kept, key: string): Kept {
  return { kept: fieldsBelow(kept, key), others: fieldsBelow(others, key) };
}

/** Fields whose values are quantities: the server writes "1" for 1000m. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const AMOUNTS = /^(limits|requests|capacity|hard|sizeLimit|divisor)$/;

function isSameAmount(live: unknown, wanted: unknown): boolean {
  const [one, other] = [live, wanted].map(String) as [string, string];
  const isAmount = (text: string): boolean => /^\d+(\.\d+)?([mkMGT]|[KMGT]i)?$/.test(text);
  return isAmount(one) && isAmount(other) && parseQuantity(one) === parseQuantity(other);
}

/** What the server does not keep: an empty value of a field where empty and absent mean the same. */
function isLeftOut(key: string, wanted: unknown): boolean {
  if (wanted === null || (Array.isArray(wanted) && wanted.length === 0)) return true;
  return /^(labels|annotations|nodeSelector)$/.test(key) && isPlainObject(wanted) && Object.keys(wanted).length === 0;
}

function nameOf(item: unknown): string | undefined {
  const { name } = (isPlainObject(item) ? item : {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : undefined;
}
