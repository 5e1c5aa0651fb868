import { isUtf8 } from 'node:buffer';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { findProgram } from './find-program';

/** Files of a revision below a path, which they are named from; or why there are none. */
export type GitFiles =
  | { readonly files: readonly { readonly path: string; readonly text: string }[] }
  | { readonly problem: string };

/** A file of a revision. */
interface Entry {
  readonly blob: string;
  readonly bytes: number;
  readonly path: string;
}

/** What a fleet and its output have at most: a Node.js text is not longer than half of this. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Reads those files of a revision that are wanted from the repository around the working folder: git-ls-tree(1),
 * git-cat-file(1). Neither runs hooks or filters, nor asks another machine. Links and submodules are left out.
 */
export function gitFiles(revision: string, path: string, isWanted: (paths: readonly string[]) => IsWanted): GitFiles {
  const git = findProgram('git', process.env);
  if (git === undefined) return { problem: 'the program "git" is missing' };
  const run = (args: readonly string[], input = ''): SpawnSyncReturns<Buffer> =>
    spawnSync(git, ['--no-pager', '-c', 'core.fsmonitor=false', ...args], {
      input,
      maxBuffer: 2 * MOST_BYTES,
      timeout: 60_000,
      env: { ...process.env, GIT_NO_LAZY_FETCH: '1' },
    });
  const commit = run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit.status !== 0) return { problem: `git knows no revision "${revision}" here` };
  const id = commit.stdout.toString().trim();
  const tree = run(['ls-tree', '-r', '-l', '-z', id, '--', path]);
  const all = tree.status === 0 ? entriesIn(tree.stdout.toString(), path) : [];
  const wanted = isWanted(all.map((entry) => entry.path));
  const entries = all.filter((entry) => wanted(entry.path));
  if (entries.length === 0) return { problem: `"${revision}" has no files below "${path}"` };
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (bytes > MOST_BYTES)
    return { problem: `the files of "${revision}" below "${path}" have ${bytes} bytes: too many` };
  const batch = run(['cat-file', '--batch'], entries.map(({ blob }) => `${blob}\n`).join(''));
  const contents = batch.status === 0 ? contentsIn(batch.stdout) : [];
  if (contents.length < entries.length) return { problem: `git cannot read the files of "${revision}"` };
  return textsOf(revision, entries, contents);
}

/** Which of the files below a path are read. */
export type IsWanted = (path: string) => boolean;

function entriesIn(listing: string, path: string): Entry[] {
  return listing.split('\0').flatMap((entry) => {
    const [, mode, blob, bytes, name] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(entry) ?? [];
    if (mode !== '100644' && mode !== '100755') return [];
    return [{ blob: blob!, bytes: Number(bytes), path: relative(path, name!) }];
  });
}

function textsOf(revision: string, entries: readonly Entry[], contents: readonly Buffer[]): GitFiles {
  const files = entries.map(({ path }, index) => ({ path, content: contents[index]! }));
  const other = files.find(({ content }) => !isUtf8(content));
  if (other !== undefined) return { problem: `"${other.path}" of "${revision}" is not UTF-8 text` };
  return { files: files.map(({ path, content }) => ({ path, text: content.toString('utf8') })) };
}

/** The answers of `git cat-file --batch`: a line with the size, the content, a line break. Ends at an object that is missing. */
function contentsIn(output: Buffer): Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.subarray(at, end).toString())?.[1];
    if (size === undefined) break;
    contents.push(output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}
