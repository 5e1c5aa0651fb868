/** `balancer check` as a pipeline runs it: every report whole, exit codes, accepted warnings, and terminals. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { balancer, balancerOnTerminal, balancerYaml, temporaryFolder } from '../run-balancer';
import { junitProblems } from './check/junit-schema';
import { sarifProblems } from './check/sarif-schema';

const ROOT = join(__dirname, '../..');
const REPORTS = ['text', 'json', 'sarif', 'github', 'junit'] as const;

/** A Balancer with the warning BAL3014. */
const WARNED = balancerYaml('web').replace('spec:', 'spec:\n  nginxVersion: 1.22.1');

/** A fleet with errors, warnings, an accepted warning, notes to another file, names that are hostile, and a clean file. */
function hostileFleet(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'fleet'));
  const write = (name: string, text: string) => writeFileSync(join(folder, 'fleet', name), text);
  write('clean.yaml', balancerYaml('clean'));
  write('first.yaml', balancerYaml('twice'));
  write('second, 100%: <&>.yaml', `\ufeff# a comment\r\n${balancerYaml('twice').replaceAll('\n', '\r\n')}`);
  write('warned.yaml', WARNED);
  write(
    'accepted.yaml',
    WARNED.replace('name: web', 'name: ok').replace('1.22.1', '1.22.1 # balancer-ignore: BAL3014 never made anew'),
  );
  write(
    'hostile.yaml',
    balancerYaml('hostile')
      .replace('name: v1', 'name: "\\e]0;x\\a</failure>\\uD800\\uFFFE\\u202E::error::]]>"')
      .replace('weight: 1', '"世界\t%0A": 1,\tweight: 1'),
  );
  return folder;
}

describe('reports', () => {
  test.each(REPORTS)('%s of a hostile fleet', async (format) => {
    const { status, stdout, stderr } = balancer(hostileFleet(), ['check', '--format', format]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    await expect(stdout).toMatchFileSnapshot(`check/hostile.${format}.txt`);
    if (format === 'sarif') expect(sarifProblems(stdout)).toEqual([]);
    if (format === 'junit') expect(junitProblems(stdout)).toEqual([]);
  });

  test.each(REPORTS)('%s does not repeat what has the name of a secret', async (format) => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'web.yaml'),
      balancerYaml('web')
        .replace('selector: {app: v1}', 'selector: {app: v1, token: hunter2!}')
        .replace('spec:\n', 'spec:\n  pasword: hunter2\n  apiKey: |\n    hunter2\n  selektor: {}\n'),
    );
    const { status, stdout, stderr } = balancer(folder, ['check', 'web.yaml', '--format', format]);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).not.toContain('hunter2');
    if (format === 'text') await expect(stdout).toMatchFileSnapshot('check/secrets.txt');
  });

  test.each(REPORTS)('%s of our own fleet has nothing to tell', async (format) => {
    const folder = temporaryFolder();
    cpSync(join(ROOT, 'fleet'), join(folder, 'fleet'), { recursive: true });
    const run = balancer(folder, ['check', '--format', format]);
    expect(run).toMatchObject({ status: 0, stderr: expect.stringMatching(/^no problems found in \d+ files\n$/) });
    if (format === 'sarif') expect(sarifProblems(run.stdout)).toEqual([]);
    else if (format === 'junit') expect(junitProblems(run.stdout)).toEqual([]);
    else expect(run.stdout).toBe(format === 'json' ? '[]\n' : '');
  });

  test('every invalid case makes SARIF and JUnit that their schemas admit', () => {
    for (const format of ['sarif', 'junit']) {
      const { stdout } = balancer(ROOT, ['check', 'test/invalid', '--format', format]);
      if (format === 'sarif') expect(sarifProblems(stdout)).toEqual([]);
      else expect(junitProblems(stdout)).toEqual([]);
    }
  });

  test('the schemas can refuse', () => {
    const { stdout } = balancer(hostileFleet(), ['check', '--format', 'sarif']);
    for (const [right, wrong] of [
      [/"startLine": \d+/, '"startLine": 0'],
      [/"ruleId": "BAL\d+"/, '"rule": "BAL2001"'],
      ['"ruleIndex": 0', '"ruleIndex": 1'],
      ['"uri": "', '"uri": "a b/'],
      ['"uri": "', '"uri": "%'],
      ['"level": "error"', '"level": "fatal"'],
      ['"columnKind"', '"column"'],
      ['"version": "2.1.0"', '"version": "2.1"'],
      ['"$schema": "https', '"$schema": "'],
    ] as const) {
      expect(sarifProblems(stdout.replace(right, wrong)), wrong).not.toEqual([]);
    }
    const junit = balancer(hostileFleet(), ['check', '--format', 'junit']).stdout;
    for (const [right, wrong] of [
      ['failures="', 'failed="'],
      ['</failure>', '</failures>'],
      ['&lt;', '<'],
      ['tests="6"', 'tests="7"'],
      ['<failure ', '<fault '],
    ] as const) {
      expect(junitProblems(junit.replace(right, wrong)), wrong).not.toEqual([]);
    }
  });

  test('fingerprints stay when lines are put before them, and differ from each other', () => {
    const folder = temporaryFolder();
    const prints = (text: string) => {
      const { stdout } = balancer(folder, ['check', '-', '--format', 'sarif'], text);
      const results = JSON.parse(stdout).runs[0].results as { partialFingerprints: Record<string, string> }[];
      return results.map(({ partialFingerprints }) => partialFingerprints['balancerDiagnostic/v1']);
    };
    const bad = balancerYaml('web', ['v1', 'v2']).replaceAll('weight: 1', 'weigth: 1');
    const before = prints(`${bad}---\n${bad.replace('name: web', 'name: two')}`);
    expect(new Set(before).size).toBe(8);
    expect(before).toHaveLength(8);
    const moved = bad.replace(
      '  backends:\n',
      '  backends:\n    # more\n    - {name: v0, weight: 1, selector: {app: v0}}\n',
    );
    expect(prints(`# a line\n${moved}---\n${bad.replace('name: web', 'name: two')}`)).toEqual(before);
  });
});

