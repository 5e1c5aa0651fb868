import type { LeafDifference } from '../spec/leaf-differences';
import type { Reason } from './rule';

const WORD = /^(.*\/containers\/[^/]+)\/(?:command|args)\//;

const MOVED: Reason = { effect: 'same', reason: 'the same word of the command line, in another place' };

const STARTED: Reason = {
  effect: 'changed',
  reason: 'the program by its path in the image of the document, and no shell starts it: it gets the signals itself',
};

/** Reasons for words of a command line that moved, between `command`, `args` and the script of a shell. */
export function reasonsOfWords(leaves: readonly LeafDifference[]): ReadonlyMap<LeafDifference, Reason> {
  const reasons = new Map<LeafDifference, Reason>();
  const words = leaves.filter(({ path }) => WORD.test(path));
  const added = words.filter((leaf) => !('before' in leaf));
  for (const gone of words.filter((leaf) => !('after' in leaf))) {
    const twin = added.find(
      (leaf) => !reasons.has(leaf) && placeOf(leaf) === placeOf(gone) && leaf.after === gone.before,
    );
    if (twin === undefined) continue;
    reasons.set(gone, MOVED);
    reasons.set(twin, MOVED);
  }
  for (const leaf of words) {
    if (reasons.has(leaf)) continue;
    const text = String('after' in leaf ? leaf.after : leaf.before);
    // Flags of a shell have one letter.
    if (/^-[a-z]*c$|^[^-\s][^=\s]*$/.test(text)) reasons.set(leaf, STARTED);
  }
  return reasons;
}

function placeOf({ object, path }: LeafDifference): string {
  return `${object} ${WORD.exec(path)![1]}`;
}
