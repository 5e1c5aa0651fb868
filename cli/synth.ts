import { compile } from '../compiler/compile';
import { type Diagnostic, type Report, type Severity, severityOf, showControls } from '../compiler/diagnostics';
import type { Artefact } from '../compiler/manifest/artefact';
import { compareArtefacts } from '../synth/compare-artefacts';
import { isInterrupted } from '../synth/journal';
import { withKustomization } from '../synth/kustomization';
import { readFleet } from '../synth/read-fleet';
import { type Origin, withOrigin } from '../synth/sums-file';
import { specsAround } from '../synth/working-folder';
import { type Written, writeArtefacts } from '../synth/write-artefacts';
import { type CacheOptions, cacheOf } from './cache';
import { driftReport } from './drift';
import { DRIFT, exitCodeFor, USAGE } from './exit-codes';
import { tellFirstSteps } from './first-steps';
import { printManifests } from './print-manifests';
import { withProgress } from './progress';
import { refuse } from './refuse';
import { sourceLines } from './source-lines';
import { tellProblems } from './tell-problems';
import { writeOut } from './write-out';

/** Options of `balancer synth`. */
export interface SynthOptions extends CacheOptions {
  readonly output?: string;
  readonly check?: boolean;
  readonly kustomization?: boolean;
  readonly failOn: Severity;
}

/** One run: what it found so far, when that is too much, and what it reads. */
interface Run {
  readonly diagnostics: Diagnostic[];
  readonly report: Report;
  readonly failed: () => boolean;
  readonly origin: () => Origin;
}

/** Compiles specs into a folder, or to standard output. Answers the exit code. */
export function synth(paths: readonly string[], options: SynthOptions): number {
  const output = options.output ?? (paths.includes('-') ? '-' : 'dist');
  const misuse = misuseOf(output, paths, options);
  if (misuse !== undefined) return refuse(misuse, USAGE);
  const diagnostics: Diagnostic[] = [];
  const lines = sourceLines();
  let failed = false;
  const report = (diagnostic: Diagnostic): void => {
    failed ||= exitCodeFor([diagnostic], options.failOn) !== 0 || severityOf(diagnostic.code) === 'error';
    diagnostics.push(diagnostic);
  };
  const { sources, origin } = withOrigin(lines.watch(readFleet(paths, report)));
  const run: Run = { diagnostics, report, failed: () => failed, origin };
  // What goes to standard output has to be printed anyway.
  const cache = output === '-' ? undefined : cacheOf(paths, options);
  const compiled = withProgress(compile(sources, report, { cache: cache?.open }), 'artefacts');
  const artefacts = options.kustomization ? withKustomization(compiled) : compiled;
  const drifted = options.check ? compare(output, artefacts, run) : write(output, artefacts, run);
  cache?.save();
  tellProblems(diagnostics, lines);
  tellFirstSteps(paths, diagnostics);
  return exitCodeFor(diagnostics, options.failOn) || (drifted ? DRIFT : 0);
}

/** Why an output makes no sense. */
function misuseOf(output: string, paths: readonly string[], options: SynthOptions): string | undefined {
  if (output === '') return 'the output folder has no name';
  if (output === '-') {
    if (!options.check && !options.kustomization) return undefined;
    return '--check and --kustomization need a folder, and the output is standard output';
  }
  const specs = specsAround(output, paths);
  if (specs === undefined) return undefined;
  return `the output "${output}" is in the folder "${specs}", and what is written there would be read as specs`;
}

function write(output: string, artefacts: Iterable<Artefact>, run: Run): false {
  if (output === '-') attempt('<stdout>', () => printManifests(artefacts, run.failed), run.report);
  else writeFolder(output, artefacts, run);
  return false;
}

function writeFolder(output: string, artefacts: Iterable<Artefact>, run: Run): void {
  const result = attempt(output, () => writeArtefacts(output, artefacts, run), run.report);
  if (result !== undefined) process.stderr.write(showLines(summaryOf(output, result)));
}

function summaryOf(output: string, { written, removed, edited, unchanged }: Written): readonly string[] {
  const gone = removed.length === 0 ? '' : `, ${removed.length} removed`;
  const notes = edited.map((path) => {
    const outcome = removed.includes(path) ? 'removed' : 'overwritten';
    return `${output}/${path}: somebody edited it; ${outcome}`;
  });
  return [...notes, `${output}: ${written.length} written, ${unchanged} unchanged${gone}`];
}

function compare(output: string, artefacts: Iterable<Artefact>, run: Run): boolean {
  const drift = driftReport(output);
  const interrupted = attempt(
    output,
    () => {
      for (const file of compareArtefacts(output, artefacts, run.origin)) if (!run.failed()) drift.add(file);
      return isInterrupted(output);
    },
    run.report,
  );
  if (run.failed()) return false;
  if (interrupted) process.stderr.write(showLines([`${output}: a synth was interrupted here; run it again`]));
  process.stderr.write(drift.talk());
  writeOut(drift.diff());
  return interrupted || drift.count() > 0;
}

/** What the file system refuses is a diagnostic; all else is a fault of ours. */
function attempt<T>(folder: string, act: () => T, report: Report): T | undefined {
  try {
    return act();
  } catch (error) {
    const { code, path, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    report({ code: 'BAL5001', message: `cannot be written: ${code}`, location: { file: path ?? folder, pointer: '' } });
    return undefined;
  }
}

function showLines(lines: readonly string[]): string {
  return lines.map((line) => `${showControls(line)}\n`).join('');
}
