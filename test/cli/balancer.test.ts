import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../package.json';
import { textsBelow } from '../files-below';
import { balancer, balancerYaml, temporaryFolder } from '../run-balancer';

const FLEET = join(__dirname, '../../fleet');
const DIST = join(__dirname, '../../dist');

const BAD = balancerYaml('web').replace('weight: 1', 'weigth: 1');
const BAD_FRAMES = `<stdin>:7:7: error BAL2003 (missing-field): "weight" is missing
  6 |   backends:
  7 |     - {name: v1, weigth: 1, selector: {app: v1}}
    |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  field: /spec/backends/0/weight
  hint: Add the field.
<stdin>:7:18: error BAL2001 (unknown-field): "weigth" is not a field here; did you mean "weight"?
  6 |   backends:
  7 |     - {name: v1, weigth: 1, selector: {app: v1}}
    |                  ^^^^^^
  field: /spec/backends/0/weigth
  hint: Remove or correct it.
`;

/** The same behind another document: eight lines later. */
const BAD_FRAMES_BELOW = BAD_FRAMES.replaceAll('<stdin>:7', '<stdin>:15')
  .replaceAll('  6 |', '  14 |')
  .replaceAll('  7 |', '  15 |')
  .replaceAll('    |', '     |');

test('synth writes the fleet, then finds nothing to do', () => {
  const folder = temporaryFolder();
  cpSync(FLEET, join(folder, 'fleet'), { recursive: true });
  const count = Object.keys(textsBelow(DIST)).filter((path) => !path.startsWith('.')).length;
  const first = `dist: ${count} written, 0 unchanged\n`;
  expect(balancer(folder, ['synth'])).toEqual({ status: 0, stdout: '', stderr: first });
  expect(textsBelow(join(folder, 'dist'))).toEqual(textsBelow(DIST));
  expect(balancer(folder, ['synth'])).toEqual({
    status: 0,
    stdout: '',
    stderr: `dist: 0 written, ${count} unchanged\n`,
  });
  expect(balancer(folder, ['synth', '--check'])).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('synth of standard input prints the manifests', () => {
  const folder = temporaryFolder();
  const spec = readFileSync(join(FLEET, 'balancer-sample.yaml'), 'utf8');
  const manifest = readFileSync(join(DIST, 'balancer.default.balancer-sample.k8s.yaml'), 'utf8');
  expect(balancer(folder, ['synth', '-'], spec)).toEqual({ status: 0, stdout: manifest, stderr: '' });
  expect(balancer(folder, ['synth', '-', '-o', 'out'], spec).stderr).toBe('out: 2 written, 0 unchanged\n');
});

test('bad input: every problem, exit code 1, and the folder untouched', () => {
  const folder = temporaryFolder();
  balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web'));
  const before = textsBelow(join(folder, 'dist'));
  const mixed = `${balancerYaml('other')}---\n${BAD}`;
  const run = balancer(folder, ['synth', '-', '-o', 'dist'], mixed);
  expect(run).toEqual({ status: 1, stdout: '', stderr: BAD_FRAMES_BELOW });
  expect(textsBelow(join(folder, 'dist'))).toEqual(before);
  expect(balancer(folder, ['synth', '-'], mixed)).toEqual({ ...run, stdout: '' });
});

test('check prints the problems on standard output, as text or as JSON', () => {
  const folder = temporaryFolder();
  expect(balancer(folder, ['check', '-'], BAD)).toEqual({ status: 1, stdout: BAD_FRAMES, stderr: '' });
  const json = balancer(folder, ['check', '-', '--format', 'json'], BAD);
  expect(json.status).toBe(1);
  expect(JSON.parse(json.stdout)).toEqual([
    {
      code: 'BAL2003',
      name: 'missing-field',
      severity: 'error',
      message: '"weight" is missing',
      location: { file: '<stdin>', line: 7, column: 7, pointer: '/spec/backends/0/weight' },
      notes: [],
      hint: 'Add the field.',
    },
    expect.objectContaining({ code: 'BAL2001' }),
  ]);
});

test('a warning fails only where it is asked to', () => {
  const folder = temporaryFolder();
  const spec = balancerYaml('web').replace('spec:', 'spec:\n  nginxVersion: 1.22.1');
  const warning = /^<stdin>:5:17: warning BAL3014 /;
  expect(balancer(folder, ['check', '-'], spec)).toMatchObject({ status: 0, stdout: expect.stringMatching(warning) });
  expect(balancer(folder, ['check', '-', '--fail-on', 'warning'], spec)).toMatchObject({ status: 1 });
  expect(balancer(folder, ['synth', '-', '--fail-on', 'warning'], spec)).toMatchObject({ status: 1, stdout: '' });
  expect(balancer(folder, ['synth', '-'], spec)).toMatchObject({ status: 0, stderr: expect.stringMatching(warning) });
});

test('synth removes what it wrote earlier, and never a file of somebody else', () => {
  const folder = temporaryFolder();
  const run = (spec: string) => balancer(folder, ['synth', '-', '-o', 'dist'], spec);
  run(balancerYaml('old'));
  writeFileSync(join(folder, 'dist/notes.k8s.yaml'), 'mine\n');
  writeFileSync(join(folder, 'dist/config/balancer.default.old/notes.txt'), 'mine\n');
  expect(run(balancerYaml('new')).stderr).toBe('dist: 2 written, 0 unchanged, 2 removed\n');
  expect(Object.keys(textsBelow(join(folder, 'dist'))).sort()).toEqual([
    '.balancer.sums',
    'balancer.default.new.k8s.yaml',
    'config/balancer.default.new/nginx.conf',
    'config/balancer.default.old/notes.txt',
    'notes.k8s.yaml',
  ]);
});

test("a stranger's file in the way is refused, and nothing is written", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/balancer.default.web.k8s.yaml'), 'mine\n');
  expect(balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web'))).toEqual({
    status: 74,
    stdout: '',
    stderr: `dist/balancer.default.web.k8s.yaml: error BAL5002 (file-in-the-way): a file that cdk8s-balancer did not write is in the way
  hint: Move the file away, or choose another output folder.
`,
  });
  expect(textsBelow(join(folder, 'dist'))).toEqual({ 'balancer.default.web.k8s.yaml': 'mine\n' });
});

