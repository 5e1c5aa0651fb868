import type { Impact } from '../compiler/analysis/impact/impact';
import { type ImpactReport, impactReport } from '../compiler/analysis/impact/impact-report';
import { impactMarkdown, impactText } from '../compiler/analysis/impact/impact-text';
import { printJson } from '../compiler/diagnostics/show-controls';
import type { CacheOptions } from './cache';
import { readSides } from './diff-sides';
import { CLEAN, PROBLEMS } from './exit-codes';
import { writeOut } from './write-out';

/** Options of `balancer diff`. */
export interface DiffOptions extends CacheOptions {
  readonly format: keyof typeof FORMATS;
  readonly failOn: readonly Impact[];
}

const FORMATS = { text: impactText, markdown: impactMarkdown, json: impactJson } as const;

/** Prints what a change does. Answers the exit code. */
export function diff(before: string, after: string, { format, failOn, cache }: DiffOptions): number {
  const sides = readSides(before, after, { cache });
  if (typeof sides === 'number') return sides;
  const report = impactReport(sides.before, sides.after);
  writeOut(FORMATS[format](report));
  return report.changes.some(({ impact }) => failOn.includes(impact)) ? PROBLEMS : CLEAN;
}

function impactJson({ moves, ...report }: ImpactReport): string {
  const plain = moves.map((move) => ({
    ...move,
    before: Object.fromEntries(move.before),
    after: Object.fromEntries(move.after),
  }));
  const { changes, ...rest } = report;
  return printJson({ changes, moves: plain, ...rest });
}
