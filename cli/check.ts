import { compile } from '../compiler/compile';
import { compareDiagnostics, type Diagnostic, FORMATS, type Format, type Severity } from '../compiler/diagnostics';
import { readFleet } from '../synth/read-fleet';
import { exitCodeFor } from './exit-codes';

/** Options of `balancer check`. */
export interface CheckOptions {
  readonly format: Format;
  readonly failOn: Severity;
}

/** Compiles without writing; the problems are the output. Answers the exit code. */
export function check(paths: readonly string[], { format, failOn }: CheckOptions): number {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  for (const _ of compile(readFleet(paths, report), report));
  process.stdout.write(FORMATS[format](diagnostics.sort(compareDiagnostics)));
  return exitCodeFor(diagnostics, failOn);
}
