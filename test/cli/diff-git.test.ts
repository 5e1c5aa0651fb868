/** `balancer diff` over revisions: odd repositories are told as they are, and nothing in one runs. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { balancer, temporaryFolder } from '../run-balancer';
import { git } from '../run-git';

type Files = Readonly<Record<string, string | Buffer>>;

function write(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function repository(files: Files): string {
  const folder = temporaryFolder();
  git(folder, 'init', '-q');
  write(folder, files);
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'first');
  return folder;
}

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n\n';
const SAME = { status: 0, stdout: 'nothing changes\n', stderr: '' };

/** A run that is refused, with what it says. */
function refused(said: string, status = 65): object {
  return { status, stdout: '', stderr: `error: ${said}\n` };
}

describe('odd names and contents', () => {
  test('odd names, a root with an output folder below it, a bare repository, a folder with a colon', () => {
    const folder = repository({
      'a b/$(x) "q".yaml': MAP,
      'é/ü.yaml': MAP,
      'out/a.k8s.yaml': MAP,
      'a b/big.bin': Buffer.alloc(9),
    });
    for (const side of ['HEAD:a b', 'HEAD:é', 'HEAD:a b/$(x) "q".yaml', 'HEAD:out']) {
      expect(balancer(folder, ['diff', side, 'a b'])).toEqual(SAME);
    }
    expect(balancer(folder, ['diff', 'HEAD:', 'a b']).stderr).toContain('BAL');
    mkdirSync(join(folder, 'C:x'));
    writeFileSync(join(folder, 'C:x/a.yaml'), MAP);
    expect(balancer(folder, ['diff', './C:x', 'a b'])).toEqual(SAME);
    const bare = temporaryFolder();
    git(bare, 'clone', '-q', '--bare', folder, 'bare');
    writeFileSync(join(bare, 'a.yaml'), MAP);
    expect(balancer(join(bare, 'bare'), ['diff', 'HEAD:out', '../a.yaml'])).toEqual(SAME);
  });

  test.each([
    ['no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff]), '"a.yaml" of "HEAD" is not UTF-8 text'],
    ['too much', Buffer.alloc(300 * 1024 * 1024, 0x20), 'the files of "HEAD" below "d" have 314572800 bytes: too many'],
  ])('%s', (_, content, said) => {
    const folder = repository({ 'd/a.yaml': content, 'e.yaml': MAP });
    expect(balancer(folder, ['diff', 'HEAD:d', 'e.yaml'])).toEqual(refused(said));
  });

  test('a file that is not there any more', () => {
    const folder = repository({
      'd/a.yaml': MAP,
      'd/b.yaml': MAP.replace('name: a', 'name: b'),
      'e.yaml': `${MAP}data: {a: b}\n`,
    });
    const blob = git(folder, 'rev-parse', 'HEAD:d/a.yaml');
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect(balancer(folder, ['diff', 'HEAD:d', 'e.yaml'])).toEqual(
      refused('the repository here does not have "a.yaml" of "HEAD"'),
    );
  });

  test('names with line breaks and quotes are read, names of other bytes are refused', () => {
    const folder = repository({
      'd/a\n"b".yaml': MAP,
      'd/:(top)x.yaml': MAP.replace('name: a', 'name: b'),
      'a.yaml': MAP,
    });
    expect(balancer(folder, ['diff', 'HEAD:d/a\n"b".yaml', 'a.yaml'])).toEqual(SAME);
    expect(balancer(folder, ['diff', 'HEAD:d', 'd'])).toEqual(SAME);
    expect(balancer(join(folder, 'd'), ['diff', 'HEAD::(top)x.yaml', '../a.yaml']).stdout).toContain(
      'ConfigMap default/b',
    );
    const named = Buffer.concat([Buffer.from(join(folder, 'd/')), Buffer.from([0xff]), Buffer.from('.yaml')]);
    writeFileSync(named, MAP);
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'second');
    expect(balancer(folder, ['diff', 'HEAD:d', 'a.yaml'])).toEqual(
      refused('a file of "HEAD" has a name that is not UTF-8'),
    );
  });

  test('links and submodules have no text here: the report says so', () => {
    const other = repository({ 'inner.yaml': MAP });
    const folder = repository({ 'fleet/a.yaml': MAP, 'a.yaml': MAP });
    symlinkSync('/etc/passwd', join(folder, 'fleet/link.yaml'));
    symlinkSync('/etc', join(folder, 'fleet/etc'));
    symlinkSync('fleet', join(folder, 'linked'));
    git(folder, 'submodule', 'add', '-q', other, 'fleet/vendor');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'second');
    expect(balancer(folder, ['diff', 'HEAD:fleet', 'a.yaml'])).toEqual({
      ...SAME,
      stdout:
        'nothing changes\n\nnot looked at\n  the link fleet/link.yaml of HEAD\n  the submodule fleet/vendor of HEAD\n',
    });
    expect(balancer(folder, ['diff', 'HEAD:fleet', 'a.yaml', '--format', 'markdown']).stdout).toBe(
      'Nothing changes.\n\n### Not looked at\n\n- `the link fleet/link.yaml of HEAD`\n- `the submodule fleet/vendor of HEAD`\n',
    );
    const json = JSON.parse(balancer(folder, ['diff', 'HEAD:fleet', 'a.yaml', '--format', 'json']).stdout);
    expect(json.notLookedAt).toEqual(['the link fleet/link.yaml of HEAD', 'the submodule fleet/vendor of HEAD']);
    expect(balancer(folder, ['diff', 'HEAD:linked', 'a.yaml'])).toEqual(
      refused('"HEAD" has no files below "linked": the link "linked" is not followed'),
    );
    expect(balancer(folder, ['diff', 'HEAD:fleet/vendor', 'a.yaml'])).toEqual(
      refused('"HEAD" has no files below "fleet/vendor": the submodule "fleet/vendor" is not followed'),
    );
  });
});

