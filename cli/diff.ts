import { Command, Option } from 'commander';
import { IMPACTS, type Impact } from '../compiler/analysis/impact/impact';
import { type ImpactReport, impactReport } from '../compiler/analysis/impact/impact-report';
import { impactMarkdown, impactText } from '../compiler/analysis/impact/impact-text';
import { readSides } from './diff-sides';
import { CLEAN, PROBLEMS } from './exit-codes';
import { writeOut } from './write-out';

/** Options of `balancer diff`. */
export interface DiffOptions {
  readonly format: keyof typeof FORMATS;
  readonly failOn: readonly Impact[];
}

const FORMATS = { text: impactText, markdown: impactMarkdown, json: impactJson } as const;

/** Prints what a change does. Answers the exit code. */
export function diff(before: string, after: string, { format, failOn }: DiffOptions): number {
  const sides = readSides(before, after);
  if (typeof sides === 'number') return sides;
  const report = impactReport(sides.before, sides.after);
  writeOut(FORMATS[format](report));
  return report.changes.some(({ impact }) => failOn.includes(impact)) ? PROBLEMS : CLEAN;
}

function impactJson({ changes, moves, steps, rollback }: ImpactReport): string {
  const plain = moves.map((move) => ({
    ...move,
    before: Object.fromEntries(move.before),
    after: Object.fromEntries(move.after),
  }));
  return `${JSON.stringify({ changes, moves: plain, steps, rollback }, null, 2)}\n`;
}

/** The command, for the tree of commands. */
export function diffCommand(): Command {
  return new Command('diff')
    .description('Say what a change does to what runs: by impact, with the connections that move and a safe order.')
    .argument('[before]', 'specs or an output folder, REVISION:PATH of Git, or "cluster"', 'HEAD:dist')
    .argument('[after]', 'the same', 'fleet')
    .addOption(new Option('--format <format>', 'how to print it').choices(Object.keys(FORMATS)).default('text'))
    .addOption(
      new Option('--fail-on <impacts...>', 'exit with 1 if there is a change with one of these impacts')
        .choices(IMPACTS)
        .default([]),
    )
    .exitOverride()
    .action((before: string, after: string, options: DiffOptions) => {
      process.exitCode = diff(before, after, options);
    });
}
