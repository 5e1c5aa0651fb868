/** What a person and a pipeline do with a fleet again and again, against a full run and against `kubectl kustomize`. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureInTurn, medianUsage, type Program, type Usage } from './measure';
import { formatTable } from './report';
import { writeSampleFleet } from './sample-fleet';
import { COMMAND } from './sides';

/** The rows of the table, in the order of the runs: each leaves the folders as the next one needs them. */
const ROWS = {
  full: 'synth, all files new, no cache yet',
  changed: 'synth, one file changed',
  same: 'synth, nothing changed',
  verify: 'synth --check, nothing drifted',
  check: 'check, nothing changed',
  checkAll: 'check --no-cache',
  diff: 'diff, one file changed',
} as const;

type Row = keyof typeof ROWS;

const RUNS = 3;
const KUSTOMIZE_SECONDS = 300;

/** Beyond this `kubectl kustomize` takes longer than anybody waits. */
const MOST_FOR_KUSTOMIZE = 1_000;

/** How long `kubectl kustomize` takes for the same output, or why nobody knows. */
type Kustomize = { readonly seconds: number } | { readonly reason: string };

/** Measures a fleet of one Balancer per file; answers the table. */
export function measureScale(folder: string, count: number, preload: string): string {
  const fleet = join(folder, 'fleet');
  const [fresh, kept] = [join(folder, 'fresh'), join(folder, 'kept')];
  writeSampleFleet(fleet, count, 1);
  const cache = join(folder, 'cache');
  process.env.XDG_CACHE_HOME = cache;
  const synth = (output: string, ...more: readonly string[]): Program => {
    return { args: [COMMAND, 'synth', fleet, '-o', output, '--kustomization', ...more] };
  };
  const programs: Readonly<Record<Row, Program>> = {
    full: synth(fresh),
    changed: synth(kept),
    same: synth(kept),
    verify: synth(kept, '--check'),
    check: { args: [COMMAND, 'check', fleet] },
    checkAll: { args: [COMMAND, 'check', '--no-cache', fleet] },
    diff: { args: [COMMAND, 'diff', kept, fleet] },
  };
  const once = { times: 1, budgetSeconds: 0 };
  measureInTurn({ kept: programs.same }, once, preload);
  const edit = editor(join(fleet, 'fleet-000000.yaml'));
  const runs = measureInTurn<Row>(
    programs,
    { times: RUNS, budgetSeconds: Number.POSITIVE_INFINITY },
    preload,
    (row) => {
      if (row === 'full') for (const made of [fresh, cache]) rmSync(made, { recursive: true, force: true });
      if (row === 'changed' || row === 'diff') edit();
    },
  );
  const usages = new Map([...runs].map(([row, all]) => [row, medianUsage(all)]));
  const table = formatScale(count, usages, kustomize(kept, count));
  rmSync(folder, { recursive: true, force: true });
  return table;
}

/** Gives a file another content at each call. */
function editor(file: string): () => void {
  const text = readFileSync(file, 'utf8');
  let weight = 50;
  return () => {
    weight += 1;
    writeFileSync(file, text.replace(/weight: \d+/, `weight: ${weight}`));
  };
}

function kustomize(folder: string, count: number): Kustomize {
  if (count > MOST_FOR_KUSTOMIZE) return { reason: `not run above ${MOST_FOR_KUSTOMIZE.toLocaleString('en')}` };
  const start = process.hrtime.bigint();
  const { error, status } = spawnSync('kubectl', ['kustomize', folder], {
    stdio: 'ignore',
    timeout: KUSTOMIZE_SECONDS * 1000,
    env: { ...process.env, KUBECONFIG: '/dev/null' },
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT') return { reason: 'skipped: kubectl is missing' };
  if (code === 'ETIMEDOUT') return { reason: `more than ${KUSTOMIZE_SECONDS} s` };
  if (status !== 0) return { reason: `failed with ${status}` };
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

function formatScale(count: number, usages: ReadonlyMap<Row, Usage>, peer: Kustomize): string {
  const full = usages.get('full')!;
  const rows = [...usages].map(([row, { wallSeconds, cpuSeconds, peakMegabytes }]) => [
    ROWS[row],
    wallSeconds.toFixed(2),
    cpuSeconds.toFixed(2),
    peakMegabytes.toFixed(0),
    (wallSeconds / full.wallSeconds).toFixed(2),
    (cpuSeconds / full.cpuSeconds).toFixed(2),
    'seconds' in peer ? `${(peer.seconds / wallSeconds).toFixed(1)}x` : '',
  ]);
  const head = ['', 'wall s', 'CPU s', 'peak MB', 'wall/full', 'CPU/full', 'kustomize/wall'];
  const last = `  kubectl kustomize on the output: ${'seconds' in peer ? `${peer.seconds.toFixed(2)} s, one run` : peer.reason}`;
  const title = `A fleet of ${count.toLocaleString('en')} Balancers, a file each; medians of ${RUNS} runs`;
  return `${title}\n${formatTable([head, ...rows])}\n${last}`;
}
