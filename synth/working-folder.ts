import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, resolve, sep } from 'node:path';

/**
 * Whether a path that stays in the working folder by its words leaves it by a symbolic link. A repository may hold such a
 * link; who wants the place behind it names that place.
 */
export function leavesWorkingFolder(path: string): boolean {
  const plain = normalize(path);
  if (isAbsolute(plain) || plain.split(sep)[0] === '..') return false;
  const working = realpathSync('.');
  const real = realPathOf(plain);
  return real !== working && !real.startsWith(working.endsWith(sep) ? working : working + sep);
}

/** The real path of as much of a path as is there. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // A link to nothing would be followed by whoever creates the file.
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return resolve(dirname(path), readlinkSync(path));
    return join(realPathOf(dirname(path)), basename(path));
  }
}
