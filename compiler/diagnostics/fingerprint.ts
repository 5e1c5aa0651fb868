import { createHash } from 'node:crypto';
import type { LinesOf } from './code-frame';
import type { Diagnostic } from './diagnostic';

/**
 * Names for diagnostics that stay the same when lines, or items of lists, are put before them: from code, file, field,
 * message and the text of the line. Equal ones are numbered in their order.
 */
export function fingerprints(linesOf: LinesOf): (diagnostic: Diagnostic) => string {
  const seen = new Map<string, number>();
  const long = new Map<string, string>();
  /** A long line stands for all the problems on it: it is read once. */
  const named = (text: string): string => {
    if (text.length <= LONG) return text;
    const name = long.get(text) ?? digestOf(text);
    long.set(text, name);
    return name;
  };
  return ({ code, message, location: { file, line, pointer } }) => {
    const text = line === undefined ? '' : (linesOf(file)?.[line - 1]?.trim() ?? '');
    const field = pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
    const hash = digestOf(JSON.stringify([code, file, field, message, named(text)])).slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
}

/** Characters of a line from which on its digest stands in its place. */
const LONG = 1000;

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
