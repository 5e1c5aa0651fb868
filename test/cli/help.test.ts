/** The command as a whole: help, mistakes, its second name, completion. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { completionOf } from '../../cli/complete';
import { EXAMPLES } from '../../cli/examples';
import { program } from '../../cli/program';
import { CATALOGUE } from '../../compiler/diagnostics';
import { findProgram } from '../../judge/find-program';
import { describeReal } from '../real/programs';
import { balancer, balancerYaml, temporaryFolder } from '../run-balancer';

const PLUGIN = join(__dirname, '../../lib/cli/kubectl-balancer.js');
const BALANCER = join(__dirname, '../../lib/cli/balancer.js');

/** The words of each command that a user may call. */
function pathsOf(command: Command, words: readonly string[] = []): string[] {
  const below = command.commands.filter((found) => !found.name().startsWith('__'));
  return [words.join(' '), ...below.flatMap((found) => pathsOf(found, [...words, found.name()]))];
}

const PATHS = pathsOf(program());

/** A folder to put on PATH, with the command under its names. */
function commandsOnPath(): string {
  const folder = temporaryFolder();
  symlinkSync(BALANCER, join(folder, 'balancer'));
  symlinkSync(PLUGIN, join(folder, 'kubectl-balancer'));
  return `${folder}:${process.env.PATH}`;
}

describe('help', () => {
  test('each command has examples of its own, and there are no others', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...PATHS].sort());
    for (const [path, examples] of Object.entries(EXAMPLES)) {
      expect(examples.filter(([call]) => !call.includes(path))).toEqual([]);
    }
  });

  test.each(PATHS)('"%s" --help has its examples first, and "help" says the same', (path) => {
    const words = path.split(' ').filter(Boolean);
    const run = balancer(temporaryFolder(), [...words, '--help']);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Examples:\n {2}/);
    expect(run.stdout).toContain(`\nUsage: ${['balancer', ...words].join(' ')} `);
    expect(run.stdout.match(/^Examples:/gm)).toHaveLength(1);
    expect(balancer(temporaryFolder(), ['help', ...words])).toEqual(run);
  });

  test.each([
    [['sinth'], "error: unknown command 'sinth'\n(Did you mean synth?)\n"],
    [['help', 'chek'], "error: unknown command 'chek'\n(Did you mean check?)\n"],
    [['help', 'nonsense'], "error: unknown command 'nonsense'\n"],
    [['synth', '--chekc'], "error: unknown option '--chekc'\n(Did you mean --check?)\n"],
    [['synth', '--output'], "error: option '-o, --output <folder>' argument missing\n"],
    [['\u001b[31mred'], "error: unknown command '\\u001b[31mred'\n"],
  ])('%j is a wrong call', (args, stderr) => {
    expect(balancer(temporaryFolder(), args)).toEqual({ status: 64, stdout: '', stderr });
  });

  test('nothing is coloured, whether NO_COLOR is set or FORCE_COLOR', () => {
    for (const env of [{ NO_COLOR: '1' }, { FORCE_COLOR: '3', CLICOLOR_FORCE: '1' }]) {
      for (const args of [['--help'], ['synth', '-'], ['check', '-']]) {
        const { stdout, stderr } = balancer(temporaryFolder(), args, balancerYaml('web').replace('port', 'prot'), env);
        expect(stdout + stderr).not.toContain('\u001b');
      }
    }
  });
});

