import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STAGE_FOLDER } from './output-folder';

/** One step towards the new state: a staged file takes its place, or a file goes. */
export type Step = { readonly place: string; readonly staged: number } | { readonly remove: string };

/** The journal exists exactly while its steps may be half done. */
const JOURNAL = 'journal';

/** Whether an earlier run was killed while it changed the folder. */
export function isInterrupted(folder: string): boolean {
  return existsSync(join(folder, STAGE_FOLDER, JOURNAL));
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

/** Completes what a killed run had decided; what it had only prepared is dropped. */
export function recover(folder: string): void {
  if (!isInterrupted(folder)) {
    discard(folder);
    return;
  }
  const lines = readFileSync(join(folder, STAGE_FOLDER, JOURNAL), 'utf8')
    .split('\n')
    .filter(Boolean);
  const steps = lines.map((line) => JSON.parse(line) as Step);
  // A rename that has happened leaves no staged file behind.
  replay(
    folder,
    steps.filter((step) => 'remove' in step || existsSync(stagedPath(folder, step.staged))),
  );
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
