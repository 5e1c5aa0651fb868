import { checkManifests } from '../compiler/analysis/check-manifests';
import { compile } from '../compiler/compile';
import {
  compareDiagnostics,
  type Diagnostic,
  type LinesOf,
  linesIn,
  REPORTS,
  type ReportFormat,
  type Suppressed,
  severityOf,
} from '../compiler/diagnostics';
import { EXAMPLES } from '../compiler/diagnostics/generated/examples';
import type { Source } from '../compiler/spec/document';
import { readFleet } from '../synth/read-fleet';
import { exitCodeFor, FAIL_ON, type FailOn } from './exit-codes';
import { palette } from './palette';
import { writeOut } from './write-out';

/** Options of `balancer check`. */
export interface CheckOptions {
  readonly format: ReportFormat;
  readonly failOn: FailOn;
  /** Files and folders of manifests to look at in place of specs. */
  readonly manifests?: readonly string[];
  /** The version of the tool, for reports that name it. */
  readonly version: string;
}

/** Compiles without writing; the problems are the output. Answers the exit code. */
export function check(paths: readonly string[], { format, failOn, manifests, version }: CheckOptions): number {
  const diagnostics: Diagnostic[] = [];
  const suppressed: Suppressed[] = [];
  const texts = new Map<string, string>();
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const accept = (entry: Suppressed): void => void suppressed.push(entry);
  const sources = remembered(readFleet(manifests ?? paths, report), texts);
  if (manifests === undefined) for (const _ of compile(sources, report, accept));
  else checkManifests(sources, report, accept);
  const found = {
    diagnostics: diagnostics.sort(compareDiagnostics),
    suppressed,
    files: [...texts.keys()],
    isFailure: ({ code }: Diagnostic) => FAIL_ON[failOn].includes(severityOf(code)),
    linesOf: linesFrom(texts),
    palette: palette(process.stdout, process.env),
    examples: EXAMPLES,
    version,
  };
  writeOut(REPORTS[format](found));
  if (diagnostics.length === 0) process.stderr.write(nothingFound(texts.size, suppressed.length));
  return exitCodeFor(diagnostics, failOn);
}

/** The same sources; their texts are kept for the frames. They are in memory until the last one is read anyway. */
function* remembered(sources: Iterable<Source>, texts: Map<string, string>): Generator<Source> {
  for (const source of sources) {
    texts.set(source.file, source.text);
    yield source;
  }
}

/** Lines by file, cut once for each file that something is told of. */
function linesFrom(texts: ReadonlyMap<string, string>): LinesOf {
  const cut = new Map<string, readonly string[]>();
  return (file) => {
    const text = texts.get(file);
    if (text !== undefined && !cut.has(file)) cut.set(file, linesIn(text));
    return cut.get(file);
  };
}

function nothingFound(files: number, suppressed: number): string {
  const accepted = suppressed === 0 ? '' : `; ${counted(suppressed, 'warning')} accepted by balancer-ignore`;
  return `no problems found in ${counted(files, 'file')}${accepted}\n`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
