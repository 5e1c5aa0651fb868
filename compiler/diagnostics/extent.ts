/** As far as is looked, before a place and behind it: a line may be long, and have thousands of places. */
const REACH = 2000;

/**
 * How many UTF-16 code units of a line belong to the key or value that begins at a column (from 1): what a caret range
 * underlines. The place itself was found by the parser; only its end is looked for in the line.
 */
export function extentAt(line: string, column: number): number {
  const rest = line.slice(column - 1, column - 1 + REACH);
  const length = QUOTED.exec(rest)?.[0].length ?? (/^[[{]/.test(rest) ? collection(rest) : plain(rest, line, column));
  return Math.max(length, 1);
}

/** A quoted text that ends on its line (YAML 1.2, 7.3.1 and 7.3.2). */
const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/;

/** As far as the bracket that closes the first one; the whole line where it closes on a later one. */
function collection(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '"' || character === "'") index += (QUOTED.exec(text.slice(index))?.[0].length ?? 1) - 1;
    else if ('[{'.includes(character)) depth += 1;
    else if (']}'.includes(character)) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.trimEnd().length;
}

/** As far as a colon, a comment, or, within brackets, what ends the item (YAML 1.2, 7.3.3). */
function plain(text: string, line: string, column: number): number {
  const first = Math.max(0, column - 1 - REACH);
  const before = line.slice(first, column - 1).replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '');
  // Lines that long are flow: JSON, most of them.
  const inFlow = first > 0 || (before.match(/[[{]/g)?.length ?? 0) > (before.match(/[\]}]/g)?.length ?? 0);
  const end = text.search(inFlow ? /:(?=[\s,[\]{}]|$)|\s#|[,[\]{}]/ : /:(?=\s|$)|\s#/);
  return text
    .slice(0, end === -1 ? text.length : end)
    .trimEnd()
    .replace(/,$/, '').length;
}