describe('--fail-on', () => {
  test.each([
    ['error', 0],
    ['warning', 1],
    ['never', 0],
  ])('%s, with a warning: %i', (failOn, status) => {
    const run = balancer(temporaryFolder(), ['check', '-', '--fail-on', failOn], WARNED);
    expect(run).toMatchObject({ status, stderr: '', stdout: expect.stringContaining('warning BAL3014') });
  });

  test('never, with an error: 0; with nothing to read: 65', () => {
    const folder = temporaryFolder();
    const bad = balancerYaml('web').replace('port: 80', 'port: 0');
    expect(balancer(folder, ['check', '-', '--fail-on', 'never'], bad)).toMatchObject({ status: 0, stderr: '' });
    expect(balancer(folder, ['check', 'nowhere', '--fail-on', 'never'])).toMatchObject({ status: 65, stderr: '' });
  });

  test('synth never writes what is wrong, and knows no such threshold', () => {
    expect(balancer(temporaryFolder(), ['synth', '-', '--fail-on', 'never'], WARNED)).toMatchObject({ status: 64 });
  });

  test('JUnit fails exactly where the run does', () => {
    const failures = (failOn: string) =>
      balancer(temporaryFolder(), ['check', '-', '--format', 'junit', '--fail-on', failOn], WARNED).stdout.match(
        /<testsuite .*failures="(\d)"/,
      )?.[1];
    expect(['error', 'warning', 'never'].map(failures)).toEqual(['0', '1', '0']);
  });
});

describe('accepted warnings', () => {
  const accepted = WARNED.replace('1.22.1', '1.22.1 # balancer-ignore: BAL3014 never made anew');

  test('check says how many there are, and synth is silent', () => {
    const folder = temporaryFolder();
    expect(balancer(folder, ['check', '-', '--fail-on', 'warning'], accepted)).toEqual({
      status: 0,
      stdout: '',
      stderr: 'no problems found in 1 file; 1 warning accepted by balancer-ignore\n',
    });
    const run = balancer(folder, ['synth', '-', '--fail-on', 'warning'], accepted);
    expect(run).toEqual({ ...balancer(folder, ['synth', '-'], accepted), stderr: '' });
    expect(run.stdout).not.toBe('');
  });

  test('SARIF tells them with their reason', () => {
    const { stdout } = balancer(temporaryFolder(), ['check', '-', '--format', 'sarif'], accepted);
    expect(sarifProblems(stdout)).toEqual([]);
    const [{ results }] = JSON.parse(stdout).runs;
    expect(results).toMatchObject([
      {
        ruleId: 'BAL3014',
        suppressions: [
          {
            kind: 'inSource',
            justification: 'never made anew',
            location: { physicalLocation: { region: { startLine: 5, startColumn: 24 } } },
          },
        ],
      },
    ]);
  });

  test('in manifests: a comment, and the annotation of an object', async () => {
    const role = (name: string, head: string, tail: string) =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${name}\n${head}rules:\n  - apiGroups: ['']\n    resources: [pods]\n    verbs: ['*']${tail}\n`;
    const annotation = `  annotations:\n    cdk8s-balancer.dev/ignore: BAL3180 an operator of pods; BAL3181 no such thing\n`;
    const text = [
      role('one', '', ' # balancer-ignore: BAL3180 an operator'),
      role('two', annotation, ''),
      role('three', '', ''),
    ].join('---\n');
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'roles.yaml'), text);
    const { stdout, ...run } = balancer(folder, ['check', '--manifests', 'roles.yaml']);
    expect(run).toEqual({ status: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('check/manifests.txt');
  });
});

describe('a terminal', () => {
  /** What the command says where its standard output is a terminal. */
  function onTerminal(env: NodeJS.ProcessEnv): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'bad.yaml'), balancerYaml('web').replace('weight: 1', 'weigth: 1'));
    // Node.js takes a terminal in CI for one without colours.
    const { NO_COLOR: _, CI: __, ...inherited } = process.env;
    return balancerOnTerminal(folder, 'check bad.yaml', { ...inherited, TERM: 'xterm', ...env });
  }

  test('has colours, unless it has none or nobody wants them', () => {
    expect(onTerminal({})).toContain('\u001b[31merror BAL2001\u001b[39m');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) expect(onTerminal(env)).not.toContain('\u001b');
  });
});
