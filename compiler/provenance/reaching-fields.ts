import type { Texts } from './compiled-texts';
import type { TracedField } from './traced-field';

/** Other values of a field, the nearest first. */
export type OthersOf = (field: TracedField) => readonly unknown[];

/** What comes out, whatever is wrong with it, where some fields have other values; undefined where something is left out. */
export type Trial = (changes: ReadonlyMap<TracedField, unknown>) => Texts | undefined;

/**
 * Those of some fields that may reach an artefact. Many are changed at once, and where that leaves the text as it is, none
 * of them reaches it; where it does not, halves of them are tried.
 */
export function reachingFields(
  path: string,
  text: string,
  fields: readonly TracedField[],
  othersOf: OthersOf,
  trial: Trial,
): readonly TracedField[] {
  const textWith = (some: readonly TracedField[], other: (field: TracedField) => unknown): string | undefined =>
    trial(new Map(some.map((field) => [field, other(field)])))?.get(path);
  const first = (field: TracedField): unknown => othersOf(field)[0];
  const last = (field: TracedField): unknown => othersOf(field).at(-1);
  const isReached = (some: readonly TracedField[]): boolean => {
    const items = some.filter(({ pointer }) => /\/\d+$/.test(pointer));
    if (textWith(some, first) !== text) return true;
    // What stands twice in a list makes no difference, where one item less may.
    if (items.length > 0 && textWith(items, () => undefined) !== text) return true;
    // The last of the other values is the farthest one: it counts where something comes of it.
    return (textWith(some, last) ?? text) !== text;
  };
  const reaching = (some: readonly TracedField[]): readonly TracedField[] => {
    if (!isReached(some)) return [];
    if (some.length <= 1) return some;
    const half = Math.ceil(some.length / 2);
    return [...reaching(some.slice(0, half)), ...reaching(some.slice(half))];
  };
  const documents = [...new Set(fields.map(({ document }) => document))];
  const found = documents.flatMap((own) => reaching(fields.filter(({ document }) => document === own)));
  // A name is changed together with all that name it.
  const texts = new Set(found.map(({ value }) => value).filter((value) => typeof value === 'string'));
  return fields.filter((field) => found.includes(field) || texts.has(field.value as string));
}
