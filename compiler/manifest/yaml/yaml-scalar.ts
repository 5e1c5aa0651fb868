/** Options of cdk8s' own `Yaml.stringify`; any other value changes the bytes of every manifest. */
const CDK8S_OPTIONS = { keepUndefined: true, lineWidth: 0, version: '1.1' } as const;

const MEMO_ENTRIES = 10_000;
const MEMO_LENGTH = 128;
const memo = new Map<string, string>();

// A word, a path, a flag, digits and a unit, digits with two dots (an address), or a hash: no number or indicator starts so.
const PLAIN_START =
  /^(?:[A-Za-z_/$]|--?[A-Za-z]|\d+(?:\.\d+)?[%ACDF-NP-WYZacdf-np-wyz]|\d[^.]*\.[^.]*\.|(?!0b)\d[\da-f]*[abcdf][\da-f]*$)/;
const NOT_ASCII = /[^ -~]/;
// Where a plain scalar would end early: a key mark or a comment.
const CUTS_PLAIN = /[: ]$|: | #/;
const RESERVED = /^(?:y|n|yes|no|true|false|on|off|null|-?e[-+]?\d+)$/i;
const QUOTED = /^(?:\d+(?:\.\d+)?|true|false|\*(?:\.[\w.-]+)?|)$/;

// Everything a block scalar shows as it is, for both parsers. Surrogates are left to the library.
const NOT_BLOCK = /[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
// Outside escapes, go-yaml's reader rejects these or takes them for line breaks, and every reader drops a byte order
// mark at the start; the library prints them raw.
const UNREADABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const EVERY_UNREADABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

// What go-yaml's resolve() takes for a number, once the underscores are gone.
const GO_NUMBER =
  /^(?:[-+]?(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|0b[-+][01]+)$/;
const NUMBER_START = /^[-+.\d]/;

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;

/**
 * Prints a string as the value of a map member or as a list item; `lineBreak` is a newline and the value's indent.
 *
 * Bytes of cdk8s 2.70 (`yaml` 2.9, YAML 1.1), but double-quoted where Kubernetes' parser would not read them back.
 */
export function valueText(text: string, lineBreak: string): string {
  if (text.length <= MEMO_LENGTH) {
    const known = memo.get(text);
    if (known !== undefined) return known;
  }
  return text.includes('\n') ? multiLineText(text, lineBreak) : singleLineText(text);
}

/**
 * Prints a map key; `top` marks a key that starts in the first column of the document.
 *
 * Bytes of cdk8s 2.70, where a key is printed like a one-line value unless it has line breaks or a document marker.
 */
export function keyText(key: string, top: boolean): string {
  const known = memo.get(key);
  if (known !== undefined && !top) return known;
  const marker = top && (key.startsWith('---') || key.startsWith('...'));
  if (marker || key.includes('\n')) return UNREADABLE.test(key) ? escaped(key) : libraryKey(key);
  return known ?? singleLineText(key);
}

function singleLineText(text: string): string {
  const printed = isPlain(text) ? text : QUOTED.test(text) ? `"${text}"` : oddText(text);
  if (text.length > MEMO_LENGTH) return printed;
  if (memo.size >= MEMO_ENTRIES) memo.clear();
  memo.set(text, printed);
  return printed;
}

function isPlain(text: string): boolean {
  return PLAIN_START.test(text) && !NOT_ASCII.test(text) && !CUTS_PLAIN.test(text) && !RESERVED.test(text);
}

function multiLineText(text: string, lineBreak: string): string {
  if (isReadableBlock(text)) return blockText(text, lineBreak);
  const printed = oddText(text);
  // The library was asked for an indent of two; lines without a character stay without one.
  return lineBreak.length === 3 ? printed : printed.replace(/\n(?!\n|$)/g, lineBreak.slice(0, -2));
}

/** Says whether a block needs no indentation indicator, no `|+` and no quotes. */
function isReadableBlock(text: string): boolean {
  const last = text.length - 1;
  const end = text.charCodeAt(last) === NEWLINE ? last - 1 : last;
  return !isBlank(text.charCodeAt(0)) && !isBlank(text.charCodeAt(end)) && !NOT_BLOCK.test(text);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === NEWLINE;
}

function blockText(text: string, lineBreak: string): string {
  const clipped = text.charCodeAt(text.length - 1) === NEWLINE;
  const body = clipped ? text.slice(0, -1) : text;
  let out = clipped ? '|' : '|-';
  let start = 0;
  for (let end = body.indexOf('\n'); end !== -1; end = body.indexOf('\n', start)) {
    out += end === start ? '\n' : lineBreak + body.slice(start, end);
    start = end + 1;
  }
  return out + lineBreak + body.slice(start);
}

function oddText(text: string): string {
  if (UNREADABLE.test(text)) return escaped(text);
  if (isRetyped(text)) return `"${text}"`;
  // From the member of a map, so that blocks come with an indent of two.
  const printed = library().stringify({ k: text }, CDK8S_OPTIONS).slice(3, -1);
  return printed.includes('\n') && losesBlanks(text, printed) ? JSON.stringify(text) : printed;
}

/**
 * Says whether go-yaml would read the plain text as a number or a merge key.
 *
 * `_` counts as nothing at any place behind the first character, unless that is a dot.
 */
function isRetyped(text: string): boolean {
  if (!NUMBER_START.test(text)) return text === '<<';
  return GO_NUMBER.test(text.startsWith('.') ? text : text.replaceAll('_', ''));
}

/**
 * Says whether parsers would refuse the library's text of several lines, or give back other blanks.
 *
 * In a block: a tab where the indent is found, or nothing but blanks. In quotes, the library turns a line that is one
 * space into a backslash.
 */
function losesBlanks(text: string, printed: string): boolean {
  if (!printed.startsWith('|')) return text.includes('\n \n');
  return /^\n*\t/.test(text) || (!/[^\n\t ]/.test(text) && /[\t ]/.test(text));
}

/** JSON is YAML, but for the characters that JSON leaves raw and go-yaml cannot read. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(
    EVERY_UNREADABLE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function libraryKey(key: string): string {
  const printed = library().stringify({ [key]: 0 }, CDK8S_OPTIONS);
  return printed.endsWith('\n: 0\n') ? printed.slice(2, -5) : printed.slice(0, -4);
}

/** Loaded at the first odd scalar: most runs never meet one, and the library is slow to start. */
function library(): typeof import('yaml') {
  return require('yaml');
}
