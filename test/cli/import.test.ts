/** `balancer import`, as a user calls it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { balancer, temporaryFolder } from '../run-balancer';

const ROOT = join(__dirname, '../..');
const SERVICES = 'test/compiler/import/input/services.yaml';
const EXPECTED = readFileSync(join(ROOT, 'test/compiler/import/expected/services.txt'), 'utf8');
const [SPECS = '', REPORT = ''] = EXPECTED.split('\n# report\n');

test('specs on standard output, the report on standard error', () => {
  const run = balancer(ROOT, ['import', SERVICES]);
  expect(run).toEqual({ status: 0, stdout: SPECS, stderr: REPORT.replace('input/services.yaml:', `${SERVICES}:`) });
});

test('a folder gets one file per spec, and none is overwritten', () => {
  const folder = temporaryFolder();
  const first = balancer(ROOT, ['import', SERVICES, '-o', join(folder, 'fleet')]);
  expect([first.status, first.stdout]).toEqual([0, '']);
  const names = [
    'loadbalancerservice-myweb.yaml',
    'loadbalancerservice-web-nginx-example.yaml',
    'loadbalancerservice-web-web-nlb.yaml',
  ];
  expect(readdirSync(join(folder, 'fleet'))).toEqual(names);
  writeFileSync(join(folder, 'fleet', names[0]!), 'mine\n');
  const again = balancer(ROOT, ['import', SERVICES, '-o', join(folder, 'fleet')]);
  expect(again.status).toBe(74);
  expect(again.stderr).toContain('BAL5002');
  expect(readFileSync(join(folder, 'fleet', names[0]!), 'utf8')).toBe('mine\n');
});

test('the report as JSON', () => {
  const { status, stderr } = balancer(ROOT, ['import', SERVICES, '--report', 'json']);
  expect(status).toBe(0);
  expect(JSON.parse(stderr).specs.map(({ file }: { readonly file: string }) => file)).toHaveLength(3);
});

test('standard input, and what cannot be read', () => {
  const text = readFileSync(join(ROOT, 'test/source-documents/001/balancer-example.yaml'), 'utf8');
  expect(balancer(ROOT, ['import', '-'], text)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('delivery: resource'),
  });
  expect(balancer(ROOT, ['import', 'none.yaml']).status).toBe(65);
  expect(balancer(ROOT, ['import', '-'], 'a: [').status).toBe(1);
  expect(balancer(ROOT, ['import']).status).toBe(64);
});

test('in a folder a bird.conf and a kubeconfig are found by what stands in them; others are named', () => {
  const folder = temporaryFolder();
  const bird = readFileSync(join(ROOT, 'test/source-documents/002/bird.conf'));
  const config = readFileSync(join(ROOT, 'test/source-documents/003/kubeconfig'));
  const files = {
    'switch.txt': bird,
    'admin.kubeconfig': config,
    'NOTES.md': 'kind of\n',
    'image.bin': Buffer.from([0, 255]),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const run = balancer(ROOT, ['import', folder]);
  expect(run.stdout).toContain('kind: BgpLoadBalancer');
  const [, leftOut = ''] = run.stderr.split('left out: ');
  expect(leftOut).toContain(join(folder, 'NOTES.md'));
  expect(leftOut).toContain(join(folder, 'image.bin'));
  expect(leftOut).not.toMatch(/switch\.txt|admin\.kubeconfig/);
  const { stderr } = balancer(ROOT, ['import', folder, '--report', 'json']);
  expect(JSON.parse(stderr).leftOut).toHaveLength(2);
});
