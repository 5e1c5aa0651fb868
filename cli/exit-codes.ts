import { CATALOGUE, type Code, type Diagnostic, type Severity, severityOf } from '../compiler/diagnostics';
import { visible } from '../compiler/diagnostics/show-controls';

/** Exit codes: https://man.freebsd.org/cgi/man.cgi?sysexits for those of 64 and above. */
export const CLEAN = 0;
export const PROBLEMS = 1;
export const DRIFT = 2;
export const USAGE = 64;
export const UNREADABLE = 65;
export const MISSING_PROGRAM = 69;
const INTERNAL = 70;
const NOT_WRITABLE = 74;

/** Codes that end a run with an exit code of their own. */
const SPECIAL: Readonly<Partial<Record<Code, number>>> = {
  BAL1001: UNREADABLE,
  BAL5001: NOT_WRITABLE,
  BAL5002: NOT_WRITABLE,
  BAL5003: NOT_WRITABLE,
};

/** From which severity on a run has failed. */
export type FailOn = Severity | 'never';

/** The severities at and above which a run has failed. */
export const FAIL_ON: Readonly<Record<FailOn, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
};

/** The exit code for what was found. What could not be read or written was not checked: that fails whatever the threshold. */
export function exitCodeFor(diagnostics: readonly Diagnostic[], failOn: FailOn): number {
  for (const { code } of diagnostics) if (SPECIAL[code] !== undefined) return SPECIAL[code];
  return diagnostics.some(({ code }) => FAIL_ON[failOn].includes(severityOf(code))) ? PROBLEMS : CLEAN;
}

/** Whether an error is the file system's answer to what was written: a full disk, or an output that is closed. */
export function isWriteError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && (error as NodeJS.ErrnoException).syscall === 'write';
}

/** Says that standard output took no more. */
export function outputError({ code }: NodeJS.ErrnoException): number {
  const { name, hint } = CATALOGUE.BAL5001;
  process.stderr.write(`<stdout>: error BAL5001 (${name}): cannot be written: ${code}\n  hint: ${hint}\n`);
  return NOT_WRITABLE;
}

/** Says that we are to blame, with what a report needs. */
export function internalError(error: unknown): number {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`internal error BAL9001: ${visible(text)}\n  hint: ${CATALOGUE.BAL9001.hint}\n`);
  return INTERNAL;
}
