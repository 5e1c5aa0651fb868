import {
  type Cursor,
  codeAt,
  DASH,
  finishLine,
  HASH,
  isIndicator,
  isSpaceOrEnd,
  NEWLINE,
  NOT_PLAIN,
  readLiteral,
  skipSpaces,
  toContent,
} from './plain-yaml-lines';
import { readKey, readScalar } from './plain-yaml-scalars';

export { NOT_PLAIN };

const MAX_DEPTH = 64;
const COMMA = 44;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const PIPE = 124;
const CLOSE_BRACE = 125;

/**
 * Reads the one YAML document in `text[start, end)` as the `yaml` library does (version 1.2, unique keys, no merge),
 * or answers NOT_PLAIN wherever the document leaves a small subset in which the library has no error and no warning.
 */
export function readPlainYaml(text: string, start: number, end: number): unknown | typeof NOT_PLAIN {
  const cursor: Cursor = { text, end, pos: start, lineStart: start, indent: 0 };
  if (!toContent(cursor)) return NOT_PLAIN;
  if (cursor.indent === 0 && isDocumentStart(cursor)) {
    cursor.pos += 3;
    if (!finishLine(cursor)) return NOT_PLAIN;
  }
  if (cursor.indent !== 0) return NOT_PLAIN;
  const value = readBlock(cursor, 0);
  return isAtEnd(cursor) ? value : NOT_PLAIN;
}

function isAtEnd(cursor: Cursor): boolean {
  return cursor.indent === -1;
}

function isDocumentStart(cursor: Cursor): boolean {
  for (let index = cursor.pos; index < cursor.pos + 3; index++) {
    if (codeAt(cursor, index) !== DASH) return false;
  }
  return isSpaceOrEnd(codeAt(cursor, cursor.pos + 3));
}

function readBlock(cursor: Cursor, depth: number): unknown {
  if (isIndicator(cursor, cursor.pos, DASH)) return readSequence(cursor, depth);
  const key = readKey(cursor, false);
  return key === undefined ? NOT_PLAIN : readMapping(cursor, key, depth);
}

/** reads from behind the first key; the mapping ends at lesser indentation, all else but a key is not plain */
function readMapping(cursor: Cursor, firstKey: string, depth: number): unknown {
  if (depth > MAX_DEPTH) return NOT_PLAIN;
  const { indent } = cursor;
  const map: Record<string, unknown> = {};
  let key: string | undefined = firstKey;
  do {
    // an inherited member (`__proto__`, `constructor`) is left to the library like a duplicate
    if (key === undefined || map[key] !== undefined) return NOT_PLAIN;
    const value = readMappingValue(cursor, indent, depth);
    if (value === NOT_PLAIN) return NOT_PLAIN;
    map[key] = value;
    if (cursor.indent < indent) return map;
    key = readKey(cursor, false);
  } while (cursor.indent === indent);
  return NOT_PLAIN;
}

function readMappingValue(cursor: Cursor, indent: number, depth: number): unknown {
  skipSpaces(cursor);
  const code = codeAt(cursor, cursor.pos);
  if (code !== NEWLINE && code !== HASH) return readInline(cursor, indent, depth);
  if (!finishLine(cursor)) return NOT_PLAIN;
  if (cursor.indent > indent) return readBlock(cursor, depth + 1);
  const isSequence = cursor.indent === indent && isIndicator(cursor, cursor.pos, DASH);
  return isSequence ? readSequence(cursor, depth + 1) : null;
}

/** ends at the first content which is not an item: the caller refuses it unless it is its own */
function readSequence(cursor: Cursor, depth: number): unknown {
  if (depth > MAX_DEPTH) return NOT_PLAIN;
  const { indent } = cursor;
  const list: unknown[] = [];
  do {
    cursor.pos++;
    const value = readItem(cursor, indent, depth);
    if (value === NOT_PLAIN) return NOT_PLAIN;
    list.push(value);
  } while (cursor.indent === indent && isIndicator(cursor, cursor.pos, DASH));
  return list;
}

function readItem(cursor: Cursor, indent: number, depth: number): unknown {
  skipSpaces(cursor);
  const code = codeAt(cursor, cursor.pos);
  if (code === NEWLINE || code === HASH) {
    if (!finishLine(cursor)) return NOT_PLAIN;
    return cursor.indent > indent ? readBlock(cursor, depth + 1) : null;
  }
  const from = cursor.pos;
  cursor.indent = from - cursor.lineStart;
  if (isIndicator(cursor, from, DASH)) return readSequence(cursor, depth + 1);
  const key = readKey(cursor, false);
  if (key !== undefined) return readMapping(cursor, key, depth + 1);
  cursor.pos = from;
  return readInline(cursor, indent, depth);
}

/** a value which begins on the line of its key or dash */
function readInline(cursor: Cursor, parentIndent: number, depth: number): unknown {
  if (codeAt(cursor, cursor.pos) === PIPE) {
    const content = readLiteral(cursor, parentIndent);
    return content !== NOT_PLAIN && toContent(cursor) ? content : NOT_PLAIN;
  }
  const value = readFlow(cursor, false, depth);
  return value !== NOT_PLAIN && finishLine(cursor) ? value : NOT_PLAIN;
}

function readFlow(cursor: Cursor, inFlow: boolean, depth: number): unknown {
  const code = codeAt(cursor, cursor.pos);
  if (code === OPEN_BRACKET) return readFlowSequence(cursor, depth + 1);
  if (code === OPEN_BRACE) return readFlowMapping(cursor, depth + 1);
  return readScalar(cursor, inFlow);
}

function readFlowSequence(cursor: Cursor, depth: number): unknown {
  if (depth > MAX_DEPTH) return NOT_PLAIN;
  const list: unknown[] = [];
  cursor.pos++;
  if (closes(cursor, CLOSE_BRACKET)) return list;
  do {
    const value = readFlow(cursor, true, depth);
    if (value === NOT_PLAIN) return NOT_PLAIN;
    list.push(value);
    if (closes(cursor, CLOSE_BRACKET)) return list;
  } while (passComma(cursor));
  return NOT_PLAIN;
}

function readFlowMapping(cursor: Cursor, depth: number): unknown {
  if (depth > MAX_DEPTH) return NOT_PLAIN;
  const map: Record<string, unknown> = {};
  cursor.pos++;
  if (closes(cursor, CLOSE_BRACE)) return map;
  do {
    const key = readKey(cursor, true);
    if (key === undefined || map[key] !== undefined) return NOT_PLAIN;
    skipSpaces(cursor);
    const value = readFlow(cursor, true, depth);
    if (value === NOT_PLAIN) return NOT_PLAIN;
    map[key] = value;
    if (closes(cursor, CLOSE_BRACE)) return map;
  } while (passComma(cursor));
  return NOT_PLAIN;
}

function closes(cursor: Cursor, bracket: number): boolean {
  skipSpaces(cursor);
  if (codeAt(cursor, cursor.pos) !== bracket) return false;
  cursor.pos++;
  return true;
}

function passComma(cursor: Cursor): boolean {
  if (codeAt(cursor, cursor.pos) !== COMMA) return false;
  cursor.pos++;
  skipSpaces(cursor);
  return true;
}
