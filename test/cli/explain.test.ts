/** `balancer explain rbac` and `check --manifests`, as a user calls them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { balancer } from '../run-balancer';

const ROOT = join(__dirname, '../..');

test.each(['alb', 'ccm', 'balancer'])('explain rbac %s: every verb of the original, and why', async (name) => {
  const { status, stdout, stderr } = balancer(ROOT, ['explain', 'rbac', name]);
  expect([status, stderr.replace(/^.*BAL3[0-9]{3}.*\n( {2}.*\n)*/gm, '')]).toEqual([0, '']);
  await expect(stdout).toMatchFileSnapshot(join(__dirname, `explain/${name}.txt`));
});

test('a controller that nobody declares', () => {
  const run = balancer(ROOT, ['explain', 'rbac', 'nobody']);
  expect([run.status, run.stdout]).toEqual([64, '']);
  expect(run.stderr).toContain('error: no controller is called "nobody"; there are: ccm, alb, balancer');
});

test('manifests of others', () => {
  const file = 'test/source-documents/000/rbac.yaml';
  const run = balancer(ROOT, ['check', '--manifests', file]);
  const known = readFileSync(join(ROOT, 'test/compiler/analysis/access/000-rbac.yaml.txt'), 'utf8');
  const withoutFrames = run.stdout.replace(/^ +(\d+ )?\|.*\n/gm, '');
  expect({ ...run, stdout: withoutFrames }).toEqual({
    status: 0,
    stdout: known.replaceAll('000/rbac.yaml', file),
    stderr: '',
  });
  expect(balancer(ROOT, ['check', '--manifests', file, '--fail-on', 'warning']).status).toBe(1);
  expect(balancer(ROOT, ['check', '--manifests', 'test/source-documents/none.yaml']).status).toBe(65);
});
