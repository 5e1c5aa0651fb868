import { compile } from '../compiler/compile';
import { compareDiagnostics, type Diagnostic, formatText, type Severity, severityOf } from '../compiler/diagnostics';
import type { Artefact } from '../compiler/manifest/artefact';
import { compareArtefacts } from '../synth/compare-artefacts';
import { readFleet } from '../synth/read-fleet';
import { spool } from '../synth/spool';
import { writeArtefacts } from '../synth/write-artefacts';
import { DRIFT, exitCodeFor } from './exit-codes';
import { writeOut } from './write-out';

/** Options of `balancer synth`. */
export interface SynthOptions {
  readonly output?: string;
  readonly check?: boolean;
  readonly failOn: Severity;
}

/** One run: what it found so far, and when that is too much. */
interface Run {
  readonly diagnostics: Diagnostic[];
  readonly report: (diagnostic: Diagnostic) => void;
  readonly failed: () => boolean;
}

/** Compiles specs into a folder, or to standard output. Answers the exit code. */
export function synth(paths: readonly string[], options: SynthOptions): number {
  const output = options.output ?? (paths.includes('-') ? '-' : 'dist');
  const run = newRun(options.failOn);
  const artefacts = compile(readFleet(paths, run.report), run.report);
  const drifted = options.check ? compare(output, artefacts, run) : write(output, artefacts, run);
  process.stderr.write(formatText([...run.diagnostics].sort(compareDiagnostics)));
  return exitCodeFor(run.diagnostics, options.failOn) || (drifted ? DRIFT : 0);
}

function newRun(failOn: Severity): Run {
  const diagnostics: Diagnostic[] = [];
  let failed = false;
  return {
    diagnostics,
    report(diagnostic) {
      failed ||= exitCodeFor([diagnostic], failOn) !== 0 || severityOf(diagnostic.code) === 'error';
      diagnostics.push(diagnostic);
    },
    failed: () => failed,
  };
}

function write(output: string, artefacts: Iterable<Artefact>, run: Run): false {
  if (output === '-') print(artefacts, run);
  else writeFolder(output, artefacts, run);
  return false;
}

function writeFolder(output: string, artefacts: Iterable<Artefact>, run: Run): void {
  try {
    const result = writeArtefacts(output, artefacts, run.report, run.failed);
    if (result === undefined) return;
    const { written, removed, unchanged } = result;
    const gone = removed.length === 0 ? '' : `, ${removed.length} removed`;
    process.stderr.write(`${output}: ${written.length} written, ${unchanged} unchanged${gone}\n`);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined || path === undefined) throw error;
    run.report({ code: 'BAL5001', message: `cannot be written: ${code}`, location: { file: path, pointer: '' } });
  }
}

/** Nothing is printed before everything is known to be right: the reader may be `kubectl apply`. */
function print(artefacts: Iterable<Artefact>, run: Run): void {
  const output = spool();
  let separator = '';
  for (const { path, text } of artefacts) {
    if (run.failed() || !path.endsWith('.k8s.yaml')) continue;
    output.add(separator + text);
    separator = '---\n';
  }
  if (run.failed()) output.discard();
  else for (const piece of output.drain()) writeOut(piece);
}

function compare(output: string, artefacts: Iterable<Artefact>, run: Run): boolean {
  const { drift, interrupted } = compareArtefacts(output, artefacts);
  if (run.failed()) return false;
  if (interrupted) process.stderr.write(`${output}: a synth was interrupted here; run it again\n`);
  process.stdout.write(drift.map(({ path, state }) => `${state} ${path}\n`).join(''));
  return interrupted || drift.length > 0;
}
