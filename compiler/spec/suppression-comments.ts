import type { Diagnostic } from '../diagnostics';
import type { Source } from './document';
import { type Acceptance, readAcceptance } from './suppression-text';

/** The word that a comment begins with to accept warnings. A text without it costs one search. */
export const MARKER = 'balancer-ignore';

const COMMENT = /^#+\s*balancer-ignore(?![\w-])\s*:?/;

/** Warnings of some codes that are accepted on some lines. */
export interface LineAcceptance extends Acceptance {
  readonly extent: 'document' | 'field';
  readonly firstLine: number;
  readonly lastLine: number;
}

/** A line, or a text over several lines, on which a document has something. */
interface Content {
  readonly line: number;
  readonly document: number;
  /** Whether the value of its field begins on a later line. */
  open: boolean;
}

interface Comment {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly document: number;
  /** How many contents stand before it. */
  readonly before: number;
  readonly place: 'document' | 'own line' | 'end of line';
}

/** Tokens behind which a value may begin on the next line. */
const OPENING: ReadonlySet<string | null> = new Set([
  'map-value-ind',
  'seq-item-ind',
  'explicit-key-ind',
  'anchor',
  'tag',
]);

/**
 * The suppressions in the comments of a text. The lexer of `yaml` tells comments from texts that only look like one.
 * Before the first field of a document: the whole document; on a line of its own: the next field; else: its line.
 */
export function readSuppressions({ file, text }: Source): {
  readonly acceptances: readonly LineAcceptance[];
  readonly problems: readonly Diagnostic[];
} {
  const { comments, contents, starts } = scan(text);
  const problems: Diagnostic[] = [];
  const acceptances = comments.flatMap((comment): LineAcceptance[] => {
    const marker = COMMENT.exec(comment.text)?.[0];
    if (marker === undefined) return [];
    const location = { file, line: comment.line, column: comment.column, pointer: '' };
    const read = readAcceptance(comment.text.slice(marker.length), location);
    problems.push(...read.problems);
    return read.acceptance === undefined ? [] : [{ ...read.acceptance, ...linesOf(comment, contents, starts) }];
  });
  return { acceptances, problems };
}

function linesOf(
  { place, document, before, line }: Comment,
  contents: readonly Content[],
  starts: readonly number[],
): Pick<LineAcceptance, 'extent' | 'firstLine' | 'lastLine'> {
  if (place === 'document') {
    const lastLine = (starts[document + 1] ?? Number.POSITIVE_INFINITY) - 1;
    return { extent: 'document', firstLine: starts[document]!, lastLine };
  }
  const extent = 'field';
  const index = place === 'own line' ? before : before - 1;
  const target = contents[index];
  if (target === undefined || target.document !== document) return { extent, firstLine: line, lastLine: line };
  const next = target.open ? contents[index + 1] : undefined;
  const lastLine = next?.document === document ? next.line : target.line;
  return { extent, firstLine: target.line, lastLine: Math.max(lastLine, place === 'own line' ? 0 : line) };
}

/** Where the comments, the documents and the contents of a text stand. */
function scan(text: string): {
  readonly comments: readonly Comment[];
  readonly contents: readonly Content[];
  readonly starts: readonly number[];
} {
  const comments: Comment[] = [];
  const contents: Content[] = [];
  const starts = [1];
  let isEmpty = true;
  let endOfContent = 0;
  for (const { type, token, line, column } of tokensOf(text)) {
    const document = starts.length - 1;
    if (type === 'comment') {
      const place = isEmpty ? 'document' : endOfContent === line ? 'end of line' : 'own line';
      comments.push({ text: token, line, column, document, before: contents.length, place });
    } else if (type === 'doc-start') {
      // What stands before the first marker belongs to the document behind it.
      if (!isEmpty) starts.push(line);
      isEmpty = true;
    } else if (!BETWEEN.has(type)) {
      const last = endOfContent === line ? contents.at(-1) : undefined;
      if (last === undefined) contents.push({ line, document, open: OPENING.has(type) });
      else last.open = OPENING.has(type);
      isEmpty = false;
      endOfContent = line + (token.replace(/\n$/, '').match(/\n/g)?.length ?? 0);
    }
  }
  return { comments, contents, starts };
}

interface Token {
  readonly type: string | null;
  readonly token: string;
  readonly line: number;
  readonly column: number;
}

/** What is no content of a document. */
const BETWEEN: ReadonlySet<string | null> = new Set(['space', 'newline', 'doc-end', 'directive-line']);

function* tokensOf(text: string): Generator<Token> {
  const { CST, Lexer } = require('yaml') as typeof import('yaml');
  const marks: readonly string[] = [CST.BOM, CST.DOCUMENT, CST.FLOW_END, CST.SCALAR];
  let line = 1;
  let column = 1;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (!isScalar && marks.includes(token)) {
      isScalar = token === CST.SCALAR;
      continue;
    }
    // Behind the mark of a scalar stands its text, whatever it begins with.
    const type = isScalar ? 'scalar' : CST.tokenType(token);
    isScalar = false;
    if (token !== '') yield { type, token, line, column };
    const lines = token.split('\n');
    line += lines.length - 1;
    column = (lines.length > 1 ? 1 : column) + lines.at(-1)!.length;
  }
}
