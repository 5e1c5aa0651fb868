import {
  COLON,
  type Cursor,
  codeAt,
  DASH,
  HASH,
  isForbidden,
  isIndicator,
  isSpaceOrEnd,
  NEWLINE,
  NOT_PLAIN,
  SPACE,
} from './plain-yaml-lines';

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;

// the library wants the `:` of an implicit key within 1024 characters
const MAX_KEY_SPAN = 1000;

const STARTS_KEY = 1;
const STARTS_VALUE = 2;
const STOPS_SCAN = 4;
const FLOW_INDICATOR = 8;
const STARTS_WORD = 16;
const STARTS_NUMBER = 32;
const CHARACTERS = characterTable();

function characterTable(): Uint8Array {
  const table = new Uint8Array(128);
  const mark = (characters: string, flag: number) => {
    for (const character of characters) table[character.charCodeAt(0)]! |= flag;
  };
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  mark(`${letters}${letters.toUpperCase()}0123456789_/$`, STARTS_KEY | STARTS_VALUE);
  mark('-+.~^()<=;\\', STARTS_VALUE);
  mark('~nNtTfF', STARTS_WORD);
  mark('0123456789+-.', STARTS_NUMBER);
  for (let code = 0; code < 32; code++) table[code]! |= STOPS_SCAN;
  mark(' :,[]{}\x7f', STOPS_SCAN);
  mark(',[]{}', FLOW_INDICATOR);
  return table;
}

function isFlowIndicator(code: number): boolean {
  return code < 128 && (CHARACTERS[code]! & FLOW_INDICATOR) !== 0;
}

function isQuote(code: number): boolean {
  return code === SINGLE_QUOTE || code === DOUBLE_QUOTE;
}

function startsPlain(cursor: Cursor, flag: number): boolean {
  const code = codeAt(cursor, cursor.pos);
  if (code >= 128) return !isForbidden(code);
  if ((CHARACTERS[code]! & flag) === 0) return false;
  if (code !== DASH) return true;
  const next = codeAt(cursor, cursor.pos + 1);
  return !isSpaceOrEnd(next) && !isFlowIndicator(next);
}

/**
 * The end of the plain scalar at the cursor, or -1. The cursor goes to what stopped the scan: the spaces before a
 * comment, the line end, a `:` which makes the scalar a key, or in flow context a flow indicator.
 */
function scanPlain(cursor: Cursor, inFlow: boolean): number {
  const { text, end } = cursor;
  let last = cursor.pos;
  let index = last;
  for (; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code >= 128 ? isForbidden(code) : (CHARACTERS[code]! & STOPS_SCAN) !== 0) {
      if (stopsPlain(cursor, index, code, inFlow)) break;
      if (isForbidden(code)) return -1;
      if (code === SPACE) continue;
    }
    last = index + 1;
  }
  cursor.pos = index;
  return last;
}

function stopsPlain(cursor: Cursor, index: number, code: number, inFlow: boolean): boolean {
  if (code === NEWLINE) return true;
  if (code === SPACE) return codeAt(cursor, index + 1) === HASH;
  if (code !== COLON) return inFlow && isFlowIndicator(code);
  const next = codeAt(cursor, index + 1);
  return isSpaceOrEnd(next) || (inFlow && isFlowIndicator(next));
}

/** the text of the one-line quoted scalar at the cursor, or undefined */
function readQuoted(cursor: Cursor): string | undefined {
  const { text, end } = cursor;
  const quote = text.charCodeAt(cursor.pos);
  const from = cursor.pos + 1;
  let escaped = false;
  for (let index = from; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      if (quote === DOUBLE_QUOTE || codeAt(cursor, index + 1) !== SINGLE_QUOTE) {
        cursor.pos = index + 1;
        const content = text.substring(from, index);
        return escaped ? content.replaceAll("''", "'") : content;
      }
      escaped = true;
      index++;
    } else if (isForbidden(code) || (code === BACKSLASH && quote === DOUBLE_QUOTE)) return undefined;
  }
  return undefined;
}

/** a string key and its `:`, or undefined (the cursor may then stand anywhere) */
export function readKey(cursor: Cursor, inFlow: boolean): string | undefined {
  const from = cursor.pos;
  let key: unknown;
  if (isQuote(codeAt(cursor, from))) key = readQuoted(cursor);
  else if (startsPlain(cursor, STARTS_KEY)) {
    const end = scanPlain(cursor, inFlow);
    if (end === cursor.pos) key = typed(cursor.text, from, end);
  }
  if (typeof key !== 'string' || !isIndicator(cursor, cursor.pos, COLON)) return undefined;
  if (cursor.pos - from > MAX_KEY_SPAN) return undefined;
  cursor.pos++;
  return key;
}

/** a quoted or plain one-line scalar which is not a key */
export function readScalar(cursor: Cursor, inFlow: boolean): unknown {
  const from = cursor.pos;
  if (isQuote(codeAt(cursor, from))) return readQuoted(cursor) ?? NOT_PLAIN;
  if (!startsPlain(cursor, STARTS_VALUE)) return NOT_PLAIN;
  const end = scanPlain(cursor, inFlow);
  return end < 0 || codeAt(cursor, cursor.pos) === COLON ? NOT_PLAIN : typed(cursor.text, from, end);
}

/** the value of a plain scalar by the core schema */
function typed(text: string, from: number, end: number): unknown {
  const first = text.charCodeAt(from);
  if (first < 128) {
    if ((CHARACTERS[first]! & STARTS_NUMBER) !== 0) return typedNumber(text, from, end);
    if (end - from <= 5 && (CHARACTERS[first]! & STARTS_WORD) !== 0) return typedWord(text.substring(from, end));
  }
  return text.substring(from, end);
}

function typedWord(content: string): unknown {
  switch (content) {
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return content;
  }
}

const SIMPLE_INTEGER = /^[-+]?[0-9]{1,15}$/;
const SIMPLE_FLOAT = /^[-+]?[0-9]{1,15}\.[0-9]{1,15}$/;
// wider than the library's own expressions (any case of letters): at worst the library is asked for a string
const ANY_NUMBER = /^[-+]?(?:0o[0-7]+|0x[0-9a-f]+|\.inf|\.nan|(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:e[-+]?[0-9]+)?)$/i;

function typedNumber(text: string, from: number, end: number): unknown {
  let value = 0;
  let index = from;
  for (; index < end && index - from < 15; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (index === end) return value;
  const content = text.substring(from, end);
  if (SIMPLE_INTEGER.test(content)) return Number.parseInt(content, 10);
  if (SIMPLE_FLOAT.test(content)) return Number.parseFloat(content);
  return ANY_NUMBER.test(content) ? NOT_PLAIN : content;
}
