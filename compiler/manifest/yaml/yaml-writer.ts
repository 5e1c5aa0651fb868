import { keyText, valueText } from './yaml-scalar';

type Members = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 100;
/** YAML 1.2 section 7.4.2: longer keys must be marked with `?`. */
const MAX_IMPLICIT_KEY = 1024;
const INSERTION_SORT = 16;
const MAX_ARRAY_INDEX = 4_294_967_294;

/**
 * Prints one Kubernetes object as a YAML document with a newline at its end.
 *
 * Bytes of cdk8s 2.70 (`ApiObject.toJson`, then `Yaml.stringify`) without anchors; see `valueText` for the exception.
 */
export function printYaml(value: unknown): string {
  if (value === null || typeof value !== 'object') throw new Error('a manifest must be an object');
  return `${printCollection(value, '\n', 0)}\n`;
}

/**
 * Prints Kubernetes objects as one stream of YAML documents.
 *
 * Bytes of cdk8s 2.70: `---` on a line of its own between documents, none before the first.
 */
export function printDocuments(values: readonly unknown[]): string {
  let out = '';
  for (const [index, value] of values.entries()) out += index === 0 ? printYaml(value) : `---\n${printYaml(value)}`;
  return out;
}

/** `lineBreak` is a newline and the indent of the collection; the text starts without it. */
function printCollection(value: object, lineBreak: string, depth: number): string {
  if (depth > MAX_DEPTH) throw new Error(`a manifest must not be nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return printSequence(value, lineBreak, depth);
  if (!isPlainObject(value)) throw new Error(`cannot print an object of type ${value.constructor?.name}`);
  return printMap(value, lineBreak, depth);
}

function printMap(map: Members, lineBreak: string, depth: number): string {
  const inner = `${lineBreak}  `;
  const top = depth === 0;
  let out = '';
  for (const key of top ? manifestKeys(map) : sortedKeys(map)) {
    const value = map[key];
    if (value === undefined || value === null) continue;
    if (out !== '') out += lineBreak;
    const name = keyText(key, top);
    if (name.length > MAX_IMPLICIT_KEY) {
      out += `? ${name}${lineBreak}: ${printNode(value, inner, depth + 1)}`;
    } else if (typeof value === 'object') {
      const body = printCollection(value, inner, depth + 1);
      out += body === '{}' || body === '[]' ? `${name}: ${body}` : `${name}:${inner}${body}`;
    } else {
      out += `${name}: ${printScalar(value, inner)}`;
    }
  }
  return out === '' ? '{}' : out;
}

function printSequence(items: readonly unknown[], lineBreak: string, depth: number): string {
  if (items.length === 0) return '[]';
  const inner = `${lineBreak}  `;
  let out = '';
  for (let index = 0; index < items.length; index++) {
    out += `${index === 0 ? '- ' : `${lineBreak}- `}${printNode(items[index], inner, depth + 1)}`;
  }
  return out;
}

function printNode(value: unknown, lineBreak: string, depth: number): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'object' ? printCollection(value, lineBreak, depth) : printScalar(value, lineBreak);
}

function printScalar(value: unknown, lineBreak: string): string {
  if (typeof value === 'string') return valueText(value, lineBreak);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'number') throw new Error(`cannot print a value of type ${typeof value}`);
  if (!Number.isFinite(value)) throw new Error(`cannot print the number ${value}`);
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Also true of objects from another realm, such as a test runner's sandbox. */
function isPlainObject(value: object): value is Members {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** cdk8s moves these three to the front once everything is sorted. */
function manifestKeys(map: Members): string[] {
  const keys = sortedKeys(map);
  const indices = countIndices(keys);
  const leading = keys.filter(isLeading);
  return [...keys.slice(0, indices), ...leading, ...keys.slice(indices).filter((key) => !isLeading(key))];
}

function isLeading(key: string): boolean {
  return key === 'apiVersion' || key === 'kind' || key === 'metadata';
}

/** Sorted as cdk8s does, through a new object: JavaScript keeps array indices in front and in numeric order. */
function sortedKeys(map: Members): string[] {
  const keys = Object.keys(map);
  const indices = countIndices(keys);
  if (keys.length > INSERTION_SORT) return [...keys.slice(0, indices), ...keys.slice(indices).sort()];
  // Most maps have a handful of keys, nearly in order: Array.sort costs more in calls than it saves.
  for (let index = indices + 1; index < keys.length; index++) {
    const key = keys[index]!;
    let place = index;
    for (; place > indices && keys[place - 1]! > key; place--) keys[place] = keys[place - 1]!;
    keys[place] = key;
  }
  return keys;
}

function countIndices(keys: readonly string[]): number {
  let count = 0;
  while (count < keys.length && isArrayIndex(keys[count]!)) count++;
  return count;
}

function isArrayIndex(key: string): boolean {
  const code = key.charCodeAt(0);
  if (code < 48 || code > 57) return false;
  const index = Number(key);
  return Number.isInteger(index) && index <= MAX_ARRAY_INDEX && String(index) === key;
}
