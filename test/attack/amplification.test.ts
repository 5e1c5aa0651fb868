/** How much a small spec makes of itself: output, reports, and what is said where it is refused. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { balancer, balancerYaml, temporaryFolder } from '../run-balancer';
import { REFUSED_BGP, specOf, WORST } from './worst-specs';

/** Far above what any of these takes, far below what a hang does. */
const PATIENCE = 60_000;

/** No kind makes more of a character: a hub of 64 programs has all its labels and clients in each of them. */
const MOST_PER_CHARACTER = 500;

function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

describe('the output of the worst spec of each kind', () => {
  test.each(Object.keys(WORST))('%s', { timeout: PATIENCE }, (kind) => {
    const folder = temporaryFolder();
    const spec = specOf(WORST[kind]!);
    expect(spec.length).toBeLessThan(250_000);
    const { status, stdout, stderr } = balancer(folder, ['synth', '-', '-o', 'dist'], spec);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^dist: \d+ written/);
    expect(bytesIn(join(folder, 'dist')) / spec.length).toBeLessThan(MOST_PER_CHARACTER);
    expect(bytesIn(join(folder, 'dist'))).toBeLessThan(40_000_000);
  });

  test('a BgpLoadBalancer with more paths than any switch takes is refused', { timeout: PATIENCE }, () => {
    const { status, stdout, stderr } = balancer(temporaryFolder(), ['synth', '-'], specOf(REFUSED_BGP));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.match(/BAL\d+/g)?.filter((code) => !['BAL3045', 'BAL4001'].includes(code))).toEqual([]);
    expect(stderr.length).toBeLessThan(10_000);
  });
});

describe('aliases', () => {
  const resource = (sample: string): string => `apiVersion: cdk8s-balancer.dev/v1alpha1
kind: ApiResource
metadata: {name: thing}
spec:
  group: a.example.com
  names: {kind: Thing}
  scope: Namespaced
  versions:
    - name: v1
      schema: {spec: {type: object, description: x, properties: {l: {type: array, description: x, maxItems: 9999, items: {type: string, maxLength: 99999}}}}}
  sample: {l: [${sample}]}
`;
  const many = (length: number, count: number): string => resource(`&x "${'v'.repeat(length)}"${', *x'.repeat(count)}`);

  test('may stand for as much text as annotations may hold, and for no more', () => {
    const folder = temporaryFolder();
    expect(balancer(folder, ['synth', '-', '-o', 'dist'], many(1000, 200))).toMatchObject({ status: 0, stdout: '' });
    expect(bytesIn(join(folder, 'dist'))).toBeLessThan(300_000);
    const { status, stdout, stderr } = balancer(folder, ['check', '-'], many(90_000, 990));
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain('error BAL1006 (alias-bomb): aliases stand for more than "262144" characters\n');
    expect(stdout.length).toBeLessThan(1000);
  });

  test('are counted with the aliases in what they stand for', () => {
    const nested = (count: number) =>
      resource(`&a ["${'v'.repeat(3000)}", x], &b [${'*a, '.repeat(9)}x], ${'*b, '.repeat(count)}x`);
    const codes = (text: string) => balancer(temporaryFolder(), ['check', '-'], text).stdout.match(/BAL\d+/g) ?? [];
    expect(codes(nested(10))).toContain('BAL1006');
    expect(codes(nested(4))).not.toContain('BAL1006');
  });

  test('in manifests to import, too', () => {
    const folder = temporaryFolder();
    const annotations = `{a: &x "${'v'.repeat(90_000)}", ${Array.from({ length: 900 }, (_, index) => `a${index}: *x`).join(', ')}}`;
    writeFileSync(
      join(folder, 'a.yaml'),
      `apiVersion: v1\nkind: Service\nmetadata: {name: a, annotations: ${annotations}}\n`,
    );
    const { stdout, stderr } = balancer(folder, ['import', 'a.yaml']);
    expect(stderr).toContain('BAL1006');
    expect((stdout + stderr).length).toBeLessThan(200_000);
  });
});

describe('what is said of thousands of mistakes on a line', () => {
  const backends = Array.from({ length: 1500 }, (_, index) => ({
    name: `V${index}`,
    weight: 'x',
    selector: { a: 'b' },
  }));
  const texts: readonly (readonly [title: string, text: string])[] = [
    [
      'JSON',
      JSON.stringify({
        ...{ apiVersion: 'exposer.hliangzhao.io/v1alpha1', kind: 'Balancer' },
        metadata: { name: 'w' },
        spec: { ports: [{ port: 80 }], backends },
      }),
    ],
    ['brackets', `a: ${']'.repeat(90_000)}\n`],
    ['quotes', `a: ${'" '.repeat(45_000)}\n`],
    ['codes that nobody needs', `# balancer-ignore: ${'BAL3014,'.repeat(12_000)} x\n${balancerYaml('web')}`],
  ];

  test.each(texts)('%s', { timeout: PATIENCE }, (_, text) => {
    for (const format of ['text', 'json', 'sarif', 'github', 'junit']) {
      const { stdout, stderr } = balancer(temporaryFolder(), ['check', '-', '--format', format], text);
      expect((stdout + stderr).length / text.length, format).toBeLessThan(150);
    }
  });

  test('a text that is no YAML is told of a hundred times', () => {
    const { status, stdout } = balancer(temporaryFolder(), ['check', '-'], 'a: 1\n'.repeat(20_000));
    expect(status).toBe(1);
    expect(stdout.match(/error BAL1005/g)).toHaveLength(100);
    expect(stdout).toContain(
      '<stdin>:102:1: error BAL1003 (invalid-yaml): the text goes on like this: "19899" more problems\n',
    );
  });
});
