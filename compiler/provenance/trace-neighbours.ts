import { leavesOf } from '../analysis/spec-variants';
import { rememberedStages } from '../remembered-stages';
import type { SpecDocument } from '../spec/document';
import { textsOf } from './compiled-texts';

/** Some documents, those that name them, and all that any of these names: mostly a fleet that compiles, and a small one. */
export function around(own: readonly SpecDocument[], fleet: readonly SpecDocument[]): readonly SpecDocument[] {
  const byName = new Map<string, SpecDocument[]>();
  for (const document of fleet) byName.set(nameOf(document), [...(byName.get(nameOf(document)) ?? []), document]);
  const texts = new Map(fleet.map((document) => [document, textsIn(document)]));
  const names = own.map(nameOf);
  const chosen = new Set(own);
  for (const document of fleet) if (names.some((name) => texts.get(document)!.has(name))) chosen.add(document);
  // A set that grows while it is walked: what is added is walked too.
  for (const document of chosen) {
    for (const text of texts.get(document) ?? []) for (const named of byName.get(text) ?? []) chosen.add(named);
  }
  return fleet.filter((document) => chosen.has(document));
}

/** Those of some documents without which an artefact would be another, or nothing would compile; and those that must stay. */
export function neededFor(
  path: string,
  documents: readonly SpecDocument[],
  mustStay: readonly SpecDocument[],
): readonly SpecDocument[] {
  const stages = rememberedStages();
  const text = textsOf(documents, stages)?.get(path);
  let kept = documents;
  const drop = (some: readonly SpecDocument[]): void => {
    if (some.length === 0) return;
    const without = kept.filter((document) => !some.includes(document));
    if (textsOf(without, stages)?.get(path) === text) kept = without;
    else if (some.length > 1) {
      const half = Math.ceil(some.length / 2);
      drop(some.slice(0, half));
      drop(some.slice(half));
    }
  };
  drop(documents.filter((document) => !mustStay.includes(document)));
  return kept;
}

/** Name of a document that may be anything. */
export function nameOf({ value }: SpecDocument): string {
  return String((value as { readonly metadata?: { readonly name?: unknown } } | null)?.metadata?.name);
}

function textsIn({ value }: SpecDocument): ReadonlySet<string> {
  return new Set(leavesOf(value).flatMap(({ value: leaf }) => (typeof leaf === 'string' ? [leaf] : [])));
}
