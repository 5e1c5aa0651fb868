import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { findProgram } from './find-program';

/** A file of a revision: its path, and the name that Git gives to its content. */
export interface GitFile {
  readonly path: string;
  readonly blob: string;
}

/** Why something could not be read. */
interface Problem {
  readonly problem: string;
}

/**
 * Finds the files of a revision below a path, which they are named from, in the repository around the working folder:
 * git-ls-tree(1). It runs no hooks and no filters. Links and submodules are left out.
 */
export function gitFiles(revision: string, path: string): { readonly files: readonly GitFile[] } | Problem {
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit === undefined) return MISSING;
  if (commit.status !== 0) return { problem: `git knows no revision "${revision}" here` };
  const id = commit.stdout.toString().trim();
  const tree = git(['ls-tree', '-r', '-z', id, '--', path]);
  const files = (tree?.stdout ?? '')
    .toString()
    .split('\0')
    .flatMap((entry) => {
      const [, mode, blob, name] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
      return mode === '100644' || mode === '100755' ? [{ path: relative(path, name!), blob: blob! }] : [];
    });
  return tree?.status !== 0 || files.length === 0
    ? { problem: `"${revision}" has no files below "${path}"` }
    : { files };
}

/**
 * Reads files of a revision: git-cat-file(1). One whose content is `known` by its path is not asked for: the name of a
 * content is its hash, gitformat-pack(5).
 */
export function readGitFiles(
  files: readonly GitFile[],
  known: ReadonlyMap<string, string>,
): { readonly files: readonly { readonly path: string; readonly text: string }[] } | Problem {
  const isKnown = ({ path, blob }: GitFile): boolean => {
    const text = known.get(path);
    return text !== undefined && blobOf(text, blob.length) === blob;
  };
  const others = files.filter((file) => !isKnown(file));
  const batch =
    others.length === 0 ? NOTHING : git(['cat-file', '--batch'], others.map(({ blob }) => `${blob}\n`).join(''));
  if (batch === undefined) return MISSING;
  if (batch.status !== 0) return { problem: 'git cannot read the files of the revision' };
  const texts = new Map(textsIn(batch.stdout).map((text, index) => [others[index]!.path, text]));
  return { files: files.map(({ path }) => ({ path, text: texts.get(path) ?? known.get(path)! })) };
}

const MISSING: Problem = { problem: 'the program "git" is missing' };
const NOTHING = { status: 0, stdout: Buffer.alloc(0) };

function git(
  args: readonly string[],
  input = '',
): { readonly status: number | null; readonly stdout: Buffer } | undefined {
  const program = findProgram('git', process.env);
  if (program === undefined) return undefined;
  return spawnSync(program, ['--no-pager', '-c', 'core.fsmonitor=false', ...args], {
    input,
    maxBuffer: 1 << 30,
    timeout: 60_000,
  });
}

/** The name of a content: SHA-1, or SHA-256 in repositories with longer names. */
function blobOf(text: string, length: number): string {
  const content = Buffer.from(text);
  const hash = createHash(length === 40 ? 'sha1' : 'sha256');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** The answers of `git cat-file --batch`: a line with the size, the content, a line break. */
function textsIn(output: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const size = Number(output.subarray(at, end).toString().split(' ')[2]);
    texts.push(output.subarray(end + 1, end + 1 + size).toString('utf8'));
    at = end + 1 + size + 1;
  }
  return texts;
}
