import type { Code } from './catalogue';

/** A place in a user's input. `line` and `column` count from 1; both are absent where the input is not a text (props). */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** JSON pointer (RFC 6901) of the field, from the root of its document; empty for the document itself. */
  readonly pointer: string;
}

/** A second place, or a fact, that helps to understand a diagnostic. */
export interface Note {
  readonly message: string;
  readonly location?: Location;
}

/** A problem found in the input. Severity, short name and hint belong to the code: see the catalogue. */
export interface Diagnostic {
  readonly code: Code;
  /** Lower case, the user's own field names, the value got in double quotes. */
  readonly message: string;
  readonly location: Location;
  readonly notes?: readonly Note[];
}

/** Where a stage hands over the problems that it finds; it goes on where it safely can. */
export type Report = (diagnostic: Diagnostic) => void;

/** Compares by file, then by place, then by code: the order in which diagnostics are shown. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.location.file, b.location.file) ||
    (a.location.line ?? 0) - (b.location.line ?? 0) ||
    (a.location.column ?? 0) - (b.location.column ?? 0) ||
    compareText(a.location.pointer, b.location.pointer) ||
    compareText(a.code, b.code)
  );
}

/** Compares by code unit: the same order on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
