/** what readPlainYaml answers where the text leaves the subset: the caller then asks the `yaml` library */
export const NOT_PLAIN: unique symbol = Symbol('not plain');

/** where the reader stands in the slice; `indent` is the column of the current content, -1 at the end of the slice */
export interface Cursor {
  readonly text: string;
  readonly end: number;
  pos: number;
  lineStart: number;
  indent: number;
}

export const NEWLINE = 10;
export const SPACE = 32;
export const HASH = 35;
export const DASH = 45;
export const COLON = 58;

/** the character code at an index; the end of the slice reads as a line end */
export function codeAt(cursor: Cursor, index: number): number {
  return index < cursor.end ? cursor.text.charCodeAt(index) : NEWLINE;
}

/** characters which the library treats in a way of its own, or which nobody writes on purpose */
export function isForbidden(code: number): boolean {
  if (code < 128) return code < 32 || code === 127;
  return code < 0xa0 || code === 0x2028 || code === 0x2029 || code === 0xfeff;
}

export function isSpaceOrEnd(code: number): boolean {
  return code === SPACE || code === NEWLINE;
}

/** whether the `-` or `:` at an index is an indicator, that is, has a space or the line end after it */
export function isIndicator(cursor: Cursor, index: number, indicator: number): boolean {
  return codeAt(cursor, index) === indicator && isSpaceOrEnd(codeAt(cursor, index + 1));
}

export function skipSpaces(cursor: Cursor): void {
  while (codeAt(cursor, cursor.pos) === SPACE) cursor.pos++;
}

/** the index of the line end after allowed characters only, or -1 */
function lineEnd(cursor: Cursor, from: number): number {
  for (let index = from; ; index++) {
    const code = codeAt(cursor, index);
    if (code === NEWLINE) return index;
    if (isForbidden(code)) return -1;
  }
}

/** leaves a line of which only spaces and a comment remain, for the next content; false where there is more on it */
export function finishLine(cursor: Cursor): boolean {
  skipSpaces(cursor);
  let index = cursor.pos;
  if (codeAt(cursor, index) === HASH && cursor.text.charCodeAt(index - 1) === SPACE) index = lineEnd(cursor, index);
  if (index < 0 || codeAt(cursor, index) !== NEWLINE) return false;
  cursor.pos = index + 1;
  return toContent(cursor);
}

/** from the start of a line over blank lines and comments to the next content; false at a forbidden character */
export function toContent(cursor: Cursor): boolean {
  const { text, end } = cursor;
  for (let index = cursor.pos; ; index++) {
    const lineStart = index;
    while (index < end && text.charCodeAt(index) === SPACE) index++;
    if (index >= end) {
      cursor.indent = -1;
      return true;
    }
    const code = text.charCodeAt(index);
    if (code === HASH) {
      index = lineEnd(cursor, index);
      if (index < 0) return false;
    } else if (code !== NEWLINE) {
      cursor.lineStart = lineStart;
      cursor.indent = index - lineStart;
      cursor.pos = index;
      return true;
    }
  }
}

/** a `|` or `|-` block, deeper than its parent, the first line of which has text */
export function readLiteral(cursor: Cursor, parentIndent: number): unknown {
  cursor.pos++;
  const strip = codeAt(cursor, cursor.pos) === DASH;
  if (strip) cursor.pos++;
  skipSpaces(cursor);
  if (codeAt(cursor, cursor.pos) !== NEWLINE) return NOT_PLAIN;
  cursor.pos++;
  const indent = spacesFrom(cursor, cursor.pos);
  if (indent <= parentIndent || codeAt(cursor, cursor.pos + indent) === NEWLINE) return NOT_PLAIN;
  const content = readLiteralLines(cursor, indent);
  if (content === undefined) return NOT_PLAIN;
  return strip ? content.slice(0, -1) : content;
}

function readLiteralLines(cursor: Cursor, indent: number): string | undefined {
  let content = '';
  let blankLines = '';
  while (cursor.pos < cursor.end) {
    const spaces = spacesFrom(cursor, cursor.pos);
    const isBlank = codeAt(cursor, cursor.pos + spaces) === NEWLINE;
    // the library keeps the spaces of a blank line beyond the indentation, even at the end
    if (isBlank && spaces > indent) return undefined;
    if (!isBlank && spaces < indent) break;
    const stop = lineEnd(cursor, cursor.pos);
    if (stop < 0) return undefined;
    if (isBlank) blankLines += '\n';
    else {
      content += `${blankLines}${cursor.text.substring(cursor.pos + indent, stop)}\n`;
      blankLines = '';
    }
    cursor.pos = stop + 1;
  }
  return content;
}

function spacesFrom(cursor: Cursor, from: number): number {
  let index = from;
  while (codeAt(cursor, index) === SPACE) index++;
  return index - from;
}
