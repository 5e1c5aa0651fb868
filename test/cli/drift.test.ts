/** `synth --check`: a diff that repairs the folder, and who drifted. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../package.json';
import { balancer, balancerYaml, type Run, temporaryFolder } from '../run-balancer';

const MANIFEST = 'dist/balancer.default.web.k8s.yaml';
const CONF = 'dist/config/balancer.default.web/nginx.conf';
const LIST = 'dist/.balancer.sums';

/** A folder with the output of one Balancer, and a way to run `synth` there. */
function written(): { readonly folder: string; readonly check: (spec: string, ...more: string[]) => Run } {
  const folder = temporaryFolder();
  balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web'));
  return { folder, check: (spec, ...more) => balancer(folder, ['synth', '-', '-o', 'dist', '--check', ...more], spec) };
}

function edit(folder: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
}

test('the specs changed: a diff with its context, and the reason', () => {
  const { check } = written();
  const { status, stdout, stderr } = check(balancerYaml('web', ['v1'], 3));
  expect(status).toBe(2);
  expect(stderr).toBe(`${MANIFEST}: changed: the specs changed since it was written
${CONF}: changed: the specs changed since it was written
`);
  expect(stdout.slice(stdout.indexOf(`--- a/${CONF}`))).toBe(`--- a/${CONF}
+++ b/${CONF}
@@ -13,7 +13,7 @@
 
     upstream upstream_tcp-80 {
         zone upstream_tcp-80 64k;
-        server web-v1-backend.default.svc.cluster.local:80 weight=1 max_fails=0 resolve;
+        server web-v1-backend.default.svc.cluster.local:80 weight=3 max_fails=0 resolve;
     }
 
     server {
`);
});

