import type { Document } from 'yaml';

/** As much text as aliases may stand for, in UTF-16 code units: as much as the annotations of an object may have. */
export const MAX_ALIASED = 262_144;

/** An anchored value, by its offsets. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The offset of the alias with which the aliases of a document stand for more text than they may, counted with what they multiply to. */
export function aliasedTooMuch(document: Document): number | undefined {
  const { visit } = require('yaml') as typeof import('yaml');
  const anchors = new Map<string, Extent>();
  const offsets: number[] = [];
  /** The text for which the aliases so far stand, one more at each place. */
  const sums = [0];
  let found: number | undefined;
  visit(document, {
    Node(_, node) {
      if (!('anchor' in node) || !node.anchor || !node.range) return;
      anchors.set(node.anchor, { start: node.range[0], end: node.range[1] });
    },
    Alias(_, { source, range }) {
      const { start, end } = anchors.get(source) ?? { start: 0, end: 0 };
      const within = (sums[countBefore(offsets, end)] ?? 0) - (sums[countBefore(offsets, start)] ?? 0);
      offsets.push(range?.[0] ?? 0);
      const sum = (sums.at(-1) ?? 0) + end - start + within;
      sums.push(sum);
      if (sum <= MAX_ALIASED) return undefined;
      found = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** How many of some growing offsets are smaller than one. */
function countBefore(offsets: readonly number[], offset: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
