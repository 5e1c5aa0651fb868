/** `balancer explain` of codes, fields, lines of artefacts and lines of specs, as a user calls it. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
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
  ['manifest-only-value', 'dist/apiresource.at.cluster.k8s.yaml:41'],
  ['manifest-default', `${MANIFEST}:145`],
  ['spec-weight', 'fleet/balancer-sample.yaml:19'],
  ['spec-only-value', 'fleet/alb-ingress.yaml:22'],
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
  expect(without).toEqual([
    'BAL1001',
    'BAL1009',
    'BAL3027',
    'BAL4001',
    'BAL4002',
    'BAL5001',
    'BAL5002',
    'BAL5003',
    'BAL9001',
  ]);
});

describe('fleets that are large or odd', () => {
  test('a line of a document among 400 others, one of which does not stand alone', () => {
    const folder = temporaryFolder();
    cpSync(join(ROOT, 'fleet'), join(folder, 'fleet'), { recursive: true });
    const one = (index: number): string =>
      `---\napiVersion: exposer.hliangzhao.io/v1alpha1\nkind: Balancer\nmetadata: {name: b${index}, namespace: n${index}}\nspec: {ports: [{name: http, port: 80}], selector: {app: b${index}}, backends: [{name: v1, weight: 1, selector: {v: v1}}]}\n`;
    writeFileSync(join(folder, 'fleet/many.yaml'), Array.from({ length: 400 }, (_, index) => one(index)).join(''));
    const { status, stdout, stderr } = balancer(folder, ['explain', 'apiresource.at.cluster.k8s.yaml:15']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('ApiResource.spec.scope');
  });

  test.each([
    [
      'line ends of Windows and a mark at the start',
      `\ufeffapiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: a}\r\ndata:\r\n  k: v\r\n`,
      5,
    ],
    ['JSON', '{"apiVersion": "v1",\n"kind": "ConfigMap",\n"metadata": {"name": "a"},\n"data": {\n"k": "v"}}\n', 5],
    [
      'a list',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}\n',
      4,
    ],
  ])('%s', (_, text, line) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'spec.yaml'), text);
    expect(balancer(folder, ['synth', 'spec.yaml', '-o', 'dist']).status).toBe(0);
    const made = balancer(folder, ['explain', `spec.yaml:${line}`, 'spec.yaml']);
    expect([made.status, made.stderr]).toEqual([0, '']);
    const [, path = '', at = ''] = /^(\S+\.k8s\.yaml):(\d+) /.exec(made.stdout) ?? [];
    const { status, stdout } = balancer(folder, ['explain', `dist/${path}:${at}`, 'spec.yaml']);
    expect([status, stdout.split('\n')[0]]).toEqual([0, `${path}:${at}`]);
    expect(stdout).toContain(`spec.yaml:${line}:`);
    expect(balancer(folder, ['explain', `<stdin>:${line}`, '-'], text).stdout).toBe(made.stdout);
  });
});
