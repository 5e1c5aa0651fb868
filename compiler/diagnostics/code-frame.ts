import type { Location } from './diagnostic';
import { extentAt } from './extent';
import { showControls } from './show-controls';

/** The lines of a file by its name in messages; undefined where its text is not at hand. */
export type LinesOf = (file: string) => readonly string[] | undefined;

/** How the parts of a report look: the command adds colours on a terminal. */
export type Palette = Readonly<Record<'error' | 'warning' | 'place' | 'gutter' | 'caret', (text: string) => string>>;

const asIs = (text: string): string => text;

/** No colours. */
export const PLAIN: Palette = { error: asIs, warning: asIs, place: asIs, gutter: asIs, caret: asIs };

/** As many terminal columns of a line as are shown. */
const WIDTH = 100;

/** Columns that stay visible before the caret where a line is cut. */
const LEAD = 40;

const TAB = 4;

/** As much of a line, in UTF-16 code units, as a frame is made from: a file of JSON may be a single line with a thousand problems. */
const PART = 400;

/** The lines of a text as frames and columns count them: without a byte order mark and without the CR of CRLF. */
export function linesIn(text: string): readonly string[] {
  return text.replace(/^\ufeff/, '').split(/\r?\n/);
}

/**
 * The line of a place with its number, a caret range below it, and `context` lines before and after it. Empty where there
 * is no such line.
 */
export function codeFrame(
  { file, line: number, column = 1 }: Location,
  linesOf: LinesOf,
  palette: Palette,
  context: number,
): string[] {
  const lines = number === undefined ? undefined : linesOf(file);
  const line = number === undefined ? undefined : lines?.[number - 1];
  if (lines === undefined || number === undefined || line === undefined) return [];
  const cut = Math.max(0, column - 1 - PART / 2);
  const cells = cellsOf(partOf(line, cut));
  const at = column - 1 - cut;
  const start = widthOf(cells.filter(({ offset }) => offset < at));
  const length = extentAt(line, column);
  const caret = widthOf(cells.filter(({ offset }) => offset >= at && offset < at + length));
  const from = start + Math.min(caret, LEAD) > WIDTH - 2 ? start - LEAD : 0;
  const gutter = String(number + context).length;
  const row = (label: number | string, text: string): string =>
    `  ${palette.gutter(`${String(label).padStart(gutter)} |`)} ${text}`.trimEnd();
  const neighbour = (at: number): string[] => {
    const text = window(cellsOf(partOf(lines[at - 1] ?? '', cut)), from);
    return text.replaceAll('…', '').trim() === '' ? [] : [row(at, text)];
  };
  const offsets = Array.from({ length: context }, (_, index) => index + 1);
  const marks = '^'.repeat(Math.max(1, Math.min(caret, WIDTH - (start - from) - 1)));
  return [
    ...[...offsets].reverse().flatMap((offset) => neighbour(number - offset)),
    row(number, window(cells, from)),
    row('', `${' '.repeat(start - from + (from > 0 ? 1 : 0))}${palette.caret(marks)}`),
    ...offsets.flatMap((offset) => neighbour(number + offset)),
  ];
}

/** What a frame may need of a line. A character of two code units that the cut goes through is left out. */
function partOf(line: string, cut: number): string {
  const part = line.slice(cut, cut + PART);
  return cut === 0 && part.length === line.length ? part : part.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ' ');
}

/** One character as it is shown. */
interface Cell {
  readonly text: string;
  /** Columns of a terminal. */
  readonly width: number;
  /** UTF-16 code units before it. */
  readonly offset: number;
}

function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let offset = 0;
  let at = 0;
  for (const character of line) {
    const text = character === '\t' ? ' '.repeat(TAB - (at % TAB)) : showControls(character);
    const width = text === character ? terminalWidth(character) : text.length;
    cells.push({ text, width, offset });
    offset += character.length;
    at += width;
  }
  return cells;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

/** The part of a line that fits, from a column on; `…` where something is left out. */
function window(cells: readonly Cell[], from: number): string {
  let at = 0;
  let shown = from > 0 ? '…' : '';
  for (const { text, width } of cells) {
    at += width;
    if (at <= from) continue;
    if (at > from + WIDTH) return `${shown}…`;
    // A wide character that the cut goes through leaves one column.
    shown += at - width < from ? ' '.repeat(at - from) : text;
  }
  return shown;
}

/** Columns that a terminal gives a character: https://www.unicode.org/reports/tr11/ (East Asian width), near enough. */
function terminalWidth(character: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
