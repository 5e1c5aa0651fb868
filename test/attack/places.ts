/** Every place of a document where a value or a key stands, and the document with something else there. */
import { parse, stringify } from 'yaml';

/** A value or a key of a document. */
export interface Place {
  readonly part: 'value' | 'key';
  readonly pointer: string;
  readonly path: readonly (string | number)[];
  /** What stands there: the scalar, or the name of the key. */
  readonly original: unknown;
  /** What stands for it in the template. */
  readonly mark: string;
}

/** A document as text with a mark at each of its places. */
export interface Template {
  readonly value: unknown;
  readonly places: readonly Place[];
  readonly text: string;
}

/** The template of a YAML text. */
export function templateOf(source: string): Template {
  const value = parse(source);
  const places: Place[] = [];
  const marked = markPlaces(value, [], places);
  return { value, places, text: stringify(marked, { lineWidth: 0 }) };
}

/** The text of a template with other YAML at some of its places. */
export function textWith({ places, text }: Template, others: ReadonlyMap<Place, string>): string {
  const byMark = new Map(places.map((place) => [place.mark, place]));
  return text.replace(/zz\d+zz/g, (mark) => {
    const place = byMark.get(mark)!;
    return others.get(place) ?? JSON.stringify(place.original);
  });
}

/** The data of a document with another value, or another key, at one place. */
export function dataWith(value: unknown, { path, part }: Place, other: unknown, depth = 0): unknown {
  if (depth === path.length) return other;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      index === path[depth] ? dataWith(item, { path, part } as Place, other, depth + 1) : item,
    );
  }
  const entries = Object.entries(value as object).map(([key, item]): [string, unknown] => {
    if (key !== path[depth]) return [key, item];
    if (part === 'key' && depth === path.length - 1) return [String(other), item];
    return [key, dataWith(item, { path, part } as Place, other, depth + 1)];
  });
  // Not an assignment: the key may be "__proto__".
  return Object.fromEntries(entries);
}

/** A JSON pointer with another last key. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function markPlaces(value: unknown, path: readonly (string | number)[], places: Place[]): unknown {
  const mark = (part: 'value' | 'key', at: readonly (string | number)[], original: unknown): string => {
    places.push({ part, pointer: pointerOf(at), path: at, original, mark: `zz${places.length}zz` });
    return places[places.length - 1]!.mark;
  };
  if (Array.isArray(value)) return value.map((item, index) => markPlaces(item, [...path, index], places));
  if (typeof value !== 'object' || value === null) return mark('value', path, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const at = [...path, key];
      return [mark('key', at, key), markPlaces(item, at, places)];
    }),
  );
}
