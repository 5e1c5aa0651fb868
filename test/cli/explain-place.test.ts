/** `balancer explain` of codes, fields, lines of artefacts and lines of specs, as a user calls it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../compiler/diagnostics';
import { EXAMPLES } from '../../compiler/diagnostics/generated/examples';
import { balancer, balancerYaml, temporaryFolder } from '../run-balancer';

const ROOT = join(__dirname, '../..');
const NGINX = 'dist/config/balancer.default.balancer-sample/nginx.conf';
const MANIFEST = 'dist/balancer.default.balancer-sample.k8s.yaml';

test.each([
  ['code', 'BAL3036'],
  ['field', 'Balancer.spec.backends.weight'],
  ['object', 'bgp-load-balancer.switches[0]'],
  ['kind', 'Balancer'],
  ['nginx-server', `${NGINX}:16`],
  ['nginx-constant', `${NGINX}:11`],
  ['manifest-default', `${MANIFEST}:145`],
  ['spec-weight', 'fleet/balancer-sample.yaml:19'],
  ['spec-worker', './fleet/edge.yaml:20:5'],
])('%s', async (name, what) => {
  const { status, stdout, stderr } = balancer(ROOT, ['explain', what]);
  expect([status, stderr]).toEqual([0, '']);
  await expect(stdout).toMatchFileSnapshot(join(__dirname, `explain/place-${name}.txt`));
});

describe('what is not there', () => {
  test.each([
    ['BAL9999', 'error: no code is called "BAL9999"; did you mean BAL2999?\n'],
    ['Balancr', 'error: no kind is called "Balancr"; did you mean "Balancer"?\n'],
    ['Balancer.spec.port', 'error: no field of Balancer is called "port"; did you mean "ports"?\n'],
    ['Balancer.spec.constructor', 'error: no field of Balancer is called "constructor"; '],
    ['__proto__', 'error: no kind is called "__proto__"; there are: Balancer, '],
    ['dist/none.yaml:3', 'error: "none.yaml" is neither a spec that was read nor an artefact of the specs\n'],
    [`${NGINX}:9999`, 'error: "config/balancer.default.balancer-sample/nginx.conf" has nothing on line 9999\n'],
    ['fleet/edge.yaml:9999', 'error: "fleet/edge.yaml" has nothing on line 9999\n'],
    ['../../etc/passwd:1', 'error: "../../etc/passwd" is neither a spec that was read nor an artefact of the specs\n'],
    ['dist/\u001b[31mred:1', 'error: "\\u001b[31mred" is neither a spec that was read nor an artefact of the specs\n'],
  ])('%j', (what, said) => {
    const { status, stdout, stderr } = balancer(ROOT, ['explain', what]);
    expect([status, stdout]).toEqual([64, '']);
    if (!what.startsWith('BAL')) expect(stderr.startsWith(said), stderr).toBe(true);
  });

  test('specs that do not compile', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'fleet'));
    writeFileSync(join(folder, 'fleet/a.yaml'), balancerYaml('web', ['v1', 'v1']));
    const run = balancer(folder, ['explain', 'dist/balancer.default.web.k8s.yaml:3']);
    expect(run).toEqual({
      status: 1,
      stdout: '',
      stderr: 'error: the specs do not compile: run "balancer check" first\n',
    });
  });
});

test('each code that a spec can earn has an example', () => {
  const without = Object.keys(CATALOGUE).filter((code) => EXAMPLES[code] === undefined);
  // Files that are not there, output that is too long or in the way, and our own bugs.
  const others = ['BAL1001', 'BAL1009', 'BAL3027', 'BAL4001', 'BAL4002', 'BAL5001', 'BAL5002', 'BAL5003', 'BAL9001'];
  expect(without).toEqual(others);
});
