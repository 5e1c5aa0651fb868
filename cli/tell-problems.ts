import { compareDiagnostics, type Diagnostic, formatText } from '../compiler/diagnostics';
import { palette } from './palette';
import type { SourceLines } from './source-lines';

/** Tells people what was found, on standard error, with the lines that it is about: the same in every command. */
export function tellProblems(diagnostics: readonly Diagnostic[], { linesOf }: Pick<SourceLines, 'linesOf'>): void {
  const view = { linesOf, palette: palette(process.stderr, process.env) };
  process.stderr.write(formatText([...diagnostics].sort(compareDiagnostics), view));
}
