import type { SpecDocument } from '../spec/document';

/** Kinds that other documents name. */
type NeighbourKind = 'ApiResource' | 'PhaseMachine';

/** What a document can ask about the other documents of its fleet. What is wrong with one of those is told where that one is compiled. */
export interface Neighbours {
  /** The document of a kind and name: the first, where there are two. */
  readonly find: (kind: NeighbourKind, name: string) => SpecDocument | undefined;
  /** The names of all documents of a kind: what somebody may have meant. */
  readonly names: (kind: NeighbourKind) => readonly string[];
}

/** The neighbours among some documents, which are read when the first one is asked for. */
export function neighboursAmong(documentsOf: (kind: NeighbourKind) => Iterable<SpecDocument>): Neighbours {
  const byKind = new Map<NeighbourKind, ReadonlyMap<string, SpecDocument>>();
  const ofKind = (kind: NeighbourKind): ReadonlyMap<string, SpecDocument> => {
    const known = byKind.get(kind) ?? byName(kind, documentsOf(kind));
    byKind.set(kind, known);
    return known;
  };
  return { find: (kind, name) => ofKind(kind).get(name), names: (kind) => [...ofKind(kind).keys()] };
}

function byName(kind: NeighbourKind, documents: Iterable<SpecDocument>): ReadonlyMap<string, SpecDocument> {
  const found = new Map<string, SpecDocument>();
  for (const document of documents) {
    const value = document.value as { readonly kind?: unknown; readonly metadata?: { readonly name?: unknown } };
    const name = value.kind === kind ? value.metadata?.name : undefined;
    if (typeof name === 'string' && !found.has(name)) found.set(name, document);
  }
  return found;
}
