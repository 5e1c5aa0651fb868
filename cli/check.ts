import { checkManifests } from '../compiler/analysis/check-manifests';
import { compile } from '../compiler/compile';
import {
  compareDiagnostics,
  type Diagnostic,
  REPORTS,
  type ReportFormat,
  type Suppressed,
  severityOf,
} from '../compiler/diagnostics';
import { EXAMPLES } from '../compiler/diagnostics/generated/examples';
import { readFleet } from '../synth/read-fleet';
import { type CacheOptions, cacheOf } from './cache';
import { exitCodeFor, FAIL_ON, type FailOn } from './exit-codes';
import { tellFirstSteps } from './first-steps';
import { palette } from './palette';
import { withProgress } from './progress';
import { sourceLines } from './source-lines';
import { writeOut } from './write-out';

/** Options of `balancer check`. */
interface CheckOptions extends CacheOptions {
  readonly format: ReportFormat;
  readonly failOn: FailOn;
  /** Files and folders of manifests to look at in place of specs. */
  readonly manifests?: readonly string[];
  /** The version of the tool, for reports that name it. */
  readonly version: string;
}

/** Compiles without writing; the problems are the output. Answers the exit code. */
export function check(paths: readonly string[], options: CheckOptions): number {
  const { format, failOn, manifests, version } = options;
  const diagnostics: Diagnostic[] = [];
  const suppressed: Suppressed[] = [];
  const lines = sourceLines();
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const accept = (entry: Suppressed): void => void suppressed.push(entry);
  const sources = lines.watch(readFleet(manifests ?? paths, report));
  const cache = cacheOf(paths, options);
  const compiling = { suppressed: accept, cache: cache?.open };
  if (manifests === undefined) for (const _ of withProgress(compile(sources, report, compiling), 'artefacts'));
  else checkManifests(withProgress(sources, 'files'), report, accept);
  cache?.save();
  const found = {
    diagnostics: diagnostics.sort(compareDiagnostics),
    suppressed,
    files: lines.files(),
    isFailure: ({ code }: Diagnostic) => FAIL_ON[failOn].includes(severityOf(code)),
    linesOf: lines.linesOf,
    palette: palette(process.stdout, process.env),
    examples: EXAMPLES,
    version,
  };
  writeOut(REPORTS[format](found));
  if (diagnostics.length === 0) process.stderr.write(nothingFound(lines.files().length, suppressed.length));
  if (manifests === undefined) tellFirstSteps(paths, diagnostics);
  return exitCodeFor(diagnostics, failOn);
}

function nothingFound(files: number, suppressed: number): string {
  const accepted = suppressed === 0 ? '' : `; ${counted(suppressed, 'warning')} accepted by balancer-ignore`;
  return `no problems found in ${counted(files, 'file')}${accepted}\n`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
