import { isUtf8 } from 'node:buffer';
import { relative } from 'node:path';
import { type RunGit, runGit, whyUnknown } from './git-process';

/** Files of a revision below a path, which they are named from; or why there are none. */
type GitFiles =
  | {
      readonly files: readonly { readonly path: string; readonly text: string }[];
      /** Links and submodules, which have no text. */
      readonly leftOut: readonly string[];
    }
  | { readonly problem: string }
  | { readonly missing: 'git' };

/** A file of a revision. */
interface Entry {
  readonly blob: string;
  /** Absent where the repository does not have it: a clone may be partial. */
  readonly bytes: number | undefined;
  readonly path: string;
}

/** What a tree names and has no text. */
interface LeftOut {
  readonly what: 'link' | 'submodule';
  readonly path: string;
  /** Where it stands, from the working folder. */
  readonly name: string;
}

/** What a revision has below a path. */
interface Tree {
  readonly entries: readonly Entry[];
  readonly leftOut: readonly LeftOut[];
}

/** What a fleet and its output have at most: a Node.js text is not longer than half of this. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Which of the files below a path are read. */
type IsWanted = (path: string) => boolean;

/**
 * Reads those files of a revision that are wanted from the repository around the working folder: git-rev-parse(1),
 * git-ls-tree(1), git-cat-file(1). None of them runs hooks or filters, or asks another machine.
 */
export function gitFiles(revision: string, path: string, isWanted: (paths: readonly string[]) => IsWanted): GitFiles {
  const run = runGit(process.env, 2 * MOST_BYTES);
  if (run === undefined) return { missing: 'git' };
  const commit = run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit.status !== 0) return { problem: whyUnknown(run, revision) };
  const listing = run(['ls-tree', '-r', '-l', '-z', commit.stdout.toString().trim(), '--', path]);
  if (listing.status !== 0 || !isUtf8(listing.stdout)) return { problem: unlisted(revision, path, listing) };
  const tree = treeIn(listing.stdout.toString(), path);
  const wanted = isWanted(tree.entries.map((entry) => entry.path));
  const entries = tree.entries.filter((entry) => wanted(entry.path));
  const leftOut = tree.leftOut.filter((entry) => entry.what === 'submodule' || wanted(entry.path));
  if (entries.length === 0) return { problem: `"${revision}" has no files below "${path}"${alsoLeftOut(leftOut)}` };
  const read = contentsOf(run, revision, path, entries);
  if ('problem' in read) return read;
  return { ...read, leftOut: leftOut.map((entry) => `the ${entry.what} ${entry.name} of ${revision}`) };
}

function unlisted(revision: string, path: string, { status, stderr }: ReturnType<RunGit>): string {
  if (status === 0) return `a file of "${revision}" has a name that is not UTF-8`;
  const said = stderr.toString().trim();
  if (/outside repository/.test(said)) return `"${path}" is outside of the repository`;
  return `git cannot list "${revision}": ${said === '' ? 'it was ended' : said}`;
}

function alsoLeftOut(leftOut: Tree['leftOut']): string {
  const [first] = leftOut;
  return first === undefined ? '' : `: the ${first.what} "${first.name}" is not followed`;
}

/** A line is mode, type, object, size and path: https://git-scm.com/docs/git-ls-tree#_output_format */
function treeIn(listing: string, below: string): Tree {
  const entries: Entry[] = [];
  const leftOut: LeftOut[] = [];
  for (const line of listing.split('\0').slice(0, -1)) {
    const [, mode, type, blob, bytes, name] = /^(\d+) (\w+) ([0-9a-f]+) +(\w+|-)\t(.*)$/s.exec(line)!;
    const path = relative(below, name!);
    if (type === 'commit') leftOut.push({ what: 'submodule', path, name: name! });
    else if (mode === '120000') leftOut.push({ what: 'link', path, name: name! });
    // The size of one that is missing is a word.
    else entries.push({ blob: blob!, bytes: /^\d+$/.test(bytes!) ? Number(bytes) : undefined, path });
  }
  return { entries, leftOut };
}

type Contents =
  | Pick<Exclude<GitFiles, { problem: string } | { missing: string }>, 'files'>
  | { readonly problem: string };

function contentsOf(run: RunGit, revision: string, path: string, entries: readonly Entry[]): Contents {
  const lost = entries.find(({ bytes }) => bytes === undefined);
  if (lost !== undefined) return { problem: `the repository here does not have "${lost.path}" of "${revision}"` };
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes!, 0);
  if (bytes > MOST_BYTES)
    return { problem: `the files of "${revision}" below "${path}" have ${bytes} bytes: too many` };
  const batch = run(['cat-file', '--batch'], entries.map(({ blob }) => `${blob}\n`).join(''));
  const contents = batch.status === 0 ? contentsIn(batch.stdout) : [];
  if (contents.length < entries.length) return { problem: `git cannot read the files of "${revision}"` };
  const files = entries.map((entry, index) => ({ path: entry.path, content: contents[index]! }));
  const other = files.find(({ content }) => !isUtf8(content));
  if (other !== undefined) return { problem: `"${other.path}" of "${revision}" is not UTF-8 text` };
  return { files: files.map((file) => ({ path: file.path, text: file.content.toString('utf8') })) };
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
