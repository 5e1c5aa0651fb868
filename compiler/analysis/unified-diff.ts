/** Edits beyond which no shortest script is looked for: the time it takes grows with their square. */
const MOST_EDITS = 1500;

/** Unchanged lines around a change. */
const CONTEXT = 3;

/** One line of a comparison. */
interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/**
 * The lines of a unified diff without their headers, none where the texts are equal: GNU diffutils, "Detailed Description of
 * Unified Format". A text that is not there is undefined.
 */
export function unifiedDiff(before: string | undefined, after: string | undefined): string[] {
  if (before === after) return [];
  const edits = compareLines(linesOf(before ?? ''), linesOf(after ?? ''));
  return hunksOf(edits);
}

/** The lines of a text; what the format says of a last line without a line feed belongs to that line. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop();
  return last === '' || last === undefined ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

function compareLines(a: readonly string[], b: readonly string[]): Edit[] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [
    ...a.slice(0, start).map(kept),
    ...shortestScript(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(kept),
  ];
}

const kept = (line: string): Edit => ({ sign: ' ', line });
const removed = (line: string): Edit => ({ sign: '-', line });
const added = (line: string): Edit => ({ sign: '+', line });

/** E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986; texts with little in common are replaced as a whole. */
function shortestScript(a: readonly string[], b: readonly string[]): Edit[] {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const furthest = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const rounds: Int32Array[] = [];
  for (let d = 0; d <= most; d += 1) {
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && furthest[middle + k - 1]! < furthest[middle + k + 1]!);
      let x = down ? furthest[middle + k + 1]! : furthest[middle + k - 1]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return backtrack(a, b, rounds);
    }
    rounds.push(furthest.slice(middle - d, middle + d + 1));
  }
  return [...a.map(removed), ...b.map(added)];
}

/** The way back from the end of both texts; `rounds[d]` has what was reached with d edits, by diagonal from -d. */
function backtrack(a: readonly string[], b: readonly string[], rounds: readonly Int32Array[]): Edit[] {
  const edits: Edit[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = rounds.length; d > 0; d -= 1) {
    const reached = (k: number): number => rounds[d - 1]![k + d - 1] ?? -1;
    const k = x - y;
    const down = k === -d || (k !== d && reached(k - 1) < reached(k + 1));
    const from = down ? k + 1 : k - 1;
    const startX = reached(from);
    const startY = startX - from;
    while (x > startX && y > startY) {
      x -= 1;
      y -= 1;
      edits.push(kept(a[x]!));
    }
    edits.push(down ? added(b[startY]!) : removed(a[startX]!));
    x = startX;
    y = startY;
  }
  while (x > 0) {
    x -= 1;
    edits.push(kept(a[x]!));
  }
  return edits.reverse();
}

function hunksOf(edits: readonly Edit[]): string[] {
  const changes = edits.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  const lines: string[] = [];
  const at = { before: 0, after: 0, index: 0 };
  for (let next = 0; next < changes.length; ) {
    const first = changes[next]!;
    let last = first;
    while (next < changes.length && changes[next]! - last <= 2 * CONTEXT + 1) {
      last = changes[next]!;
      next += 1;
    }
    const start = Math.max(0, first - CONTEXT);
    for (; at.index < start; at.index += 1) step(edits[at.index]!, at);
    const hunk = edits.slice(start, last + CONTEXT + 1);
    lines.push(headOf(hunk, at), ...hunk.map(({ sign, line }) => sign + line));
  }
  return lines;
}

function step({ sign }: Edit, at: { before: number; after: number }): void {
  if (sign !== '+') at.before += 1;
  if (sign !== '-') at.after += 1;
}

/** Where a hunk begins, and how many lines it has on each side; a side without lines names the line before it. */
function headOf(hunk: readonly Edit[], { before, after }: { readonly before: number; readonly after: number }): string {
  const range = (start: number, other: Edit['sign']): string => {
    const count = hunk.filter(({ sign }) => sign !== other).length;
    const line = count === 0 ? start : start + 1;
    return count === 1 ? String(line) : `${line},${count}`;
  };
  return `@@ -${range(before, '+')} +${range(after, '-')} @@`;
}
