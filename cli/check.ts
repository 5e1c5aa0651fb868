import { checkManifests } from '../compiler/analysis/check-manifests';
import { compile } from '../compiler/compile';
import { compareDiagnostics, type Diagnostic, FORMATS, type Format, type Severity } from '../compiler/diagnostics';
import { readFleet } from '../synth/read-fleet';
import { exitCodeFor } from './exit-codes';

/** Options of `balancer check`. */
export interface CheckOptions {
  readonly format: Format;
  readonly failOn: Severity;
  /** Files and folders of manifests to look at in place of specs. */
  readonly manifests?: readonly string[];
}

/** Compiles without writing; the problems are the output. Answers the exit code. */
export function check(paths: readonly string[], { format, failOn, manifests }: CheckOptions): number {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  if (manifests === undefined) for (const _ of compile(readFleet(paths, report), report));
  else checkManifests(readFleet(manifests, report), report);
  process.stdout.write(FORMATS[format](diagnostics.sort(compareDiagnostics)));
  return exitCodeFor(diagnostics, failOn);
}
