/** What somebody sees who calls a command for the first time, in a folder without specs. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { balancer, temporaryFolder } from '../run-balancer';

/** What is said, with the spec in it. */
function guideIn(stderr: string): { readonly text: string; readonly spec: string } {
  const text = stderr.slice(stderr.indexOf('\nSpecs are read'));
  const spec = text.slice(text.indexOf('  apiVersion')).replace(/^ {2}/gm, '');
  return { text, spec };
}

test.each([['check'], ['synth'], ['verify'], ['explain', 'dist/a.k8s.yaml:1'], ['explain', 'rbac', 'alb']])(
  '%s %s says what to do, and the spec that it shows compiles',
  async (...args) => {
    const folder = temporaryFolder();
    const { status, stderr } = balancer(folder, args);
    const { text, spec } = guideIn(stderr);
    expect(status).toBe(args[1]?.startsWith('dist') ? 1 : 65);
    await expect(text).toMatchFileSnapshot(join(__dirname, 'check/first-steps.txt'));
    mkdirSync(join(folder, 'fleet'));
    writeFileSync(join(folder, 'fleet/web.yaml'), spec);
    expect(balancer(folder, ['check'])).toEqual({ status: 0, stdout: '', stderr: 'no problems found in 1 file\n' });
    expect(balancer(folder, ['synth']).status).toBe(0);
    expect(readdirSync(join(folder, 'dist'))).toContain('balancer.default.web.k8s.yaml');
  },
);

test('a missing path that was named does not', () => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = balancer(folder, ['check', 'web.yaml']);
  expect([status, stderr]).toEqual([65, '']);
  expect(stdout).toContain('web.yaml: error BAL1001 (unreadable)');
});
