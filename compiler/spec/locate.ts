import type { Document, Node, Pair, YAMLMap } from 'yaml';
import type { Location } from '../diagnostics';
import { type Part, pointerKeys } from './document';
import { locationAt, parsedSlice } from './parse-slice';
import type { Slice } from './slice';

/** Where the field at a JSON pointer stands in the file; the nearest field around it where it is absent. */
export function locateInSlice(slice: Slice, pointer: string, part: Part): Location {
  const { document, counter } = parsedSlice(slice);
  let field: Field = { value: document.contents as Node | null };
  for (const key of pointerKeys(pointer)) {
    const child = childOf(field.value, key, document);
    if (child === undefined) break;
    field = child;
  }
  const [first, second] = part === 'key' ? [field.key, field.value] : [field.value, field.key];
  return locationAt(slice, counter, offsetOf(first) ?? offsetOf(second) ?? 0, pointer);
}

interface Field {
  readonly key?: Node;
  readonly value: Node | null;
}

function childOf(node: Node | null, key: string, document: Document): Field | undefined {
  const { isAlias, isMap, isSeq } = require('yaml') as typeof import('yaml');
  const parent = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(parent)) {
    const item = parent.items[Number(key)];
    return item === undefined ? undefined : { value: item as Node };
  }
  if (!isMap(parent)) return undefined;
  return fieldsOf(parent).get(key);
}

/** An object with thousands of wrong fields is asked for each of them. */
const knownFields = new WeakMap<YAMLMap, ReadonlyMap<string, Field>>();

function fieldsOf(map: YAMLMap): ReadonlyMap<string, Field> {
  const known = knownFields.get(map);
  if (known) return known;
  const pairs = map.items as Pair<Node, Node | null>[];
  const fields = new Map(pairs.map((pair) => [String((pair.key as { value?: unknown }).value ?? ''), pair]));
  knownFields.set(map, fields);
  return fields;
}

/** An empty value has a range too, but it says nothing to a reader: its key does. */
function offsetOf(node: Node | null | undefined): number | undefined {
  const range = node?.range;
  return range && range[1] > range[0] ? range[0] : undefined;
}
