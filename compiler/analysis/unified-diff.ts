import { type LineEdit, lineEdits } from './line-edits';

/** Unchanged lines around a change. */
const CONTEXT = 3;

/**
 * The lines of a unified diff without their headers, none where the texts are equal: GNU diffutils, "Detailed Description of
 * Unified Format". A text that is not there is undefined.
 */
export function unifiedDiff(before: string | undefined, after: string | undefined): string[] {
  if (before === after) return [];
  return hunksOf(lineEdits(linesOf(before ?? ''), linesOf(after ?? '')));
}

/** The lines of a text; what the format says of a last line without a line feed belongs to that line. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop();
  return last === '' || last === undefined ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

function hunksOf(edits: readonly LineEdit[]): string[] {
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

function step({ sign }: LineEdit, at: { before: number; after: number }): void {
  if (sign !== '+') at.before += 1;
  if (sign !== '-') at.after += 1;
}

/** Where a hunk begins, and how many lines it has on each side; a side without lines names the line before it. */
function headOf(
  hunk: readonly LineEdit[],
  { before, after }: { readonly before: number; readonly after: number },
): string {
  const range = (start: number, other: LineEdit['sign']): string => {
    const count = hunk.filter(({ sign }) => sign !== other).length;
    const line = count === 0 ? start : start + 1;
    return count === 1 ? String(line) : `${line},${count}`;
  };
  return `@@ -${range(before, '+')} +${range(after, '-')} @@`;
}
