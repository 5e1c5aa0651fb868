/** A line of two texts that are compared: of the first alone (-), of the second alone (+), or of both. */
export interface DiffLine {
  readonly mark: '-' | '+' | ' ';
  readonly text: string;
}

/** The lines of two texts in one list, with the fewest marked ones, as a unified diff has them. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const common = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      lines.push({ mark: ' ', text: before[i++]! });
      j++;
    } else if (i < before.length && common[i + 1]![j]! >= (common[i]![j + 1] ?? -1)) {
      lines.push({ mark: '-', text: before[i++]! });
    } else lines.push({ mark: '+', text: after[j++]! });
  }
  return lines;
}

/** At [i][j], how many lines the rests of the texts from there on have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      table[i]![j] =
        before[i] === after[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}

/** The marked lines with a few around them; "..." stands for those left out between two places. */
export function hunks(lines: readonly DiffLine[], context: number): string {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ mark }) => mark !== ' '),
  );
  return lines
    .map(({ mark, text }, at) => {
      if (near[at]) return `${mark}${text}\n`;
      return near[at - 1] && near.indexOf(true, at) !== -1 ? ' ...\n' : '';
    })
    .join('');
}
