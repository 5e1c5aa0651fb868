import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** What one process has used, from its start to its end. */
export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** A program to measure: the arguments of node, and the file for its output. */
export interface Program {
  readonly args: readonly string[];
  readonly stdout?: string;
}

/** How often to measure a program, and when to stop earlier. */
export interface Repeats {
  readonly times: number;
  /** No new run begins that would take a program above this sum of wall time. */
  readonly budgetSeconds: number;
}

/**
 * Runs programs in turn, a round of all of them after another, so that a noisy minute hits all alike.
 * `prepare` is called before each run. Throws if a program fails.
 */
export function measureInTurn<Name extends string>(
  programs: Readonly<Record<Name, Program>>,
  { times, budgetSeconds }: Repeats,
  preload: string,
  prepare: (name: Name) => void = () => {},
): ReadonlyMap<Name, readonly Usage[]> {
  const runs = new Map<Name, Usage[]>();
  for (let round = 0; round < times; round++) {
    for (const [name, program] of Object.entries(programs) as [Name, Program][]) {
      const done = runs.get(name) ?? [];
      const spent = done.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
      if (round > 0 && spent + spent / done.length > budgetSeconds) continue;
      prepare(name);
      runs.set(name, [...done, measure(program, preload)]);
    }
  }
  return runs;
}

/** The median of each number on its own. */
export function medianUsage(usages: readonly Usage[]): Usage {
  return {
    wallSeconds: median(usages.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(usages.map(({ cpuSeconds }) => cpuSeconds)),
    peakMegabytes: median(usages.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function measure({ args, stdout }: Program, preload: string): Usage {
  const output = stdout === undefined ? 'ignore' : openSync(stdout, 'w');
  const start = process.hrtime.bigint();
  const child = spawnSync(process.execPath, ['--require', preload, ...args], {
    stdio: ['ignore', output, 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (typeof output === 'number') closeSync(output);
  if (child.status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${child.stderr}`);
  return { wallSeconds, ...(JSON.parse(child.output[3] ?? '') as Omit<Usage, 'wallSeconds'>) };
}
