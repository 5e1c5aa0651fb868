import { type Diagnostic, severityOf } from '../compiler/diagnostics';
import { printJson, visible } from '../compiler/diagnostics/show-controls';
import { lineExplainer, type Origin } from '../compiler/provenance/explain-line';
import { load } from '../compiler/spec/load';
import { type Verdict, verifyArtefacts } from '../judge/verify';
import { readArtefacts } from '../synth/read-artefacts';
import { readFleet } from '../synth/read-fleet';
import { compileWatched } from './compile-watched';
import { CLEAN, exitCodeFor, MISSING_PROGRAM, PROBLEMS } from './exit-codes';
import { schemaOf } from './explain-kind-field';
import { tellFirstSteps } from './first-steps';
import { sourceLines } from './source-lines';
import { tellProblems } from './tell-problems';
import { writeOut } from './write-out';

/** Options of `balancer verify`. */
export interface VerifyOptions {
  readonly output?: string;
  readonly format: 'text' | 'json';
  readonly allowMissing?: boolean;
}

/** A problem with the field of a spec behind it. */
interface Traced {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
  readonly origin?: Origin;
}

/** Lets the real programs read what specs become. Answers the exit code. */
export function verify(paths: readonly string[], { output, format, allowMissing }: VerifyOptions): number {
  const unreadable: Diagnostic[] = [];
  const lines = sourceLines();
  const sources = [...lines.watch(readFleet(paths, (diagnostic) => unreadable.push(diagnostic)))];
  const { artefacts, diagnostics } = compileWatched(sources);
  const found = [...unreadable, ...diagnostics];
  tellProblems(found, lines);
  tellFirstSteps(paths, found);
  if (found.some(({ code }) => severityOf(code) === 'error')) return exitCodeFor(found, 'error');
  const judged = output === undefined ? artefacts : readArtefacts(output, artefacts);
  const explain = lineExplainer([...load(sources, () => {})], schemaOf);
  const trace = (path: string, line: number): Origin | undefined => {
    const explained = explain(path, line);
    return typeof explained === 'string' ? undefined : explained.origins[0];
  };
  const verdicts: Verdict[] = [];
  for (const verdict of verifyArtefacts(judged, sources, process.env)) {
    verdicts.push(verdict);
    if (format === 'text' && verdict.state !== 'not run') writeOut(visible(verdictText(verdict, trace)));
  }
  if (format === 'text') writeOut(visible(notRunText(verdicts)));
  else writeOut(printJson(verdicts.map((verdict) => ({ ...verdict, problems: traced(verdict, trace) }))));
  if (verdicts.some(({ state }) => state === 'refused')) return PROBLEMS;
  return !allowMissing && verdicts.some(isMissing) ? MISSING_PROGRAM : CLEAN;
}

type Trace = (path: string, line: number) => Origin | undefined;

function traced({ path, problems }: Verdict, trace: Trace): Traced[] {
  return problems.map(({ line, message }) => {
    const origin = line === undefined ? undefined : trace(path, line);
    return { path, ...(line !== undefined && { line }), message, ...(origin && { origin }) };
  });
}

function verdictText(verdict: Verdict, trace: Trace): string {
  const { path, state, by, leftOut } = verdict;
  const without = leftOut.length === 0 ? '' : `, without ${leftOut.join(', ')}`;
  const lines = traced(verdict, trace).map(({ line, message: said, origin }) => {
    const message = said.replace(/\n+/g, '\n      ');
    const place = line === undefined ? path : `${path}:${line}`;
    if (origin === undefined) return `  ${place}: ${message}\n`;
    const { file, line: at, column } = origin.location;
    return `  ${place}: ${message}\n    made by ${file}:${at}:${column} ${origin.pointer}\n`;
  });
  return `${state} ${path} by ${by}${without}\n${lines.join('')}`;
}

const ONLY_THE_SERVER = 'unknown fields, missing fields and admission';

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** What could not be run, by reason, and what nobody could judge. */
function notRunText(verdicts: readonly Verdict[]): string {
  const reasons = new Map<string, number>();
  const idle = verdicts.filter(({ state }) => state === 'not run');
  for (const { by } of idle) reasons.set(by, (reasons.get(by) ?? 0) + 1);
  const lines = [...reasons].map(([reason, count]) => `not run: ${counted(count, 'file')}, ${reason}\n`);
  const manifests = verdicts.filter(({ path, state }) => path.endsWith('.k8s.yaml') && state === 'accepted').length;
  // kubectl without a server knows the types of fields, and no more.
  if (manifests > 0)
    lines.push(`not judged: ${ONLY_THE_SERVER} of ${counted(manifests, 'manifest')}, which only an API server knows\n`);
  return lines.join('');
}

function isMissing({ state, by }: Verdict): boolean {
  return state === 'not run' && by.startsWith('missing: ');
}
