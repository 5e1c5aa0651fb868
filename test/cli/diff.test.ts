/** `balancer diff` over changes of the fleet and Git revisions, as a user calls it. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { balancer, type Run, temporaryFolder } from '../run-balancer';
import { git } from '../run-git';

const ROOT = join(__dirname, '../..');

type Edit = readonly [file: string, from: string | RegExp, to: string];

/** Changes that people make. */
const SCENARIOS: Readonly<Record<string, readonly Edit[]>> = {
  weight: [['balancer-sample.yaml', 'weight: 20', 'weight: 80']],
  'port-added': [
    ['balancer-sample.yaml', '  selector:\n    # for selecting a group', '    - name: metrics\n      port: 9000\n$&'],
  ],
  'backend-removed': [['balancer-sample.yaml', /\n {4}- name: v3.*$/s, '\n']],
  image: [['nginx-example.yaml', 'image: nginx:latest', 'image: nginx:1.29.3']],
  'worker-drained': [
    ['edge.yaml', 'balancer: balancer-sample\n', '$&  nodes: [i-rnqf0xcu, i-9u2mlxrn]\n'],
    ['edge.yaml', '  externalIPs: [139.198.190.117]\n', '$&  nodes: [i-rnqf0xcu, i-9u2mlxrn]\n'],
  ],
  'pool-grown': [['edge.yaml', '139.198.190.116/31', '139.198.190.112/29']],
  asn: [['edge.yaml', 'asn: 65000', 'asn: 65010']],
  password: [['edge.yaml', 'dialect: comware7\n', '$&      passwordSecret: {name: bgp-password, key: password}\n']],
  dialect: [['edge.yaml', 'dialect: comware7', 'dialect: frr']],
  delivery: [['balancer-sample.yaml', 'spec:\n', 'spec:\n  delivery: resource\n']],
  replicas: [['balancer-sample.yaml', 'spec:\n', 'spec:\n  replicas: 5\n']],
  selector: [['nginx-example.yaml', /app: nginx-example/g, 'app: other']],
  'service-removed': [['edge.yaml', /---\n# The service of 002's.*?(?=---\n# The Balancer)/s, '']],
  comment: [['edge.yaml', '# The Balancer of 001 behind an EIP.', '# Behind an EIP.']],
  stranger: [
    ['http-echo.yaml', /$/, '\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 1}\n'],
  ],
};

/** A copy of the fleet with some edits, in a folder called `after`. */
function edited(folder: string, edits: readonly Edit[]): void {
  cpSync(join(ROOT, 'fleet'), join(folder, 'after'), { recursive: true });
  for (const [file, from, to] of edits) {
    const path = join(folder, 'after', file);
    const text = readFileSync(path, 'utf8');
    expect(text.replace(from, to), file).not.toBe(text);
    writeFileSync(path, text.replace(from, to));
  }
}

function compare(name: string, ...more: readonly string[]): Run {
  const folder = temporaryFolder();
  cpSync(join(ROOT, 'fleet'), join(folder, 'before'), { recursive: true });
  edited(folder, SCENARIOS[name]!);
  return balancer(folder, ['diff', 'before', 'after', ...more]);
}

describe('what people change', () => {
  test.each(Object.keys(SCENARIOS))('%s', async (name) => {
    const { status, stdout, stderr } = compare(name);
    expect([status, stderr]).toEqual([0, '']);
    await expect(stdout).toMatchFileSnapshot(join(__dirname, `diff/${name}.txt`));
  });

  test('as Markdown for a pull request', async () => {
    const { status, stdout } = compare('worker-drained', '--format', 'markdown');
    expect(status).toBe(0);
    await expect(stdout).toMatchFileSnapshot(join(__dirname, 'diff/worker-drained.md'));
  });

  test('as JSON, every line of the artefacts that differs is in a change', () => {
    for (const name of ['weight', 'asn', 'dialect', 'port-added']) {
      const { stdout } = compare(name, '--format', 'json');
      const { changes } = JSON.parse(stdout) as {
        readonly changes: readonly { readonly before?: readonly string[]; readonly after?: readonly string[] }[];
      };
      const told = changes.flatMap(({ before = [], after = [] }) => [...before, ...after]).join('\n');
      for (const line of differingConfLines(name)) expect(told, `${name}: ${line}`).toContain(line);
    }
  });

  test('what must not happen unseen ends with 1', () => {
    expect(compare('weight', '--fail-on', 'pod roll', 'unknown').status).toBe(1);
    expect(compare('weight', '--fail-on', 'route withdrawn').status).toBe(0);
  });
});

/** Lines of plain configurations that only one side has, by an oracle of its own: sets of lines. */
function differingConfLines(name: string): string[] {
  const folder = temporaryFolder();
  edited(folder, SCENARIOS[name]!);
  balancer(folder, ['synth', 'after', '-o', 'out']);
  const lines = (root: string): Set<string> => {
    const { stdout } = spawnSync('sh', ['-c', 'find config -type f -exec cat {} +'], { cwd: root, encoding: 'utf8' });
    return new Set(stdout.split('\n').filter((line) => line.trim() !== ''));
  };
  const [before, after] = [lines(join(ROOT, 'dist')), lines(join(folder, 'out'))];
  return [...[...before].filter((line) => !after.has(line)), ...[...after].filter((line) => !before.has(line))];
}

test('nothing changes between specs and what they become', () => {
  expect(balancer(ROOT, ['diff', 'dist', 'fleet'])).toEqual({ status: 0, stdout: 'nothing changes\n', stderr: '' });
  expect(balancer(ROOT, ['diff', 'fleet', 'fleet', '--format', 'markdown']).stdout).toBe('Nothing changes.\n');
});

describe('revisions of Git', () => {
  function repository(): string {
    const folder = temporaryFolder();
    git(folder, 'init', '-q');
    cpSync(join(ROOT, 'fleet'), join(folder, 'fleet'), { recursive: true });
    cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'first');
    edited(folder, SCENARIOS.weight!);
    rmSync(join(folder, 'fleet'), { recursive: true });
    cpSync(join(folder, 'after'), join(folder, 'fleet'), { recursive: true });
    rmSync(join(folder, 'after'), { recursive: true });
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'second');
    return folder;
  }

  test('specs of two revisions, artefacts of one, and the defaults', () => {
    const folder = repository();
    const known = readFileSync(join(__dirname, 'diff/weight.txt'), 'utf8');
    for (const sides of [['HEAD~1:fleet', 'HEAD:fleet'], ['HEAD~1:dist', 'fleet'], []]) {
      expect(balancer(folder, ['diff', ...sides])).toEqual({ status: 0, stdout: known, stderr: '' });
    }
  });

  test.each([
    ['nowhere:dist', 'error: git knows no revision "nowhere" here\n'],
    ['HEAD:nothing', 'error: "HEAD" has no files below "nothing"\n'],
    ['--exec=x:dist', ''],
    ['HEAD:../..', 'error: "../.." is outside of the repository\n'],
    ['HE\u001b[31mAD:dist', 'error: git knows no revision "HE\\u001b[31mAD" here\n'],
  ])('%j', (side, said) => {
    const { status, stdout, stderr } = balancer(repository(), ['diff', side, 'fleet']);
    expect([side.startsWith('-') ? 64 : 65, '']).toEqual([status, stdout]);
    if (said !== '') expect(stderr).toBe(said);
  });
});

test('a side that is not there, or does not compile', () => {
  expect(balancer(ROOT, ['diff', 'none', 'fleet']).status).toBe(65);
  const { status, stdout } = balancer(ROOT, ['diff', 'test/invalid/BAL3001-backend/spec.yaml', 'fleet']);
  expect([status, stdout]).toEqual([1, '']);
});
