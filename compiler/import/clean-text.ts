import type { Source } from '../spec/document';

/** The ideographic space (U+3000), which comes with copies from documents in Chinese: YAML takes it for a part of words. */
const IDEOGRAPHIC_SPACE = /\u3000/g;

/** A text without what comes along when it is copied from a page. Lines keep their numbers. */
export interface CleanText {
  readonly source: Source;
  /** How many full-width spaces were read as blanks. */
  readonly spaces: number;
  /** How many columns each line lost, from the first one. */
  readonly removed: readonly number[];
}

/**
 * Replaces full-width spaces, and removes an indentation that all lines share: that of the file first, since within a list of a page even
 * `---` is indented, then that of each document.
 */
export function cleanText({ file, text }: Source): CleanText {
  const spaces = text.match(IDEOGRAPHIC_SPACE)?.length ?? 0;
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const lines = text.slice(mark.length).replace(IDEOGRAPHIC_SPACE, ' ').split('\n');
  const outer = withoutIndentation(lines);
  const inner = blocksOf(outer).flatMap(withoutIndentation);
  const removed = lines.map((line, index) => line.length - inner[index]!.length);
  return { source: { file, text: mark + inner.join('\n') }, spaces, removed };
}

/** The lines between the `---` lines, and those lines by themselves. */
function blocksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (/^---(?=\s|$)/.test(line)) blocks.push([line], []);
    else blocks.at(-1)!.push(line);
  }
  return blocks;
}

function withoutIndentation(lines: readonly string[]): readonly string[] {
  const shared = sharedIndentation(lines);
  if (shared === 0) return lines;
  return lines.map((line) => line.slice(Math.min(shared, /^[ \t]*/.exec(line)![0].length)));
}

/** Blanks, or tabs, that every line begins with; a comment may stand to the left of them. */
function sharedIndentation(lines: readonly string[]): number {
  const texts = lines.filter((line) => !/^\s*(#|$)/.test(line));
  const [first] = texts;
  if (first === undefined) return 0;
  let shared = /^[ \t]*/.exec(first)![0];
  for (const line of texts) {
    while (!line.startsWith(shared)) shared = shared.slice(0, -1);
  }
  return shared.length;
}
