import { compareDiagnostics, type Diagnostic, formatText } from '../compiler/diagnostics';
import { printJson } from '../compiler/diagnostics/show-controls';
import { type ImportedFleet, importFleet, isImportable } from '../compiler/import-fleet';
import { importReportText } from '../compiler/import-report';
import { readFleet, type TakesOther } from '../synth/read-fleet';
import { writeNewFiles } from '../synth/write-new-files';
import { CLEAN, exitCodeFor, PROBLEMS } from './exit-codes';
import { writeOut } from './write-out';

/** Options of `balancer import`. */
interface ImportOptions {
  /** Folder for one file per spec; without it they go to standard output. */
  readonly output?: string;
  readonly format: 'text' | 'json';
}

/** Writes specs for manifests, a bird.conf and an nginx.conf; the report goes to standard error. Answers the exit code. */
export function importCommandAction(paths: readonly string[], { output, format }: ImportOptions): number {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const leftOut: string[] = [];
  const takesOther: TakesOther = (source) => {
    const isTaken = isImportable(source);
    if (!isTaken) leftOut.push(source.file);
    return isTaken;
  };
  const fleet = importFleet(readFleet(paths, report, takesOther), report);
  if (exitCodeFor(diagnostics, 'error') === CLEAN) write(fleet, output, report);
  // Without lines: a bird.conf has its passwords in forms that a frame does not know.
  process.stderr.write(formatText(diagnostics.sort(compareDiagnostics)));
  const failed = exitCodeFor(diagnostics, 'error');
  if (failed !== CLEAN) return failed;
  const all = { ...fleet, leftOut };
  process.stderr.write(format === 'json' ? printJson(all) : importReportText(all));
  return fleet.specs.some(({ problems }) => problems.length > 0) ? PROBLEMS : CLEAN;
}

function write({ specs }: ImportedFleet, output: string | undefined, report: (diagnostic: Diagnostic) => void): void {
  if (output === undefined) writeOut(specs.map(({ text }) => text).join('---\n'));
  else writeNewFiles(output, Object.fromEntries(specs.map(({ file, text }) => [file, text])), report);
}
