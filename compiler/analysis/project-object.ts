import type { PlainObject } from '../spec/leaf-differences';

/**
 * What a cluster has of an object, as far as a manifest speaks of it: the API server adds fields and defaults, and other
 * programs add theirs. Items of lists stand for each other by name, or else by place.
 */
export function projectObject(live: PlainObject, wanted: PlainObject): PlainObject {
  return project(live, wanted) as PlainObject;
}

function project(live: unknown, wanted: unknown): unknown {
  if (Array.isArray(live) && Array.isArray(wanted)) {
    const names = wanted.map(nameOf);
    if (names.every((name) => name !== undefined)) {
      return live.map((item) => project(item, wanted[names.indexOf(nameOf(item) ?? '')] ?? item));
    }
    return live.map((item, index) => project(item, wanted[index] ?? item));
  }
  if (!isObject(live) || !isObject(wanted)) return live;
  const kept = Object.keys(wanted).filter((key) => Object.hasOwn(live, key));
  return Object.fromEntries(kept.map((key) => [key, project(live[key], wanted[key])]));
}

function nameOf(item: unknown): string | undefined {
  const { name } = (isObject(item) ? item : {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
