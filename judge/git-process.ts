import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { findProgram } from './find-program';

/** Runs git in the working folder. */
export type RunGit = (args: readonly string[], input?: string) => SpawnSyncReturns<Buffer>;

/**
 * Variables of Git that say where a repository is and whom its owner trusts: https://git-scm.com/docs/git#_environment_variables.
 * Others of them name programs to run and files to write.
 */
const KEPT =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|(KEY|VALUE)_\d+))$/;

/**
 * Git as it is asked about a repository that nobody has vouched for. Its configuration is part of the folder, so nothing that
 * it names runs: no monitor of files, no pager, no fetch of what a partial clone lacks, and no transport of any kind.
 */
export function runGit(env: NodeJS.ProcessEnv, maxBuffer: number): RunGit | undefined {
  const git = findProgram('git', env);
  if (git === undefined) return undefined;
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || KEPT.test(name)));
  const quiet = {
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    // What git says is looked at.
    LC_ALL: 'C',
  };
  const settings = ['core.fsmonitor=false', 'protocol.allow=never', 'core.hooksPath=/dev/null'];
  return (args, input = '') =>
    spawnSync(git, ['--no-pager', ...settings.flatMap((setting) => ['-c', setting]), ...args], {
      input,
      maxBuffer,
      timeout: 60_000,
      killSignal: 'SIGKILL',
      env: { ...own, ...quiet },
    });
}

/** Why git does not find a revision, and what to do. */
export function whyUnknown(run: RunGit, revision: string): string {
  const folder = run(['rev-parse', '--git-dir']);
  if (folder.status !== 0) return withoutRepository(revision, folder);
  const branches = run(['for-each-ref', '--count=1']);
  if (
    branches.status === 0 &&
    branches.stdout.length === 0 &&
    run(['rev-parse', '--verify', '-q', 'HEAD']).status !== 0
  )
    return `the Git repository here has no commits, so there is no "${revision}": commit first, or name two folders, as in "diff dist fleet"`;
  const said = `git knows no revision "${revision}" here`;
  const isShallow = run(['rev-parse', '--is-shallow-repository']).stdout.toString().trim() === 'true';
  return isShallow ? `${said}: the clone is shallow (git fetch --unshallow; in CI, fetch-depth: 0)` : said;
}

function withoutRepository(revision: string, { stderr, error }: SpawnSyncReturns<Buffer>): string {
  const said = (stderr?.toString() ?? '')
    .trim()
    .split('\n')[0]!
    .replace(/^fatal: /, '');
  if (!/^not a git repository \(or any/.test(said)) return `git refuses the repository here: ${said || error?.message}`;
  return `this folder is not in a Git repository, so there is no "${revision}": name two folders or files, as in "diff dist fleet"`;
}
