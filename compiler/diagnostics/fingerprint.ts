import { createHash } from 'node:crypto';
import type { LinesOf } from './code-frame';
import type { Diagnostic } from './diagnostic';

/**
 * Names for diagnostics that stay the same when lines, or items of lists, are put before them: from code, file, field,
 * message and the text of the line. Equal ones are numbered in their order.
 */
export function fingerprints(linesOf: LinesOf): (diagnostic: Diagnostic) => string {
  const seen = new Map<string, number>();
  return ({ code, message, location: { file, line, pointer } }) => {
    const text = line === undefined ? '' : (linesOf(file)?.[line - 1]?.trim() ?? '');
    const field = pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
    const parts = JSON.stringify([code, file, field, message, text]);
    const hash = createHash('sha256').update(parts).digest('hex').slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
}
