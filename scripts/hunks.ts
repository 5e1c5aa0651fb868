import type { LineEdit } from '../compiler/analysis/line-edits';

/** The lines that differ with a few around them; "..." stands for those left out between two places. */
export function hunks(edits: readonly LineEdit[], context: number): string {
  const near = edits.map((_, at) =>
    edits.slice(Math.max(0, at - context), at + context + 1).some(({ sign }) => sign !== ' '),
  );
  return edits
    .map(({ sign, line }, at) => {
      if (near[at]) return `${sign}${line}\n`;
      return near[at - 1] && near.indexOf(true, at) !== -1 ? ' ...\n' : '';
    })
    .join('');
}
