import type { Location } from '../diagnostics';

/** Which part of a field a diagnostic points at: its value, or its key where the key itself is wrong. */
export type Part = 'value' | 'key';

/** A source of specs: the text of one file, or of standard input. */
export interface Source {
  /** As the user would name it in a message. */
  readonly file: string;
  readonly text: string;
}

/**
 * One document of a fleet, as plain data, that knows where each of its fields stands.
 * Positions are found on demand, from the parsed document: input without problems never pays for them.
 */
export interface SpecDocument {
  /** Plain data as JSON has it. Not yet checked. */
  readonly value: unknown;
  /** The document as it was written, without its `---` line; absent where it was never a text. */
  readonly text?: string;
  /** Where the field at a JSON pointer (RFC 6901) stands; the nearest field around it where it is absent. */
  readonly locate: (pointer: string, part?: Part) => Location;
  /** On trial: what is wrong with its meaning is told, and it is rendered all the same, to see what a field makes. */
  readonly isTrial?: true;
}

/** A document from plain data, such as the props of a construct; all its locations are `name`. */
export function documentFromData(name: string, value: unknown): SpecDocument {
  return { value, locate: (pointer) => ({ file: name, pointer }) };
}

/** The keys that a JSON pointer names, unescaped. */
export function pointerKeys(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON pointer with one more key. */
export function pointerTo(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A JSON pointer after all pointers to what is around it, the document itself aside. */
export function pointersAround(pointer: string): string[] {
  const keys = pointer.split('/').slice(1);
  return keys.map((_, index) => `/${keys.slice(0, index + 1).join('/')}`);
}
