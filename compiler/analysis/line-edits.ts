/** Edits beyond which no shortest script is looked for: the time it takes grows with their square. */
const MOST_EDITS = 1500;

/** A line of two texts that are compared: of the first alone (-), of the second alone (+), or of both. */
export interface LineEdit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** The lines of two texts in one list, with the fewest edits; texts with little in common are replaced as a whole. */
export function lineEdits(before: readonly string[], after: readonly string[]): LineEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    ...before.slice(0, start).map(kept),
    ...shortestScript(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(kept),
  ];
}

const kept = (line: string): LineEdit => ({ sign: ' ', line });
const removed = (line: string): LineEdit => ({ sign: '-', line });
const added = (line: string): LineEdit => ({ sign: '+', line });

/** Of all shortest scripts the one that keeps a line as soon as it can, and removes before it adds. */
function shortestScript(a: readonly string[], b: readonly string[]): LineEdit[] {
  const rounds = roundsFromEnd(a, b);
  if (rounds === undefined) return [...a.map(removed), ...b.map(added)];
  const edits: LineEdit[] = [];
  let [x, y, d] = [a.length, b.length, rounds.length];
  while (x > 0 || y > 0) {
    const [line, other] = [a[a.length - x], b[b.length - y]];
    if (line === other) {
      edits.push(kept(line!));
      x -= 1;
      y -= 1;
      continue;
    }
    d -= 1;
    const isRemoved = x > 0 && (rounds[d]![x - 1 - y + d] ?? -1) >= x - 1;
    edits.push(isRemoved ? removed(line!) : added(other!));
    if (isRemoved) x -= 1;
    else y -= 1;
  }
  return edits;
}

/**
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, from the end of both lists: x and y count lines back from
 * there. `[d]` has the furthest x that d edits reach, by diagonal x - y from -d; undefined where too many edits are needed.
 */
function roundsFromEnd(a: readonly string[], b: readonly string[]): Int32Array[] | undefined {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const furthest = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const rounds: Int32Array[] = [];
  for (let d = 0; d <= most; d += 1) {
    for (let k = -d; k <= d; k += 2) {
      const isAdded = k === -d || (k !== d && furthest[middle + k - 1]! < furthest[middle + k + 1]!);
      let x = isAdded ? furthest[middle + k + 1]! : furthest[middle + k - 1]! + 1;
      while (x < a.length && x - k < b.length && a[a.length - 1 - x] === b[b.length - 1 - x + k]) x += 1;
      furthest[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return rounds;
    }
    rounds.push(furthest.slice(middle - d, middle + d + 1));
  }
  return undefined;
}