describe('where there is no such revision', () => {
  const NO_REPOSITORY =
    'this folder is not in a Git repository, so there is no "HEAD": name two folders or files, as in "diff dist fleet"';

  test('no repository', () => {
    const folder = temporaryFolder();
    write(folder, { 'fleet/a.yaml': MAP });
    const env = { GIT_CEILING_DIRECTORIES: join(folder, '..') };
    expect(balancer(folder, ['diff'], '', env)).toEqual(refused(NO_REPOSITORY));
    expect(balancer(folder, ['diff'], '', { ...env, LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' })).toEqual(
      refused(NO_REPOSITORY),
    );
  });

  test('a repository without commits', () => {
    const folder = temporaryFolder();
    git(folder, 'init', '-q');
    write(folder, { 'fleet/a.yaml': MAP });
    expect(balancer(folder, ['diff'])).toEqual(
      refused(
        'the Git repository here has no commits, so there is no "HEAD": commit first, or name two folders, as in "diff dist fleet"',
      ),
    );
  });

  test('a shallow clone', () => {
    const folder = repository({ 'fleet/a.yaml': MAP });
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'second');
    const clone = temporaryFolder();
    git(clone, 'clone', '-q', '--depth', '1', `file://${folder}`, 'clone');
    expect(balancer(join(clone, 'clone'), ['diff', 'HEAD:fleet', 'fleet'])).toEqual(SAME);
    expect(balancer(join(clone, 'clone'), ['diff', 'HEAD~1:fleet', 'fleet'])).toEqual(
      refused(
        'git knows no revision "HEAD~1" here: the clone is shallow (git fetch --unshallow; in CI, fetch-depth: 0)',
      ),
    );
  });

  test('a worktree, and one whose repository is gone', () => {
    const folder = repository({ 'fleet/a.yaml': MAP });
    const tree = join(temporaryFolder(), 'tree');
    git(folder, 'worktree', 'add', '-q', tree);
    expect(balancer(tree, ['diff', 'HEAD:fleet', 'fleet'])).toEqual(SAME);
    rmSync(join(folder, '.git'), { recursive: true });
    expect(balancer(tree, ['diff', 'HEAD:fleet', 'fleet'])).toEqual(
      refused(`git refuses the repository here: not a git repository: ${join(folder, '.git/worktrees/tree')}`),
    );
  });

  test('a repository of somebody else is refused in the words of git', () => {
    const folder = repository({ 'fleet/a.yaml': MAP });
    const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    // Variables that are for the tests of git do not reach it.
    expect(balancer(folder, ['diff', 'HEAD:fleet', 'fleet'], '', env)).toEqual(SAME);
    if (process.getuid?.() !== 0) return;
    spawnSync('chown', ['-R', '12345', folder]);
    const { status, stdout, stderr } = balancer(folder, ['diff', 'HEAD:fleet', 'fleet'], '', env);
    expect([status, stdout]).toEqual([65, '']);
    expect(stderr).toMatch(/^error: git refuses the repository here: detected dubious ownership/);
  });

  test.each([
    ['-x:fleet', 'git knows no revision "-x" here'],
    ['--help:fleet', 'git knows no revision "--help" here'],
    ['--output=x:fleet', 'git knows no revision "--output=x" here'],
    ['HEAD^{blob}:fleet', 'git knows no revision "HEAD^{blob}" here'],
    ['HEAD:../..', '"../.." is outside of the repository'],
    ['HEAD:--output=x', '"HEAD" has no files below "--output=x"'],
    ['HEAD..HEAD:fleet', 'git knows no revision "HEAD..HEAD" here'],
  ])('%s', (side, said) => {
    const folder = repository({ 'fleet/a.yaml': MAP });
    expect(balancer(folder, ['diff', '--', side, 'fleet'])).toEqual(refused(said));
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test('without git', () => {
    const folder = repository({ 'fleet/a.yaml': MAP });
    if (existsSync('/usr/sbin/git') || existsSync('/sbin/git') || existsSync('/usr/local/sbin/git')) return;
    expect(balancer(folder, ['diff'], '', { PATH: '/nowhere' })).toEqual(refused('the program "git" is missing', 69));
  });
});

describe('nothing in a repository runs', () => {
  /** A program that leaves a mark. */
  function trap(folder: string): string {
    const path = join(folder, '.git/trap');
    writeFileSync(path, `#!/bin/sh\necho "$0 $@" >> ${folder}/sprung\n`);
    chmodSync(path, 0o755);
    return path;
  }

  const SETTINGS = [
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.askPass',
    'core.sshCommand',
    'core.gitProxy',
    'core.alternateRefsCommand',
    'credential.helper',
    'diff.external',
    'diff.trap.command',
    'diff.trap.textconv',
    'filter.trap.clean',
    'filter.trap.smudge',
    'filter.trap.process',
    'gpg.program',
    'pager.ls-tree',
    'pager.rev-parse',
    'pager.cat-file',
    'uploadpack.packObjectsHook',
    'alias.ls-tree',
  ];

  test('by its configuration, attributes and hooks', () => {
    const folder = repository({ 'fleet/a.yaml': MAP, '.gitattributes': '*.yaml diff=trap filter=trap\n' });
    const path = trap(folder);
    for (const setting of SETTINGS) git(folder, 'config', setting, setting.startsWith('alias') ? `!${path}` : path);
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman', 'post-checkout']) {
      symlinkSync(path, join(folder, '.git/hooks', hook));
    }
    git(folder, 'config', 'core.hooksPath', join(folder, '.git/hooks'));
    expect(balancer(folder, ['diff', 'HEAD:fleet', 'fleet'])).toEqual(SAME);
    expect(balancer(folder, ['diff', 'HEAD~9:fleet', 'fleet'])).toEqual(refused('git knows no revision "HEAD~9" here'));
    expect(existsSync(join(folder, 'sprung'))).toBe(false);
  });

  test('by what a partial clone would fetch', () => {
    const folder = repository({ 'fleet/a.yaml': MAP });
    const path = trap(folder);
    const blob = git(folder, 'rev-parse', 'HEAD:fleet/a.yaml');
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    for (const [setting, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', `ext::${path} %S`],
      ['remote.origin.uploadpack', path],
      ['protocol.allow', 'always'],
      ['protocol.ext.allow', 'always'],
    ]) {
      git(folder, 'config', setting!, value!);
    }
    const { status, stdout, stderr } = balancer(folder, ['diff', 'HEAD:fleet', 'fleet']);
    expect([status, stdout]).toEqual([65, '']);
    expect(stderr).toBe('error: the repository here does not have "a.yaml" of "HEAD"\n');
    expect(existsSync(join(folder, 'sprung'))).toBe(false);
    // The trap works: without our care git springs it.
    spawnSync('git', ['cat-file', '-p', blob], { cwd: folder });
    expect(existsSync(join(folder, 'sprung'))).toBe(true);
  });

  test('by variables for programs', () => {
    const folder = repository({ 'fleet/a.yaml': MAP });
    const path = trap(folder);
    const names = ['EXTERNAL_DIFF', 'PAGER', 'ASKPASS', 'SSH', 'SSH_COMMAND', 'PROXY_COMMAND', 'EDITOR'];
    const env = Object.fromEntries(names.map((name) => [`GIT_${name}`, path]));
    const traced = { GIT_TRACE: join(folder, 'sprung'), GIT_TRACE2_EVENT: join(folder, 'sprung') };
    expect(balancer(folder, ['diff', 'HEAD:fleet', 'fleet'], '', { ...env, ...traced })).toEqual(SAME);
    expect(existsSync(join(folder, 'sprung'))).toBe(false);
  });
});
