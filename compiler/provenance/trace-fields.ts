import { type FieldSchema, firstValues, otherValues, schemaAt, withEvery, withField } from '../analysis/spec-variants';
import { rememberedStages } from '../remembered-stages';
import type { SpecDocument } from '../spec/document';
import { absentIn } from './absent-fields';
import { type Effects, effectsBetween, type Texts, textsOf, trialTextsOf } from './compiled-texts';
import { type OthersOf, reachingFields, type Trial } from './reaching-fields';
import { fieldsOf, kindOf, type TracedField } from './traced-field';

/** Lines of the artefacts, by path. */
export type Lines = ReadonlyMap<string, readonly string[]>;

/** What changes with a field. */
export interface Change {
  readonly effects: Effects;
  /** Whether a value was found that a spec may have there. If not, it was seen with one that is refused. */
  readonly isAccepted: boolean;
}

/** Asks the compiler what depends on what, by changing one field after the other. */
export interface Tracer {
  readonly lines: Lines;
  readonly documents: readonly SpecDocument[];
  /** What changes with a field; undefined where no other value becomes anything. */
  readonly changeOf: (field: TracedField) => Change | undefined;
  /** The fields that may reach an artefact. */
  readonly fieldsReaching: (path: string) => readonly TracedField[];
  /** Fields that a document leaves out, each with the lines that would change with it. */
  readonly absentFields: (document: SpecDocument) => Iterable<{ readonly pointer: string; readonly effects: Effects }>;
}

/** The schema of a kind; undefined for a kind that is not ours. */
export type Schemas = (kind: string) => FieldSchema | undefined;

/** The effects of a change of one document, or of the values of all; undefined where what comes out is no answer. */
interface Attempts {
  /** What the documents become as they are. */
  readonly texts: Texts;
  readonly accepted: (values: readonly unknown[]) => Effects | undefined;
  /** The texts of what is refused too; undefined where something is left out because of it: that says nothing of a line. */
  readonly onTrial: (values: ReadonlyMap<SpecDocument, unknown>) => Texts | undefined;
  readonly replaced: (document: SpecDocument, value: unknown) => readonly unknown[];
  readonly values: readonly unknown[];
}

/** A tracer for documents that compile without an error; undefined for others. It remembers its answers. */
export function tracer(documents: readonly SpecDocument[], schemas: Schemas): Tracer | undefined {
  const isOurs = (document: SpecDocument): boolean => schemas(kindOf(document)) !== undefined;
  const attempts = attemptsOn(documents, isOurs);
  if (attempts === undefined) return undefined;
  const schemaOf = (document: SpecDocument): FieldSchema | undefined => schemas(kindOf(document));
  const changes = new Map<SpecDocument, Map<string, Change | undefined>>();
  const absent = new Map<SpecDocument, ReturnType<Tracer['absentFields']>>();
  return {
    lines: new Map([...attempts.texts].map(([path, text]) => [path, text.split('\n')])),
    documents,
    changeOf(field) {
      const known = changes.get(field.document) ?? new Map<string, Change | undefined>();
      changes.set(field.document, known);
      if (!known.has(field.pointer)) {
        known.set(field.pointer, changeOf(field, schemaAt(schemaOf(field.document), field.pointer), attempts));
      }
      return known.get(field.pointer);
    },
    fieldsReaching(path) {
      const othersOf: OthersOf = ({ document, pointer, value }) =>
        otherValues(value, schemaAt(schemaOf(document), pointer));
      const trial: Trial = (changed) => attempts.onTrial(valuesWith(changed));
      return reachingFields(path, attempts.texts.get(path) ?? '', fieldsOf(documents), othersOf, trial);
    },
    absentFields(document) {
      const fields = absent.get(document) ?? [...absentFields(document, schemaOf(document), attempts)];
      absent.set(document, fields);
      return fields;
    },
  };
}

function attemptsOn(
  documents: readonly SpecDocument[],
  isOurs: (document: SpecDocument) => boolean,
): Attempts | undefined {
  const stages = rememberedStages();
  const texts = textsOf(documents, stages);
  if (texts === undefined) return undefined;
  const values = documents.map(({ value }) => value);
  const onTrial = documents.map((document) => (isOurs(document) ? trialOf(document, document.value) : document));
  return {
    texts,
    values,
    replaced: (document, value) => values.map((own, index) => (documents[index] === document ? value : own)),
    accepted(others) {
      const changed = documents.map((document, index) =>
        others[index] === document.value ? document : { value: others[index], locate: document.locate },
      );
      const after = textsOf(changed, stages);
      return after && effectsBetween(texts, after);
    },
    onTrial(others) {
      const changed = documents.map((document, index) =>
        others.has(document) ? trialOf(document, others.get(document)) : onTrial[index]!,
      );
      const after = trialTextsOf(changed, stages);
      return after?.size === texts.size ? after : undefined;
    },
  };
}

/** A document with a value that may be refused. */
function trialOf({ locate }: SpecDocument, value: unknown): SpecDocument {
  return { value, locate, isTrial: true };
}

function changeOf(field: TracedField, schema: FieldSchema | undefined, attempts: Attempts): Change | undefined {
  const { document, pointer, value } = field;
  const others = otherValues(value, schema);
  const effects =
    firstOf(others, (other) =>
      attempts.accepted(attempts.replaced(document, withField(document.value, pointer, other))),
    ) ??
    effectsOfNames(value, others, attempts) ??
    attempts.accepted(attempts.replaced(document, withField(document.value, pointer, undefined)));
  if (effects !== undefined) return { effects, isAccepted: true };
  const after = firstOf([...others, undefined], (other) =>
    attempts.onTrial(new Map([[document, withField(document.value, pointer, other)]])),
  );
  return after && { effects: effectsBetween(attempts.texts, after), isAccepted: false };
}

/** The documents of some fields, with other values in them. */
function valuesWith(changed: ReadonlyMap<TracedField, unknown>): ReadonlyMap<SpecDocument, unknown> {
  const values = new Map<SpecDocument, unknown>();
  // From the end on: an item that goes moves those behind it.
  for (const [{ document, pointer }, other] of [...changed].reverse()) {
    values.set(document, withField(values.get(document) ?? document.value, pointer, other));
  }
  return values;
}

/** A name is changed together with all that name it. */
function effectsOfNames(
  value: unknown,
  others: readonly unknown[],
  { values, accepted }: Attempts,
): Effects | undefined {
  if (typeof value !== 'string') return undefined;
  return firstOf(others.slice(0, 3), (other) => accepted(values.map((own) => withEvery(own, value, other))));
}

function* absentFields(
  document: SpecDocument,
  schema: FieldSchema | undefined,
  { accepted, replaced }: Attempts,
): Generator<{ readonly pointer: string; readonly effects: Effects }> {
  for (const { pointer, schema: own } of absentIn(document.value, schema)) {
    const effects = firstOf(firstValues(own), (other) => {
      const found = accepted(replaced(document, withField(document.value, pointer, other)));
      return found !== undefined && found.size > 0 ? found : undefined;
    });
    if (effects !== undefined) yield { pointer, effects };
  }
}

function firstOf<T, Found>(items: readonly T[], find: (item: T) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
