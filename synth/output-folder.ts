import { lstatSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HEADER } from '../compiler/manifest/artefact';

/** Where new files wait, and the journal with them, until all of them can take their places. */
export const STAGE_FOLDER = '.balancer.stage';

/** The bytes of a file; undefined where there is none, or where a symbolic link or a folder stands in its place. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The bytes of a file below a folder; undefined also where a link on the way leads somewhere else. */
export function readBelow(folder: string, path: string, known?: Set<string>): Buffer | undefined {
  return parentObstacle(folder, path, known) === undefined ? readIfThere(join(folder, path)) : undefined;
}

/** Whether something stands at a path, of whatever sort. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether a file may be replaced: we wrote it, by our list or by its first line. */
export function isOurs(path: string, bytes: Buffer, sums: ReadonlyMap<string, string>): boolean {
  return sums.has(path) || bytes.subarray(0, HEADER.length).toString('utf8') === HEADER;
}

/** What stands at a path in place of a file, in words; undefined where nothing does. */
export function obstacleAt(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isDirectory()) return 'a folder is in the way';
  if (stats.isSymbolicLink()) return 'a symbolic link is in the way';
  return 'a file that cdk8s-balancer did not write is in the way';
}

/** What keeps a path from being reached: a parent that is no folder, or a link that would lead out of the output folder. */
export function parentObstacle(folder: string, path: string, known: Set<string> = new Set()): string | undefined {
  const seen: string[] = [];
  for (let parent = dirname(path); parent !== '.' && !known.has(parent); parent = dirname(parent)) {
    const stats = lstatSync(join(folder, parent), { throwIfNoEntry: false });
    if (stats?.isSymbolicLink()) return `"${parent}" is a symbolic link`;
    if (stats !== undefined && !stats.isDirectory()) return `"${parent}" is not a folder`;
    if (stats !== undefined) seen.push(parent);
  }
  // Below a link everything looks well: a parent is known only with all those above it.
  for (const parent of seen) known.add(parent);
  return undefined;
}
