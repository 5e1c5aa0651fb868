import type { Code } from './catalogue';
import type { LinesOf } from './code-frame';
import type { Diagnostic } from './diagnostic';
import { COVER, withoutNamedSecrets } from './secret-lines';

/** Codes that tell of a key, a password or a token in a spec. */
const SECRETS: ReadonlySet<Code> = new Set<Code>(['BAL3070', 'BAL3274', 'BAL3293']);

/**
 * The lines of files as a frame may show them: reports go to logs, so that what a diagnostic calls a secret is covered, and
 * what has the name of one, in the frames of its neighbours too.
 */
export function withoutSecrets(linesOf: LinesOf, diagnostics: readonly Diagnostic[]): LinesOf {
  const secrets = placesOfSecrets(diagnostics);
  const covered = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!covered.has(file)) {
      const lines = linesOf(file);
      covered.set(file, lines && coverIn(withoutNamedSecrets(lines), secrets.get(file) ?? new Map()));
    }
    return covered.get(file);
  };
}

/** By file and line, from 1, the first column of a secret. */
function placesOfSecrets(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const places = new Map<string, Map<number, number>>();
  for (const { code, location } of diagnostics) {
    const { file, line, column = 1 } = location;
    if (!SECRETS.has(code) || line === undefined) continue;
    const columns = places.get(file) ?? new Map<number, number>();
    places.set(file, columns.set(line, Math.min(column, columns.get(line) ?? column)));
  }
  return places;
}

function coverIn(lines: readonly string[], columns: ReadonlyMap<number, number>): readonly string[] {
  const covered = [...lines];
  for (const [number, column] of columns) {
    const line = lines[number - 1] ?? '';
    covered[number - 1] = line.slice(0, column - 1) + COVER;
    for (let at = number; at < lines.length && goesOn(line, lines[at] ?? '', at === number); at += 1) {
      // A line with a secret of its own is covered from its column on.
      if (!columns.has(at + 1)) covered[at] = (lines[at] ?? '').replace(/\S.*/, COVER);
    }
  }
  return covered;
}

/** Whether a later line may belong to the secret: it is deeper, or it is the word behind an option such as "--token". */
function goesOn(first: string, line: string, isNext: boolean): boolean {
  if (line.trim() === '' || indentationOf(line) > indentationOf(first)) return true;
  return isNext && /^\s*- /.test(first) && indentationOf(line) === indentationOf(first);
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}
