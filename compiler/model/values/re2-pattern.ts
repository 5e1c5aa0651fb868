/** A regular expression as a tree: what RE2 (https://github.com/google/re2/wiki/Syntax) and JavaScript have in common. */
export type PatternNode =
  | { readonly kind: 'character' | 'assertion'; readonly source: string }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly from: number; readonly to: number };

/** Why a pattern is refused: JavaScript does not know it, RE2 does not, or it repeats too much. */
export type PatternFault = 'invalid' | 'foreign' | 'large';

/** RE2's bound for a repetition, and for the product of those within each other. */
const MAX_REPEAT = 1000;
/** Longest pattern, in UTF-16 units. */
const MAX_LENGTH = 1024;

/** What is wrong with a pattern; undefined if it is fine. */
export function patternFault(pattern: string): PatternFault | undefined {
  const result = parsePattern(pattern);
  return typeof result === 'string' ? result : undefined;
}

/** The tree of a pattern, or what is wrong with it. */
export function parsePattern(pattern: string): PatternNode | PatternFault {
  if (pattern.length > MAX_LENGTH) return 'large';
  if (!isRegExp(pattern)) return 'invalid';
  const tokens = pattern.match(TOKEN) ?? [];
  if (tokens.join('') !== pattern || tokens.some((token) => FOREIGN.test(token))) return 'foreign';
  const tree = choiceOf({ tokens, at: 0 });
  return countOf(tree) > MAX_REPEAT ? 'large' : tree;
}

function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** The parts of a pattern that JavaScript has already read: classes, escapes, groups, repetitions, and single characters. */
const TOKEN =
  /\[(?:\\.|[^\]\\])*\]|\\x[0-9A-Fa-f]{2}|\\[pP]\{[^}]*\}|\\.|\(\?(?:<[=!]?|.)|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu;

/**
 * What only JavaScript knows, or what means something else in RE2: look-around, names, references, `\c`, `\u`, `\0`, `\b` in a class,
 * classes of POSIX, empty classes, and properties other than general categories.
 */
const FOREIGN =
  /^\(\?[^:]|^\\[0-9cuk]|^\\[pP](?!\{(?:[A-Z][a-z]?)\}$)|^\[\^?\]|^\[.*(?:\[[:.=]|\\[0-9cubBk]|\\[pP]\{)/su;

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function choiceOf(reader: Reader): PatternNode {
  const parts = [sequenceOf(reader)];
  while (reader.tokens[reader.at] === '|') {
    reader.at += 1;
    parts.push(sequenceOf(reader));
  }
  return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
}

function sequenceOf(reader: Reader): PatternNode {
  const parts: PatternNode[] = [];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token === undefined || token === '|' || token === ')') return { kind: 'sequence', parts };
    parts.push(repeated(atomOf(reader), reader));
  }
}

function atomOf(reader: Reader): PatternNode {
  const token = reader.tokens[reader.at]!;
  reader.at += 1;
  if (token === '(' || token === '(?:') {
    const inner = choiceOf(reader);
    reader.at += 1;
    return inner;
  }
  return /^(?:[\^$]|\\[bB])$/.test(token) ? { kind: 'assertion', source: token } : { kind: 'character', source: token };
}

function repeated(part: PatternNode, reader: Reader): PatternNode {
  const token = reader.tokens[reader.at] ?? '';
  const simple = { '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] }[token[0] ?? ''];
  const [, from, comma, to] = /^\{(\d+)(,?)(\d*)\}/.exec(token) ?? [];
  if (simple === undefined && from === undefined) return part;
  reader.at += 1;
  if (simple !== undefined) return { kind: 'repeat', part, from: simple[0]!, to: simple[1]! };
  const least = Number(from);
  return { kind: 'repeat', part, from: least, to: comma === '' ? least : to === '' ? Infinity : Number(to) };
}

/** The largest product of repetitions within each other, as RE2 counts them. */
function countOf(node: PatternNode): number {
  if (node.kind === 'sequence' || node.kind === 'choice') return Math.max(1, ...node.parts.map(countOf));
  if (node.kind !== 'repeat') return 1;
  const own = node.to === Infinity ? node.from : node.to;
  return Math.max(1, own) * countOf(node.part);
}
