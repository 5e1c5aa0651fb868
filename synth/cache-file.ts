import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { KnownDocument, OpenCache } from '../compiler/known-documents';
import { sumOf } from './sums-file';

/** Where the cache of a fleet stands, and what it is good for. */
export interface CachePlace {
  /** A folder of the user's own, such as `~/.cache/cdk8s-balancer`. */
  readonly folder: string;
  /** The paths that name the fleet, from the working folder. */
  readonly paths: readonly string[];
  /** What tells this program from others: another one may make other files of the same specs. */
  readonly program: string;
}

/** A cache that is read when a fleet is compiled, and written when that has ended. */
export interface CacheFile {
  readonly open: OpenCache;
  /** Keeps what this run found, and drops what it did not ask for. */
  readonly save: () => void;
}

/** Smaller fleets compile in the time that a cache takes, and leave no traces. */
const FEWEST_CHARACTERS = 100_000;

/** As many fleets are remembered: the ones that were written last. */
const MOST_FLEETS = 16;

const ENDING = '.cache';

/**
 * The cache of a fleet. A line is the sum of a document's text, and what is known of it: parsed when it is asked for. Only the
 * user's own file is read, and none in the working folder: what comes with a repository could call any spec a good one.
 */
export function cacheFile({ folder, paths, program }: CachePlace): CacheFile {
  const working = realpathSync('.');
  const path = join(folder, sumOf(JSON.stringify([working, paths])).slice(0, 32) + ENDING);
  const kept = new Map<string, string>();
  let head = '';
  let isNew = false;
  return {
    open(operators) {
      head = sumOf(JSON.stringify([program, operators]));
      const lines = linesBelow(head, isInside(folder, working) ? '' : readOwn(path));
      return {
        find(text) {
          const sum = sumOf(text);
          const line = lines.get(sum);
          const known = line === undefined ? undefined : parsed(line);
          if (line !== undefined && known !== undefined) kept.set(sum, line);
          return known;
        },
        keep(text, document) {
          isNew = true;
          kept.set(sumOf(text), JSON.stringify(document));
        },
        sumOf,
      };
    },
    save() {
      if (!isNew || isInside(folder, working)) return;
      const lines = [head, ...[...kept].map(([sum, line]) => `${sum} ${line}`)];
      const text = `${lines.join('\n')}\n`;
      if (text.length < FEWEST_CHARACTERS) return;
      try {
        write(folder, path, text);
      } catch {
        // A run without a cache is slower, and no less right.
      }
    },
  };
}

/** The lines of a cache by their sums, if it begins with `head`. */
function linesBelow(head: string, text: string): ReadonlyMap<string, string> {
  const [first, ...lines] = text.split('\n');
  if (first !== head) return new Map();
  return new Map(lines.map((line) => [line.slice(0, SUM_LENGTH), line.slice(SUM_LENGTH + 1)]));
}

const SUM_LENGTH = 64;

function parsed(line: string): KnownDocument | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The text of a file that nobody but the user can have written; empty where there is none. */
function readOwn(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { uid, mode } = fstatSync(file);
      const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
      return isOwn ? readFileSync(file, 'utf8') : '';
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

function isInside(folder: string, working: string): boolean {
  const path = relative(working, folder);
  return path !== '..' && !path.startsWith(`..${sep}`);
}

/** All or nothing, whoever else writes. */
function write(folder: string, path: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const waiting = `${path}.${process.pid}`;
  rmSync(waiting, { force: true });
  writeFileSync(waiting, text, { mode: 0o600, flag: 'wx' });
  renameSync(waiting, path);
  const others = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  const byAge = others.map((name) => ({ name, written: statSync(join(folder, name)).mtimeMs }));
  byAge.sort((one, other) => other.written - one.written);
  for (const { name } of byAge.slice(MOST_FLEETS)) rmSync(join(folder, name), { force: true });
}
