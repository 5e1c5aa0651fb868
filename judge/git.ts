import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { findProgram } from './find-program';

/** Files of a revision below a path, which they are named from; or why there are none. */
export type GitFiles =
  | { readonly files: readonly { readonly path: string; readonly text: string }[] }
  | { readonly problem: string };

/**
 * Reads the files of a revision from the repository around the working folder: git-ls-tree(1), git-cat-file(1). Neither runs
 * hooks or filters. Links and submodules are left out.
 */
export function gitFiles(revision: string, path: string): GitFiles {
  const git = findProgram('git', process.env);
  if (git === undefined) return { problem: 'the program "git" is missing' };
  const run = (args: readonly string[], input = ''): { readonly status: number | null; readonly stdout: Buffer } =>
    spawnSync(git, ['--no-pager', '-c', 'core.fsmonitor=false', ...args], {
      input,
      maxBuffer: 1 << 30,
      timeout: 60_000,
    });
  const commit = run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit.status !== 0) return { problem: `git knows no revision "${revision}" here` };
  const id = commit.stdout.toString().trim();
  const tree = run(['ls-tree', '-r', '-z', id, '--', path]);
  const entries = tree.stdout
    .toString()
    .split('\0')
    .flatMap((entry) => {
      const [, mode, blob, name] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
      return mode === '100644' || mode === '100755' ? [{ blob: blob!, name: name! }] : [];
    });
  if (tree.status !== 0 || entries.length === 0) return { problem: `"${revision}" has no files below "${path}"` };
  const batch = run(['cat-file', '--batch'], entries.map(({ blob }) => `${blob}\n`).join(''));
  if (batch.status !== 0) return { problem: `git cannot read the files of "${revision}"` };
  const texts = textsIn(batch.stdout);
  return { files: entries.map(({ name }, index) => ({ path: relative(path, name), text: texts[index]! })) };
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
