import { medianUsage, type Usage } from './measure';
import { outputBytes, SIDES, type Side, type Stage } from './sides';
import type { Start } from './start-up';

/** The runs of one side at one size, and what it wrote. */
export interface Result {
  readonly count: number;
  readonly side: Side;
  readonly runs: number;
  readonly usage: Usage;
  readonly bytes: number;
}

/** The side of ours that does the same work as an idiomatic one: the same input, one stream of manifests. */
const PEERS: Readonly<Partial<Record<Side, Side>>> = {
  idiomaticLoaded: 'oursLoaded',
  idiomaticYaml: 'oursStream',
  idiomaticCharts: 'oursLoaded',
};

const FLAT = 1.5;
const CHECK_MILLISECONDS = 60;
const LARGEST = 10_000;

/** Sums up the runs of a stage while its files are still there. */
export function resultsOf({ count, outputs }: Stage, runs: ReadonlyMap<Side, readonly Usage[]>): Result[] {
  return [...runs].map(([side, usages]) => ({
    count,
    side,
    runs: usages.length,
    usage: medianUsage(usages),
    bytes: outputBytes(outputs[side]),
  }));
}

/** The table of one size. */
export function formatStage({ count, inputBytes }: Stage, results: readonly Result[]): string {
  const rows = results.map(({ side, runs, usage, bytes }) => {
    const peer = results.find((result) => result.side === PEERS[side])?.usage;
    return [
      SIDES[side],
      String(runs),
      usage.wallSeconds.toFixed(2),
      usage.cpuSeconds.toFixed(2),
      usage.peakMegabytes.toFixed(0),
      size(bytes),
      peer ? ratio(usage.wallSeconds, peer.wallSeconds) : '',
      peer ? ratio(usage.cpuSeconds, peer.cpuSeconds) : '',
      peer ? ratio(usage.peakMegabytes, peer.peakMegabytes) : '',
    ];
  });
  const head = ['', 'runs', 'wall s', 'CPU s', 'peak MB', 'output', 'wall', 'CPU', 'memory'];
  return `N = ${count.toLocaleString('en')}: ${size(inputBytes)} of YAML\n${formatTable([head, ...rows])}`;
}

/** The table of the programs that only start. */
export function formatStarts(starts: ReadonlyMap<Start, Usage>): string {
  const node = starts.get('node -e 0')!;
  const rows = [...starts].map(([name, { wallSeconds, cpuSeconds, peakMegabytes }]) => [
    name,
    (wallSeconds * 1000).toFixed(0),
    (cpuSeconds * 1000).toFixed(0),
    peakMegabytes.toFixed(0),
    (wallSeconds / node.wallSeconds).toFixed(2),
    (cpuSeconds / node.cpuSeconds).toFixed(2),
  ]);
  const head = ['', 'wall ms', 'CPU ms', 'peak MB', 'wall/node', 'CPU/node'];
  return `Start: medians of 30 runs\n${formatTable([head, ...rows])}`;
}

/** One line for each aim: reached or not, and by which number. */
export function formatAims(results: readonly Result[], starts: ReadonlyMap<Start, Usage>): string {
  const cpu = (side: Side): number | undefined => usageOf(results, side, LARGEST)?.cpuSeconds;
  const lines = [
    timesLess('loaded specs, one chart, 25 times less CPU', cpu('idiomaticLoaded'), cpu('oursLoaded'), 25),
    timesLess('from YAML to one stream, 10 times less CPU', cpu('idiomaticYaml'), cpu('oursStream'), 10),
    timesLess('from YAML to all files (idiomatic: one), 10 times less CPU', cpu('idiomaticYaml'), cpu('oursFiles'), 10),
    ...(['oursLoaded', 'oursFiles', 'oursStream'] as const).map((side) => flat(results, side)),
    checkAim(starts),
  ];
  return `Aims (N = ${LARGEST.toLocaleString('en')} where no other is named)\n${lines.join('\n')}`;
}

function timesLess(aim: string, theirs: number | undefined, ours: number | undefined, times: number): string {
  if (theirs === undefined || ours === undefined) return `  not measured  ${aim}`;
  return verdict(theirs / ours >= times, aim, `${ratio(theirs, ours)} (${theirs.toFixed(2)} s / ${ours.toFixed(2)} s)`);
}

function flat(results: readonly Result[], side: Side): string {
  const aim = `memory flat in N, ${SIDES[side]} (10,000 at most ${FLAT} times 1,000)`;
  const [small, middle, last] = [100, 1_000, LARGEST].map((count) => usageOf(results, side, count)?.peakMegabytes);
  if (small === undefined || middle === undefined || last === undefined) return `  not measured  ${aim}`;
  const growth = ((last - middle) * 1024) / (LARGEST - 1_000);
  const peaks = [small, middle, last].map((peak) => peak.toFixed(0)).join(', ');
  const numbers = `${peaks} MB at 100, 1,000, 10,000: ${growth.toFixed(1)} KB per Balancer`;
  return verdict(last <= FLAT * middle, aim, numbers);
}

function checkAim(starts: ReadonlyMap<Start, Usage>): string {
  const wall = (name: Start): number => (starts.get(name)?.wallSeconds ?? Number.NaN) * 1000;
  const more = wall('balancer check, one Balancer') - wall('node -e 0');
  const aim = `check of one Balancer within ${CHECK_MILLISECONDS} ms of node -e 0`;
  return verdict(more <= CHECK_MILLISECONDS, aim, `${more.toFixed(0)} ms more`);
}

function verdict(reached: boolean, aim: string, numbers: string): string {
  return `  ${reached ? 'reached      ' : 'NOT reached  '} ${aim}: ${numbers}`;
}

function usageOf(results: readonly Result[], side: Side, count: number): Usage | undefined {
  return results.find((result) => result.side === side && result.count === count)?.usage;
}

/** Columns of equal width: names to the left, numbers to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `  ${row.map((cell, at) => pad(cell, widths[at]!, at)).join('  ')}`.trimEnd()).join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function ratio(theirs: number, ours: number): string {
  return `${(theirs / ours).toFixed(1)}x`;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
