import type { Snapshot } from '../snapshot';
import { type ApplyStep, applySteps } from './apply-steps';
import { findChanges } from './find-changes';
import { type Change, compareImpacts, type Impact } from './impact';
import { lostThings } from './lost-things';
import { type TrafficMove, trafficMoves } from './traffic-moves';

/** What a change does: all of it, by impact, with the connections that move and a safe order. */
export interface ImpactReport {
  /** The worst first. */
  readonly changes: readonly Change[];
  readonly moves: readonly TrafficMove[];
  readonly steps: readonly ApplyStep[];
  /** The safe order for the way back. */
  readonly rollback: readonly ApplyStep[];
  /** What the way back does not bring back. */
  readonly lost: readonly string[];
  /** What may be there and was not compared. */
  readonly notLookedAt: readonly string[];
}

/** Compares two snapshots. */
export function impactReport(before: Snapshot, after: Snapshot): ImpactReport {
  const changes = findChanges(before, after).sort(compareChanges);
  const rollback = applySteps(findChanges(after, before).sort(compareChanges));
  const notLookedAt = [...new Set([...(before.notLookedAt ?? []), ...(after.notLookedAt ?? [])])];
  const lost = lostThings(before, changes);
  return { changes, moves: trafficMoves(before, after), steps: applySteps(changes), rollback, lost, notLookedAt };
}

/** The worst first; then by name, whatever order the sides are read in. */
function compareChanges(one: Change, other: Change): number {
  const [first, second] = [one, other].map(({ where, pointer }) => `${where} ${pointer}`) as [string, string];
  return compareImpacts(one.impact, other.impact) || (first < second ? -1 : Number(first > second));
}

/** Changes by impact, in the order of the report. */
export function byImpact(changes: readonly Change[]): ReadonlyMap<Impact, readonly Change[]> {
  const groups = new Map<Impact, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.impact);
    if (group === undefined) groups.set(change.impact, [change]);
    else group.push(change);
  }
  return groups;
}

/** Lines of one change that are shown. */
const MOST_LINES = 12;

/** A change as lines with `-` and `+`. */
export function changedText({ before = [], after = [] }: Change): string[] {
  const lines = [...before.map((line) => `- ${line}`), ...after.map((line) => `+ ${line}`)];
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `  and ${lines.length - MOST_LINES} more lines`];
}

/** The shares of a move in a few words. */
export function movedText({ before, after, moved }: TrafficMove): string {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const parts = names.map((name) => `${name} ${percent(before.get(name))} -> ${percent(after.get(name))}`);
  return `${percent(moved)} of the connections move: ${parts.join(', ')}`;
}

function percent(share: number | undefined): string {
  return share === undefined ? 'none' : `${Math.round(share * 1000) / 10}%`;
}
