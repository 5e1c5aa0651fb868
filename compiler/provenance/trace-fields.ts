import { changedLines } from '../analysis/changed-lines';
import {
  type FieldSchema,
  firstValues,
  type Leaf,
  leavesOf,
  otherValues,
  schemaAt,
  withEvery,
  withField,
} from '../analysis/spec-variants';
import { compileDocuments } from '../compile';
import { severityOf } from '../diagnostics';
import type { SpecDocument } from '../spec/document';

/** Lines of the artefacts, by path. */
export type Lines = ReadonlyMap<string, readonly string[]>;

/** A field of a document. */
export interface TracedField extends Leaf {
  readonly document: SpecDocument;
}

/** What a field makes: the numbers of the lines, by path of the artefact. */
export type Effects = ReadonlyMap<string, readonly number[]>;

/** Asks the compiler what depends on what, by changing one field after the other. */
export interface Tracer {
  readonly lines: Lines;
  readonly documents: readonly SpecDocument[];
  /** The lines that change with a field; undefined where every other value is refused. */
  readonly effectsOf: (field: TracedField) => Effects | undefined;
  /** Fields that a document leaves out, each with the lines that would change with it. */
  readonly absentFields: (document: SpecDocument) => Generator<{ readonly pointer: string; readonly effects: Effects }>;
}

/** The schema of a kind; undefined for a kind that is not ours. */
export type Schemas = (kind: string) => FieldSchema | undefined;

/** A tracer for documents that compile without an error; undefined for others. */
export function tracer(documents: readonly SpecDocument[], schemas: Schemas): Tracer | undefined {
  const lines = linesOf(documents);
  if (lines === undefined) return undefined;
  const attempt = (values: readonly unknown[]): Effects | undefined => {
    const changed = documents.map((document, index) =>
      values[index] === document.value ? document : { value: values[index], locate: document.locate },
    );
    const after = linesOf(changed);
    return after && effectsBetween(lines, after);
  };
  const values = documents.map(({ value }) => value);
  const replaced = (document: SpecDocument, value: unknown): unknown[] =>
    values.map((own, index) => (documents[index] === document ? value : own));
  return {
    lines,
    documents,
    effectsOf({ document, pointer, value }) {
      const others = otherValues(value, schemaAt(schemas(kindOf(document)), pointer));
      for (const other of others) {
        const effects = attempt(replaced(document, withField(document.value, pointer, other)));
        if (effects !== undefined) return effects;
      }
      if (typeof value === 'string') {
        for (const other of others.slice(0, 3)) {
          const effects = attempt(values.map((own) => withEvery(own, value, other)));
          if (effects !== undefined) return effects;
        }
      }
      return attempt(replaced(document, withField(document.value, pointer, undefined)));
    },
    *absentFields(document) {
      for (const { pointer, schema } of absentIn(document.value, schemas(kindOf(document)), '')) {
        const effects = firstEffects(firstValues(schema), (other) =>
          attempt(replaced(document, withField(document.value, pointer, other))),
        );
        if (effects !== undefined) yield { pointer, effects };
      }
    },
  };
}

/** All leaves of some documents. */
export function fieldsOf(documents: readonly SpecDocument[]): TracedField[] {
  return documents.flatMap((document) =>
    leavesOf(document.value)
      .filter(({ pointer }) => pointer !== '/apiVersion' && pointer !== '/kind')
      .map((leaf) => ({ ...leaf, document })),
  );
}

/** Kind of a document that may be anything. */
export function kindOf({ value }: SpecDocument): string {
  return String((value as { readonly kind?: unknown }).kind);
}

/** The lines that documents become; undefined where they do not compile. */
export function linesOf(documents: readonly SpecDocument[]): Lines | undefined {
  let failed = false;
  const lines = new Map<string, readonly string[]>();
  const artefacts = compileDocuments(documents, ({ code }) => {
    failed ||= severityOf(code) === 'error';
  });
  for (const { path, text } of artefacts) lines.set(path, text.split('\n'));
  return failed ? undefined : lines;
}

/** An artefact that goes away has changed in every line; one that only has another name is compared under that name. */
function effectsBetween(before: Lines, after: Lines): Effects {
  const gone = [...before.keys()].filter((path) => !after.has(path));
  const come = [...after.keys()].filter((path) => !before.has(path));
  const renamed = new Map(gone.length === come.length ? gone.map((path, index) => [path, come[index]!]) : []);
  const effects = new Map<string, readonly number[]>();
  for (const [path, own] of before) {
    const changed = changedLines(own, after.get(renamed.get(path) ?? path) ?? []);
    if (changed.length > 0) effects.set(path, changed);
  }
  return effects;
}

/** The effects of the first value that has any. */
function firstEffects(
  others: readonly unknown[],
  attempt: (other: unknown) => Effects | undefined,
): Effects | undefined {
  for (const other of others) {
    const effects = attempt(other);
    if (effects !== undefined && effects.size > 0) return effects;
  }
  return undefined;
}

/** Scalars that a schema has and a spec does not, in objects that are there or that have no required field. */
function* absentIn(
  value: unknown,
  schema: FieldSchema | undefined,
  pointer: string,
): Generator<{ readonly pointer: string; readonly schema: FieldSchema }> {
  if (pointer === '/metadata' || schema === undefined) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* absentIn(item, schema.items as FieldSchema | undefined, `${pointer}/${index}`);
    }
    return;
  }
  if (schema.properties === undefined) {
    if (value === undefined && schema.type !== 'object' && schema.type !== 'array') yield { pointer, schema };
    return;
  }
  if (value === undefined && ((schema.required as readonly string[] | undefined) ?? []).length > 0) return;
  for (const [key, field] of Object.entries(schema.properties as Readonly<Record<string, FieldSchema>>)) {
    yield* absentIn((value as Readonly<Record<string, unknown>> | undefined)?.[key], field, `${pointer}/${key}`);
  }
}
