import { join } from 'node:path';
import { measureInTurn, medianUsage, type Usage } from './measure';
import { writeSampleFleet } from './sample-fleet';
import { COMMAND } from './sides';

/** Programs whose run is little more than a start. */
export type Start =
  | 'node -e 0'
  | 'balancer --help'
  | 'balancer synth --help'
  | 'balancer __complete'
  | 'balancer explain, a code'
  | 'balancer check, one Balancer';

const RUNS = 30;

/** Medians of 30 runs in turn. */
export function measureStarts(folder: string, preload: string): ReadonlyMap<Start, Usage> {
  const fleet = join(folder, 'one');
  writeSampleFleet(fleet, 1);
  const starts = {
    'node -e 0': { args: ['-e', '0'] },
    'balancer --help': { args: [COMMAND, '--help'] },
    'balancer synth --help': { args: [COMMAND, 'synth', '--help'] },
    'balancer __complete': { args: [COMMAND, '__complete', '--', 's'] },
    'balancer explain, a code': { args: [COMMAND, 'explain', 'BAL3001'] },
    'balancer check, one Balancer': { args: [COMMAND, 'check', join(fleet, 'fleet-000000.yaml')] },
  };
  const runs = measureInTurn(starts, { times: RUNS, budgetSeconds: Number.POSITIVE_INFINITY }, preload);
  return new Map([...runs].map(([name, usages]) => [name, medianUsage(usages)]));
}
