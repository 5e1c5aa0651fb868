import type { Code, Report } from '../diagnostics';
import { pointerTo, type SpecDocument } from '../spec/document';
import { show } from '../spec/shape-errors';

/** A field of an object that the API server printed: a value that is not trusted yet, and its place. */
export interface StateField {
  readonly value: unknown;
  /** JSON pointer (RFC 6901) from the root of the document. */
  readonly pointer: string;
  readonly refuse: (code: Code, pointer: string, message: string) => void;
}

/** A form of text, and the words for it in a message. */
interface TextForm {
  readonly pattern: RegExp;
  readonly expected: string;
}

/** A whole document as a field. */
export function rootField(document: SpecDocument, report: Report): StateField {
  return {
    value: document.value,
    pointer: '',
    refuse: (code, pointer, message) => report({ code, message, location: document.locate(pointer) }),
  };
}

/** A field below an object. Absent and null are the same, as they are for Kubernetes. */
export function fieldAt(field: StateField, ...keys: readonly string[]): StateField {
  return keys.reduce(
    (parent, key) => ({
      value: valueAt(parent, key),
      pointer: pointerTo(parent.pointer, key),
      refuse: field.refuse,
    }),
    field,
  );
}

/** The items of a list; none where it is absent. */
export function itemsOf(field: StateField): StateField[] {
  const { value, pointer } = field;
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) return wrongType(field, 'a list') ?? [];
  return value.map((item: unknown, index) => ({ ...field, value: item, pointer: pointerTo(pointer, index) }));
}

/** A text of a form; undefined where it is absent, or refused. */
export function textOf(field: StateField, { pattern, expected }: TextForm): string | undefined {
  const { value, pointer, refuse } = field;
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string') return wrongType(field, 'a text');
  if (pattern.test(value)) return value;
  refuse('BAL2006', pointer, `${show(value)} is not ${expected}`);
  return undefined;
}

/** A text of a form that has to be there. */
export function requiredTextOf(field: StateField, form: TextForm): string | undefined {
  return isAbsent(field.value) ? missing(field) : textOf(field, form);
}

/** One of the words that the field takes; the first where it is absent, undefined where it is refused. */
export function wordOf<Word extends string>(field: StateField, words: readonly [Word, ...Word[]]): Word | undefined {
  const { value, pointer, refuse } = field;
  if (isAbsent(value)) return words[0];
  const word = words.find((each) => each === value);
  if (word === undefined) refuse('BAL2004', pointer, `${show(value)} is not one of ${words.join(', ')}`);
  return word;
}

/** A boolean; undefined where it is absent, or refused. */
export function flagOf(field: StateField): boolean | undefined {
  if (isAbsent(field.value)) return undefined;
  return typeof field.value === 'boolean' ? field.value : wrongType(field, 'true or false');
}

/** A TCP or UDP port number (RFC 6335) that has to be there; undefined where it is refused. */
export function portOf(field: StateField): number | undefined {
  const { value, pointer, refuse } = field;
  if (isAbsent(value)) return missing(field);
  if (typeof value !== 'number') return wrongType(field, 'a number');
  if (Number.isInteger(value) && value >= 1 && value <= 65535) return value;
  refuse('BAL2005', pointer, `${show(value)} is not between 1 and 65535`);
  return undefined;
}

/** Whether a field has nothing to say. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function valueAt(parent: StateField, key: string): unknown {
  const { value } = parent;
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return wrongType(parent, 'an object');
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function wrongType({ value, pointer, refuse }: StateField, expected: string): undefined {
  refuse('BAL2002', pointer, `expected ${expected}, got ${show(value)}`);
}

function missing({ pointer, refuse }: StateField): undefined {
  refuse('BAL2003', pointer, `"${pointer.slice(pointer.lastIndexOf('/') + 1)}" is missing`);
}