test('a hand edit, a removal, a file of nobody, an old list, another version and a build are told apart', () => {
  const { folder, check } = written();
  const spec = balancerYaml('web');
  const reasons = (): string[] => check(spec).stderr.split('\n').filter(Boolean);
  edit(folder, MANIFEST, (text) => text.replace('replicas: 2', 'replicas: 9'));
  expect(reasons()).toEqual([`${MANIFEST}: changed: somebody edited it`]);
  rmSync(join(folder, CONF));
  expect(reasons()).toEqual([`${MANIFEST}: changed: somebody edited it`, `${CONF}: missing: somebody removed it`]);
  balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web', ['v1'], 3));
  edit(folder, LIST, (text) => text.replace(version, '0.0.9'));
  const age = `the specs changed since it was written, and cdk8s-balancer 0.0.9 wrote it, this is ${version}`;
  edit(folder, CONF, (text) => `${text}# mine\n`);
  expect(reasons()).toEqual([`${MANIFEST}: changed: ${age}`, `${CONF}: changed: somebody edited it, and ${age}`]);
  edit(folder, LIST, (text) => text.replace(/^#.*\n/gm, ''));
  expect(reasons()[0]).toBe(
    `${MANIFEST}: changed: the specs or the version of cdk8s-balancer changed since it was written`,
  );
  rmSync(join(folder, LIST));
  expect(reasons()[1]).toContain('something that cdk8s-balancer did not write stands there');
});

test('same specs, another version; same version, another build', () => {
  const { folder, check } = written();
  const spec = balancerYaml('web');
  // What another version would have written: other bytes, and a list that knows them.
  const other = readFileSync(join(folder, CONF), 'utf8').replace('4096', '1024');
  writeFileSync(join(folder, CONF), other);
  const sum = spawnSync('sha256sum', [join(folder, CONF)], { encoding: 'utf8' }).stdout.slice(0, 64);
  edit(folder, LIST, (text) => text.replace(/^[0-9a-f]{64}(?= {2}config)/m, sum));
  expect(check(spec).stderr).toBe(`${CONF}: changed: another build of cdk8s-balancer ${version} wrote it\n`);
  edit(folder, LIST, (text) => text.replace(version, '0.0.9'));
  expect(check(spec).stderr).toBe(`${CONF}: changed: cdk8s-balancer 0.0.9 wrote it, this is ${version}\n`);
});

test('line ends that Git changed are no hand edit; a list that fits nothing is drift', () => {
  const { folder, check } = written();
  edit(folder, CONF, (text) => text.replaceAll('\n', '\r\n'));
  const run = check(balancerYaml('web'));
  expect(run.stderr).toBe(`${CONF}: changed: its line ends were changed; see "eol" in gitattributes(5)\n`);
  expect(run.stdout).toContain('-worker_processes 2;\\u000d\n');
  expect(balancer(folder, ['synth', '-', '-o', 'dist'], balancerYaml('web')).stderr).toBe(
    'dist: 1 written, 1 unchanged\n',
  );
  edit(folder, LIST, (text) => text.replace(/^.*nginx\.conf\n/m, ''));
  expect(check(balancerYaml('web'))).toEqual({
    status: 2,
    stdout: '',
    stderr: `${LIST}: changed: the list of what was written does not fit the files\n`,
  });
});

test('the diff repairs the folder: missing, changed and stale files', () => {
  const { folder, check } = written();
  const next = `${balancerYaml('web', ['v1', 'v2'], 5)}---\n${balancerYaml('new')}`;
  balancer(folder, ['synth', '-', '-o', 'dist'], `${balancerYaml('web')}---\n${balancerYaml('old')}`);
  edit(folder, CONF, (text) => text.trimEnd());
  const drift = check(next);
  expect(drift.status).toBe(2);
  expect(drift.stderr).toContain('dist/balancer.default.old.k8s.yaml: stale: the specs changed since it was written\n');
  const patch = spawnSync('git', ['apply', '-'], { cwd: folder, input: drift.stdout, encoding: 'utf8' });
  expect(patch).toMatchObject({ status: 0, stderr: '' });
  expect(check(next).stderr).toBe(`${LIST}: changed: the list of what was written does not fit the files\n`);
});

test('the order of the specs does not count, and neither does where they stand', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a/1.yaml'), balancerYaml('web'));
  writeFileSync(join(folder, '2.yaml'), balancerYaml('api'));
  balancer(folder, ['synth', 'a', '2.yaml']);
  const list = readFileSync(join(folder, LIST), 'utf8');
  balancer(folder, ['synth', '2.yaml', 'a/1.yaml']);
  expect(readFileSync(join(folder, LIST), 'utf8')).toBe(list);
  expect(
    spawnSync('sha256sum', ['-c', '--strict', '--quiet', '.balancer.sums'], { cwd: join(folder, 'dist') }),
  ).toMatchObject({
    status: 0,
  });
});

test('a huge diff is cut, with a count', () => {
  const { folder, check } = written();
  edit(folder, CONF, () => Array.from({ length: 5000 }, (_, index) => `${index}\n`).join('') + 'x'.repeat(5000));
  const { stdout } = check(balancerYaml('web'));
  expect(stdout.split('\n')).toHaveLength(1004);
  expect(stdout).toMatch(/\n\.\.\. 4033 more lines of dist\/config\/balancer\.default\.web\/nginx\.conf\n$/);
  edit(folder, CONF, () => 'x'.repeat(5000));
  expect(check(balancerYaml('web')).stdout).toMatch(/x\.\.\. 30\d\d more characters\n/);
  const many = Array.from({ length: 300 }, (_, index) => balancerYaml(`web-${index}`)).join('---\n');
  const run = balancer(folder, ['synth', '-', '-o', 'nothing', '--check'], many);
  expect(run.stdout.split('\n').length).toBeLessThan(20_001);
  expect(run.stderr).toMatch(/\n\d+ of 600 files are not in the diff, which would be too long\n$/);
});

test('control characters in a file are shown, not obeyed', () => {
  const { folder, check } = written();
  edit(folder, CONF, (text) => `${text}# \u001b]0;owned\u0007 \u202e\n`);
  expect(check(balancerYaml('web')).stdout).toContain('-# \\u001b]0;owned\\u0007 \\u202e\n');
});

test('lists of two branches merge without a conflict by the driver "union"', () => {
  const { folder } = written();
  const list = join(folder, LIST);
  const states = ['base', 'ours', 'theirs'].map((name, index) => {
    const specs = [balancerYaml('web', ['v1'], index === 1 ? 2 : 1), balancerYaml('api', ['v1'], index === 2 ? 2 : 1)];
    balancer(folder, ['synth', '-', '-o', 'dist'], specs.join('---\n'));
    writeFileSync(join(folder, name), readFileSync(list));
    return join(folder, name);
  });
  const [base, ours, theirs] = states as [string, string, string];
  expect(spawnSync('git', ['merge-file', '--union', ours, base, theirs]).status).toBe(0);
  writeFileSync(list, readFileSync(ours));
  const run = balancer(
    folder,
    ['synth', '-', '-o', 'dist'],
    [balancerYaml('web', ['v1'], 2), balancerYaml('api', ['v1'], 2)].join('---\n'),
  );
  expect(run.status).toBe(0);
  expect(
    spawnSync('sha256sum', ['-c', '--strict', '--quiet', '.balancer.sums'], { cwd: join(folder, 'dist') }).status,
  ).toBe(0);
});
