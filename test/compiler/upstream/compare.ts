/**
 * Compares what we print with what a source document prints, object by object and field by field, in both directions. Every
 * difference stands in one table with its reason; a difference without a row fails, and so does a row without a difference.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compileAll } from '../../../compiler';
import type { KubernetesObject } from '../../../compiler/manifest/k8s';

export type { KubernetesObject } from '../../../compiler/manifest/k8s';

/** A place where two sets of objects differ. */
interface Difference {
  /** `Kind namespace/name`, or `Kind name`. */
  readonly object: string;
  /** The field: names of fields and of named list items, or places of others, with `/` between them. Empty for a whole object. */
  readonly field: string;
  /** Whether only we have it, only the original has it, or both with different values. */
  readonly kind: 'added' | 'missing' | 'changed';
}

/** A difference that is wanted. */
export interface ExplainedDifference extends Difference {
  readonly reason: string;
}

/** Objects of a text in YAML. The API server reads YAML 1.1. */
export function objectsOf(...texts: readonly string[]): KubernetesObject[] {
  return texts.flatMap((text) =>
    parseAllDocuments(text, { version: '1.1' }).map((document) => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS() as KubernetesObject;
    }),
  );
}

/** Text of a file of test/source-documents. */
export function sourceDocument(path: string): string {
  return readFileSync(join(__dirname, '../../source-documents', path), 'utf8');
}

/** The objects that a fleet becomes, read back from what is printed. Throws where it has errors. */
export function printedObjects(text: string): KubernetesObject[] {
  const { artefacts, diagnostics } = compileAll([{ file: 'spec.yaml', text }]);
  if (artefacts.length === 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return objectsOf(...artefacts.filter(({ path }) => path.endsWith('.k8s.yaml')).map((artefact) => artefact.text));
}

/** What differs, in the order of the original's objects, then ours. */
export function differences(ours: readonly KubernetesObject[], original: readonly KubernetesObject[]): Difference[] {
  const [mine, theirs] = [byName(ours), byName(original)];
  return [...new Set([...theirs.keys(), ...mine.keys()])].flatMap((object) =>
    compare(mine.get(object), theirs.get(object), '').map((difference) => ({ object, ...difference })),
  );
}

/** What the table does not explain, and what in the table is not so: both empty where it is complete and no more. */
export function unexplained(
  found: readonly Difference[],
  table: readonly ExplainedDifference[],
): { readonly unlisted: readonly string[]; readonly stale: readonly string[] } {
  const [differing, listed] = [found.map(keyOf), table.map(keyOf)];
  const twice = listed.filter((key, index) => listed.indexOf(key) < index);
  return {
    unlisted: differing.filter((key) => !listed.includes(key)),
    stale: [...listed.filter((key) => !differing.includes(key)), ...twice],
  };
}

function keyOf({ object, field, kind }: Difference): string {
  return `${kind}: ${object}: ${field}`;
}

function byName(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  const names = objects.map(({ kind, metadata: { namespace, name } }) => {
    return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  });
  if (new Set(names).size < names.length) throw new Error(`an object is there twice: ${names.join(', ')}`);
  return new Map(names.map((name, index) => [name, objects[index]!]));
}

type Found = Omit<Difference, 'object'>;

/** A field that only one side has is one difference; one that both have is looked into. */
function compare(mine: unknown, theirs: unknown, field: string): Found[] {
  if (mine === undefined) return [{ field, kind: 'missing' }];
  if (theirs === undefined) return [{ field, kind: 'added' }];
  const [own, other] = fieldsOf(mine, theirs) ?? [];
  if (own === undefined || other === undefined) return mine === theirs ? [] : [{ field, kind: 'changed' }];
  return [...new Set([...other.keys(), ...own.keys()])].flatMap((key) =>
    compare(own.get(key), other.get(key), field === '' ? key : `${field}/${key}`),
  );
}

type Fields = ReadonlyMap<string, unknown>;

/** Two objects by their fields, two lists by the names of their items or else by place; nothing for other pairs. */
function fieldsOf(mine: unknown, theirs: unknown): readonly [Fields, Fields] | undefined {
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    const named = isNamed(mine) && isNamed(theirs);
    return [itemsOf(mine, named ? 'by name' : 'by place'), itemsOf(theirs, named ? 'by name' : 'by place')];
  }
  if (!isObject(mine) || !isObject(theirs)) return undefined;
  return [new Map(Object.entries(mine)), new Map(Object.entries(theirs))];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether all items have a name, each its own. */
function isNamed(items: readonly unknown[]): boolean {
  const names = items.map((item) => (isObject(item) ? item.name : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}

function itemsOf(items: readonly unknown[], key: 'by name' | 'by place'): Fields {
  return new Map(
    items.map((item, place) => [key === 'by name' ? String((item as { name: unknown }).name) : String(place), item]),
  );
}
