import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
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

/** The folder among some paths in which an output folder is, or which it is; its files would be read as specs. */
export function specsAround(output: string, paths: readonly string[]): string | undefined {
  try {
    const place = realPathOf(resolve(output));
    return paths.find((path) => {
      if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return false;
      const folder = realpathSync(path);
      return place === folder || place.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    });
  } catch (error) {
    // Whoever reads or writes there tells of it.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
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
