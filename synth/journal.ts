import { lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '../compiler/diagnostics';
import { isThere, obstacleAt, parentObstacle, STAGE_FOLDER } from './output-folder';
import { isOurPath, SUMS_FILE } from './sums-file';

/** One step towards the new state: a staged file takes its place, or a file goes. */
export type Step = { readonly place: string; readonly staged: number } | { readonly remove: string };

/** The journal exists exactly while its steps may be half done. */
const JOURNAL = 'journal';

/** Whether an earlier run was killed while it changed the folder. */
export function isInterrupted(folder: string): boolean {
  return isFile(join(folder, STAGE_FOLDER, JOURNAL));
}

/** The path at which a new file waits. No ending: Argo CD and cdk8s take any .yaml below the folder for a manifest. */
export function stagedPath(folder: string, staged: number): string {
  return join(folder, STAGE_FOLDER, String(staged));
}

/** Makes the steps happen: after this call returns, or after the next run if it is killed, all of them are done. */
export function commit(folder: string, steps: readonly Step[]): void {
  if (steps.length === 0) {
    discard(folder);
    return;
  }
  const journal = join(folder, STAGE_FOLDER, JOURNAL);
  writeFileSync(`${journal}.new`, steps.map((step) => `${JSON.stringify(step)}\n`).join(''), { flush: true });
  renameSync(`${journal}.new`, journal);
  replay(folder, steps);
}

/**
 * Completes what a killed run had decided; what it had only prepared is dropped. A stage that leads out of the folder was not
 * made by us, but came with the files, say in a pull request: it is reported, and nothing is touched. Answers whether to go on.
 */
export function recover(folder: string, report: Report): boolean {
  const stage = join(folder, STAGE_FOLDER);
  const steps = isFolder(stage) ? stepsIn(folder) : [];
  const problem = isFolder(stage) ? obstacleOf(folder, steps) : obstacleAt(stage);
  if (problem !== undefined) {
    report({ code: 'BAL5003', message: problem, location: { file: stage, pointer: '' } });
    return false;
  }
  if (isInterrupted(folder)) replay(folder, steps ?? []);
  else discard(folder);
  return true;
}

/** The steps that are still to be done: a rename that has happened leaves no staged file behind. Undefined where the journal is not ours. */
function stepsIn(folder: string): readonly Step[] | undefined {
  if (!isInterrupted(folder)) return [];
  const lines = readFileSync(join(folder, STAGE_FOLDER, JOURNAL), 'utf8')
    .split('\n')
    .filter(Boolean);
  const steps = lines.map(stepIn);
  if (steps.includes(undefined)) return undefined;
  return (steps as Step[]).filter((step) => 'remove' in step || isThere(stagedPath(folder, step.staged)));
}

function stepIn(line: string): Step | undefined {
  try {
    const { place, staged, remove } = JSON.parse(line) as { readonly [Key in 'place' | 'staged' | 'remove']?: unknown };
    if (isOurs(remove)) return { remove };
    return isOurs(place) && Number.isSafeInteger(staged) ? { place, staged: staged as number } : undefined;
  } catch {
    return undefined;
  }
}

function isOurs(path: unknown): path is string {
  return typeof path === 'string' && (path === SUMS_FILE || isOurPath(path));
}

function obstacleOf(folder: string, steps: readonly Step[] | undefined): string | undefined {
  if (steps === undefined) return 'the journal is not one of ours';
  for (const step of steps) {
    const problem = parentObstacle(folder, 'remove' in step ? step.remove : step.place);
    if (problem !== undefined) return problem;
    if ('staged' in step && !isFile(stagedPath(folder, step.staged))) return `"${step.staged}" is not a file`;
  }
  return undefined;
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Drops everything that waits. */
export function discard(folder: string): void {
  rmSync(join(folder, STAGE_FOLDER), { recursive: true, force: true });
}

function replay(folder: string, steps: readonly Step[]): void {
  const made = new Set<string>();
  for (const step of steps) {
    if ('remove' in step) remove(folder, step.remove);
    else place(folder, step, made);
  }
  // The journal goes first, by one rename: without it the rest of the stage means nothing.
  renameSync(join(folder, STAGE_FOLDER, JOURNAL), join(folder, STAGE_FOLDER, 'done'));
  discard(folder);
}

function place(folder: string, step: { readonly place: string; readonly staged: number }, made: Set<string>): void {
  const target = join(folder, step.place);
  const parent = dirname(target);
  if (!made.has(parent)) mkdirSync(parent, { recursive: true });
  made.add(parent);
  renameSync(stagedPath(folder, step.staged), target);
}

function remove(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    try {
      rmdirSync(join(folder, parent));
    } catch {
      return; // not empty: somebody else's files are in it
    }
  }
}