test('no symbolic link leads out of the folders', () => {
  const folder = temporaryFolder();
  const outside = temporaryFolder();
  writeFileSync(join(outside, 'secret.yaml'), balancerYaml('secret'));
  mkdirSync(join(folder, 'fleet'));
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'fleet/link.yaml'));
  expect(balancer(folder, ['check'])).toEqual({
    status: 65,
    stdout: `fleet/link.yaml: error BAL1001 (unreadable): the symbolic link leaves the folder
  hint: Check the path and its permissions.
`,
    stderr: '',
  });
  mkdirSync(join(folder, 'dist'));
  symlinkSync(outside, join(folder, 'dist/config'));
  expect(balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web')).status).toBe(74);
  expect(readdirSync(outside)).toEqual(['secret.yaml']);
});

test('usage, unreadable input and output that cannot be written have exit codes of their own', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(balancer(folder, ['nonsense'])).toMatchObject({ status: 64, stdout: '' });
  expect(balancer(folder, ['check', '--format', 'xml'])).toMatchObject({ status: 64, stdout: '' });
  expect(balancer(folder, ['check', 'nowhere'])).toEqual({
    status: 65,
    stdout: `nowhere: error BAL1001 (unreadable): cannot be read: there is no such file or folder
  hint: Check the path and its permissions.
`,
    stderr: '',
  });
  expect(balancer(folder, ['synth', '-', '-o', 'file'], balancerYaml('web'))).toMatchObject({ status: 74, stdout: '' });
});

test('an empty input is an error: it would remove everything that was written', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'fleet'));
  balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web'));
  const before = textsBelow(join(folder, 'dist'));
  expect(balancer(folder, ['synth'])).toEqual({
    status: 1,
    stdout: '',
    stderr: `fleet: error BAL1009 (no-spec): the folder holds no spec
  hint: Check the path, and what the file holds; in folders, files that end in .yaml, .yml or .json are read.
`,
  });
  expect(balancer(folder, ['synth', '-', '-o', 'dist'])).toMatchObject({ status: 1, stdout: '' });
  expect(textsBelow(join(folder, 'dist'))).toEqual(before);
});

test('help and version go to standard output', () => {
  const folder = temporaryFolder();
  expect(balancer(folder, ['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  for (const args of [['--help'], ['synth', '--help'], ['check', '--help']]) {
    const run = balancer(folder, args);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout.startsWith('Examples:\n')).toBe(true);
  }
});

test('control characters in names are shown, never obeyed', () => {
  const folder = temporaryFolder();
  const { stdout } = balancer(
    folder,
    ['check', '-'],
    balancerYaml('web').replace('name: v1', 'name: "\\e[31mred\\u202E"'),
  );
  expect(stdout).toContain('\\u001b[31mred\\u202e');
  expect(stdout).not.toContain('\u001b');
});

test('the environment changes no byte', () => {
  const folder = temporaryFolder();
  const spec = readFileSync(join(FLEET, 'balancer-sample.yaml'), 'utf8');
  const plain = balancer(folder, ['synth', '-'], spec).stdout;
  const odd = {
    TZ: 'Asia/Kathmandu',
    LANG: 'tr_TR.UTF-8',
    LC_ALL: 'tr_TR.UTF-8',
    NO_COLOR: '1',
    CDK8S_DISABLE_SORT: '1',
  };
  expect(balancer(folder, ['synth', '-'], spec, odd).stdout).toBe(plain);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('files in folders below a configuration change and go like all others', () => {
  const folder = temporaryFolder();
  cpSync(FLEET, join(folder, 'fleet'), { recursive: true });
  balancer(folder, ['synth']);
  const spec = join(folder, 'fleet/edge.yaml');
  const text = readFileSync(spec, 'utf8');
  writeFileSync(spec, text.replace('name: s6800', 'name: leaf').replaceAll('192.168.1.4', '192.168.1.3'));
  const changed = balancer(folder, ['synth']);
  expect([changed.status, changed.stdout]).toEqual([0, '']);
  const files = Object.keys(textsBelow(join(folder, 'dist')));
  expect(files.filter((file) => file.includes('/switches/s6800/'))).toEqual([]);
  expect(files.filter((file) => file.includes('/switches/leaf/'))).not.toEqual([]);
  expect(balancer(folder, ['synth', '--check'])).toEqual({ status: 0, stdout: '', stderr: '' });
  writeFileSync(spec, text);
  balancer(folder, ['synth']);
  expect(textsBelow(join(folder, 'dist'))).toEqual(textsBelow(DIST));
});
