import { parseQuantity } from '../model/values/quantity';
import { isPlainObject, type PlainObject } from '../spec/leaf-differences';

/**
 * What a cluster has of an object, as far as a manifest speaks of it: the API server adds fields and defaults, and other
 * programs add theirs. Items of lists stand for each other by name, or else by place.
 */
export function projectObject(live: PlainObject, wanted: PlainObject): PlainObject {
  return project(live, wanted, '') as PlainObject;
}

function project(live: unknown, wanted: unknown, around: string): unknown {
  if (Array.isArray(live) && Array.isArray(wanted)) {
    const names = wanted.map(nameOf);
    if (names.every((name) => name !== undefined)) {
      return live.map((item) => project(item, wanted[names.indexOf(nameOf(item) ?? '')] ?? item, around));
    }
    return live.map((item, index) => project(item, wanted[index] ?? item, around));
  }
  if (AMOUNTS.test(around) && isSameAmount(live, wanted)) return wanted;
  if (!isPlainObject(live) || !isPlainObject(wanted)) return live;
  const kept = Object.keys(wanted).filter((key) => Object.hasOwn(live, key) || isLeftOut(key, wanted[key]));
  return Object.fromEntries(
    kept.map((key) => [
      key,
      Object.hasOwn(live, key) ? project(live[key], wanted[key], AMOUNTS.test(around) ? around : key) : wanted[key],
    ]),
  );
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
