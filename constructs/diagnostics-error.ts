import { type Diagnostic, formatText } from '../compiler/diagnostics';

/** Thrown when props do not make a valid object: one error that holds every problem found. */
export class DiagnosticsError extends Error {
  override readonly name = 'DiagnosticsError';

  constructor(
    readonly diagnostics: readonly Diagnostic[],
    text = formatText(diagnostics),
  ) {
    super(`\n${text}`);
  }
}