describeReal('kubectl balancer', ['kubectl'], () => {
  test('is the same command, and its help says how it was called', () => {
    const folder = temporaryFolder();
    const run = (...args: string[]) =>
      spawnSync('kubectl', ['balancer', ...args], {
        cwd: folder,
        input: balancerYaml('web'),
        encoding: 'utf8',
        env: { ...process.env, PATH: commandsOnPath() },
      });
    expect(run('synth', '-').stdout).toBe(balancer(folder, ['synth', '-'], balancerYaml('web')).stdout);
    const { stdout, status } = run('synth', '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('\nUsage: kubectl balancer synth [options] [paths...]\n');
    expect(stdout).toMatch(/^Examples:\n {2}kubectl balancer synth /);
    expect(run('bogus')).toMatchObject({ status: 64, stderr: "error: unknown command 'bogus'\n" });
  });
});

describe('completion', () => {
  const values = (...words: string[]): string[] => completionOf(program(), words).values.map(([value]) => value);

  test.each([
    [['s'], ['synth']],
    [['explain', 'rb'], ['rbac']],
    [
      ['synth', '--fail-on', ''],
      ['error', 'warning'],
    ],
    [['synth', '--fail-on=w'], ['--fail-on=warning']],
    [['check', 'fleet', '--format', 'j'], ['json']],
    [['synth', '--k'], ['--kustomization']],
    [['synth', '--', '--k'], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['help', 'syn'], ['synth']],
    [['help', 'explain', 'r'], ['rbac']],
    [['nonsense', ''], []],
    [['__comp'], []],
  ])('%j', (words, expected) => {
    const found = values(...words);
    if (words.includes('json')) expect(found).toContain(expected[0]);
    else expect(found).toEqual(expect.arrayContaining(expected));
    if (expected.length === 0) expect(found).toEqual([]);
  });

  test('paths follow where paths are taken', () => {
    const files = (...words: string[]): boolean => completionOf(program(), words).files;
    expect(files('synth', '')).toBe(true);
    expect(files('synth', '-o', '')).toBe(true);
    expect(files('synth', '--fail-on', '')).toBe(false);
    expect(files('completion', '')).toBe(false);
    expect(files('explain', 'rbac', '')).toBe(false);
    expect(files('explain', 'rbac', 'alb', '')).toBe(true);
  });

  test('the protocol is that of cobra, so that kubectl can ask too', () => {
    expect(balancer(temporaryFolder(), ['__complete', '--', 'synth', '--fail-on', ''])).toEqual({
      status: 0,
      stdout: 'error\nwarning\n:4\n',
      stderr: '',
    });
    expect(Object.keys(CATALOGUE).length).toBeGreaterThan(100);
  });

  test.each([
    ['the first', ['diff', '']],
    ['the second', ['diff', 'dist', '']],
  ])('diff takes paths and a cluster for %s side', (_side, words) => {
    expect(balancer(temporaryFolder(), ['__complete', '--', ...words]).stdout).toBe(
      'cluster\twhat the cluster of the current context has\n:0\n',
    );
  });
});

/** Completes a line in a real shell, in a folder with a file and a folder. */
function completeIn(shell: string, script: (folder: string) => readonly string[]): string[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'web.yaml'), '');
  mkdirSync(join(folder, 'specs'));
  const env = { ...process.env, PATH: commandsOnPath() };
  const { stdout, stderr } = spawnSync(shell, script(folder), { cwd: folder, encoding: 'utf8', env });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean).sort();
}

/** A `describe` that needs a shell: skipped by name where it is missing, a failure with CI=true. */
function describeShell(shell: 'bash' | 'zsh' | 'fish', body: () => void): void {
  const isMissing = findProgram(shell, process.env) === undefined;
  if (isMissing && process.env.CI === 'true') {
    test(`has ${shell}`, () => expect.fail('run scripts/install-judges.sh'));
    return;
  }
  describe.skipIf(isMissing)(`completion in ${shell}${isMissing ? ' (missing)' : ''}`, body);
}

describeShell('bash', () => {
  const complete = (line: string): string[] =>
    completeIn('bash', () => [
      '--norc',
      '-c',
      `source <(balancer completion bash); COMP_LINE=$1 COMP_POINT=\${#1}; __balancer_complete; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      line,
    ]);

  test.each([
    ['balancer s', ['synth']],
    ['balancer synth --fail-on ', ['error', 'warning']],
    ['balancer synth --fail-on=', ['error', 'warning']],
    ['balancer synth ', ['specs', 'web.yaml']],
    ['balancer synth --output=sp', ['specs']],
    ['kubectl-balancer explain rb', ['rbac']],
    ['balancer completion b', ['bash']],
    ['balancer nonsense ', []],
  ])('%s', (line, expected) => {
    expect(complete(line)).toEqual(expected);
  });
});

describeShell('fish', () => {
  test.each([
    ['balancer s', ['synth']],
    ['balancer synth --fail-on ', ['error', 'warning']],
    ['balancer synth w', ['web.yaml']],
  ])('%s', (line, expected) => {
    const script = `balancer completion fish | source; complete -C '${line}'`;
    const lines = completeIn('fish', () => ['--no-config', '-c', script]);
    expect(lines.map((found) => found.split('\t')[0])).toEqual(expected);
  });
});

describeShell('zsh', () => {
  test('is registered by the script', () => {
    const script =
      'autoload -U compinit; compinit -u -D; source <(balancer completion zsh); print -l $_comps[balancer]';
    expect(completeIn('zsh', () => ['-f', '-c', script])).toEqual(['_balancer']);
  });

  test.each([
    ['balancer s', ['synth:Compile specs and write the artefacts.']],
    ['balancer synth --fail-on ', ['error', 'warning']],
    ['balancer synth w', ['<files>']],
  ])('%s', (line, expected) => {
    // What the completion system would be handed.
    const script = `_describe() { print -l "\${(@P)4}" }; _files() { print "<files>" }; compdef() { }
source <(balancer completion zsh); words=("\${(@s: :)1}") CURRENT=$#words; _balancer`;
    expect(completeIn('zsh', () => ['-f', '-c', script, 'zsh', line])).toEqual(expected);
  });
});
