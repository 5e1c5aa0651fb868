import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADER } from '../compiler/manifest/artefact';

/** The list of what was written, in the format of `sha256sum`: `cd dist && sha256sum -c .balancer.sums`. */
export const SUMS_FILE = '.balancer.sums';

/** Where new files wait, and the journal with them, until all of them can take their places. */
export const STAGE_FOLDER = '.balancer.stage';

/** The hashes of the files that an earlier run wrote, by path; empty where there was none. */
export function readSums(folder: string): ReadonlyMap<string, string> {
  const text = readIfThere(join(folder, SUMS_FILE))?.toString('utf8') ?? '';
  const entries = text.split('\n').flatMap((line): [string, string][] => {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    return match && isOurPath(match[2]!) ? [[match[2]!, match[1]!]] : [];
  });
  return new Map(entries);
}

/** The text of the list, in the order of the paths. */
export function formatSums(sums: ReadonlyMap<string, string>): string {
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sum]) => `${sum}  ${path}\n`);
  return lines.join('');
}

export function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The bytes of a file; undefined where there is none, or where a symbolic link or a folder stands in its place. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Whether something stands at a path, of whatever sort. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether a file may be replaced: we wrote it, by our list or by its first line. */
export function isOurs(path: string, bytes: Buffer, sums: ReadonlyMap<string, string>): boolean {
  return sums.has(path) || bytes.subarray(0, HEADER.length).toString('utf8') === HEADER;
}

/** The list may have been edited: a path in it must not lead out of the folder. */
function isOurPath(path: string): boolean {
  return (
    /^[a-z0-9._-]+\.k8s\.yaml$|^config\/[a-z0-9._-]+(\/[A-Za-z0-9._-]+){1,4}$/.test(path) &&
    !path.split('/').includes('..')
  );
}
