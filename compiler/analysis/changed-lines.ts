import { lineEdits } from './line-edits';

/** The lines of the first text, from 1, that the second does not have at that place: those that a shortest edit takes away. */
export function changedLines(before: readonly string[], after: readonly string[]): number[] {
  const own = lineEdits(before, after).filter(({ sign }) => sign !== '+');
  return own.flatMap(({ sign }, index) => (sign === '-' ? [index + 1] : []));
}
