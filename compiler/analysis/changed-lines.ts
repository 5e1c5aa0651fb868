/** Above this size of two blocks that differ, all of their lines count as changed: nobody reads such a difference. */
const LIMIT = 4_000_000;

/** The lines of the first text, from 1, that the second does not have at that place: those that a shortest edit takes away. */
export function changedLines(before: readonly string[], after: readonly string[]): number[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore -= 1;
    endAfter -= 1;
  }
  const kept = keptLines(before.slice(start, endBefore), after.slice(start, endAfter));
  const changed: number[] = [];
  for (let index = start; index < endBefore; index += 1) if (!kept.has(index - start)) changed.push(index + 1);
  return changed;
}

/** Indices of the first list that are part of a longest common subsequence. */
function keptLines(before: readonly string[], after: readonly string[]): ReadonlySet<number> {
  const [rows, columns] = [before.length, after.length];
  const kept = new Set<number>();
  if (rows * columns === 0 || rows * columns > LIMIT) return kept;
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const next = (row + 1) * width + column;
      lengths[row * width + column] =
        before[row] === after[column]
          ? lengths[next + 1]! + 1
          : Math.max(lengths[next]!, lengths[row * width + column + 1]!);
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (before[row] === after[column]) {
      kept.add(row);
      row += 1;
      column += 1;
    } else if (lengths[(row + 1) * width + column]! >= lengths[row * width + column + 1]!) row += 1;
    else column += 1;
  }
  return kept;
}
