import { readClusterState } from '../compiler/analysis/cluster-state';
import { wantedRoutes } from '../compiler/analysis/routes';
import { routesTable } from '../compiler/analysis/routes-table';
import { resolveFleet } from '../compiler/compile';
import type { Diagnostic, Report } from '../compiler/diagnostics';
import { printJson, visible } from '../compiler/diagnostics/show-controls';
import { readFleet } from '../synth/read-fleet';
import { CLEAN, exitCodeFor, PROBLEMS, USAGE } from './exit-codes';
import { tellFirstSteps } from './first-steps';
import { refuse } from './refuse';
import { sourceLines } from './source-lines';
import { tellProblems } from './tell-problems';
import { writeOut } from './write-out';

/** Options of `balancer routes`. */
export interface RoutesOptions {
  /** The state of the cluster; `-` for standard input. */
  readonly file: string;
  /** As gobgp prints, or for programs. */
  readonly format: 'table' | 'json';
}

/** Prints the RIB that a cluster in this state should have. Nothing is printed where a problem is an error. Answers the exit code. */
export function routes(paths: readonly string[], { file, format }: RoutesOptions): number {
  if (file === '-' && paths.includes('-')) return refuse('standard input is either the state or the specs', USAGE);
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => void diagnostics.push(diagnostic);
  const lines = sourceLines();
  const { bgpLoadBalancers } = resolveFleet(lines.watch(readFleet(paths, report)), report);
  const { state, problems } = readClusterState(lines.watch(readFleet([file], report)));
  diagnostics.push(...problems);
  if (exitCodeFor(diagnostics, 'error') === CLEAN && Object.values(state).every((objects) => objects.length === 0))
    report(nothingIn(file));
  tellProblems(diagnostics, lines);
  tellFirstSteps(paths, diagnostics);
  const failed = exitCodeFor(diagnostics, 'error');
  if (failed !== CLEAN) return failed;
  // A fleet has one at most: the compiler refuses a second.
  const [model] = bgpLoadBalancers;
  if (model === undefined) return refuse('there is no BgpLoadBalancer in the specs', PROBLEMS);
  const wanted = wantedRoutes(model, state);
  const { table, notes } = routesTable(wanted);
  writeOut(format === 'json' ? printJson(wanted) : visible(table));
  process.stderr.write(visible(notes));
  return CLEAN;
}

/** A `kubectl` that failed leaves an empty file; to take it for an empty cluster would withdraw every route. */
function nothingIn(file: string): Diagnostic {
  const message = 'the state holds no Service, no EndpointSlice and no Node';
  return { code: 'BAL1009', message, location: { file: file === '-' ? '<stdin>' : file, pointer: '' } };
}
