/** A fleet as a cdk8s app gives the bytes, and the problems, of the command. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ApiObject, JsonPatch } from 'cdk8s';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { compareDiagnostics, compileAll, type Source, severityOf } from '../../compiler';
import { type Artefact, FleetApp } from '../../constructs';
import { readFleet } from '../../synth';
import { balancerYaml } from '../run-balancer';
import { problemsOf } from './build-chart';

const TEST = join(__dirname, '..');

function sourcesOf(folder: string): Source[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'right.yaml');
  const paths = files.map((file) => relative(process.cwd(), join(folder, file)));
  return [...readFleet(paths, () => {})];
}

function artefactsOf(sources: readonly Source[]): readonly Artefact[] | undefined {
  let saved: readonly Artefact[] | undefined;
  new FleetApp({ sources, save: (artefacts) => (saved = artefacts) }).synth();
  return saved;
}

describe('cases', () => {
  test.each(readdirSync(join(TEST, 'cases')))('%s', (name) => {
    const sources = sourcesOf(join(TEST, 'cases', name));
    expect(artefactsOf(sources)).toEqual(compileAll(sources).artefacts);
  });

  test('all of them together', () => {
    // A fleet has one BgpLoadBalancer, and one controller whose objects have the names of the original.
    const once = /^(bgp|balancer-operator|alibaba-load-balancer-controller)-(?!full$)|^ccm-|-v1-full$/;
    const names = readdirSync(join(TEST, 'cases')).filter((name) => !once.test(name));
    const texts = names.map((name) => sourcesOf(join(TEST, 'cases', name)));
    const sources = texts.flat().map(({ file, text }, index) => {
      return { file, text: text.replaceAll('kind: Balancer\nmetadata:\n  name: ', `$&n${index}-`) };
    });
    expect(artefactsOf(sources)).toEqual(compileAll(sources).artefacts);
  });
});

describe('problems', () => {
  const small = balancerYaml('web');
  const fleets: Readonly<Record<string, readonly string[]>> = {
    'of shape': [small, small.replace('weight: 1', 'wieght: 1')],
    'of meaning': [small.replace('[{port: 80}]', '[{port: 80}, {port: 80}]')],
    'of two documents': [small, `---\n${small}`],
    'of the whole fleet': [`${small}---\n${small}`],
    'of several files': [small.replace('port: 80', 'port: 0'), balancerYaml('api').replace('kind: B', 'kind: C')],
    'of reading': [small, 'a: [', balancerYaml('api').replace('{app: v1}', '{}')],
    'with notes': [balancerYaml('web', ['v1', 'v1'])],
    'with warnings': [balancerYaml('web', ['v1', 'v1']).replace('spec:', 'spec:\n  nginxVersion: 1.22.1')],
    'too big': [bigBalancer()],
  };

  test.each(Object.entries(fleets))('%s', (_, texts) => {
    const sources = texts.map((text, index) => ({ file: `fleet/${index}.yaml`, text }));
    const expected = [...compileAll(sources).diagnostics].sort(compareDiagnostics);
    expect(expected.filter(({ code }) => severityOf(code) === 'error')).not.toEqual([]);
    const problems = problemsOf(() => artefactsOf(sources));
    expect(problems).toEqual(expected);
    for (const { location } of problems) expect(location).toMatchObject({ line: expect.any(Number) });
  });

  test.each(readdirSync(join(TEST, 'invalid')))('%s', (name) => {
    const sources = sourcesOf(join(TEST, 'invalid', name));
    const { artefacts, diagnostics } = compileAll(sources);
    const failed = diagnostics.some(({ code }) => severityOf(code) === 'error');
    if (failed) expect(problemsOf(() => artefactsOf(sources))).toEqual([...diagnostics].sort(compareDiagnostics));
    else expect(artefactsOf(sources)).toEqual(artefacts);
  });

  test.each([
    ['nobody accepts', '', [['fleet/0.yaml:5:17: nginx 1.22.1 does not notice', 'BAL3014']]],
    ['a comment accepts', ' # balancer-ignore: BAL3014 never made anew', []],
    [
      'a comment does not accept',
      ' # balancer-ignore: BAL3014',
      [
        ['fleet/0.yaml:5:17: nginx', 'BAL3014'],
        ['fleet/0.yaml:5:24: no reason is given', 'BAL1010'],
      ],
    ],
    [
      'a comment for nothing',
      ' # balancer-ignore: BAL3014, BAL3021 never made anew',
      [['fleet/0.yaml:5:24: there is no BAL3021 here', 'BAL1013']],
    ],
  ])('warnings that %s', (_, comment, given) => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    onTestFinished(() => warn.mockRestore());
    const text = small.replace('spec:', `spec:\n  nginxVersion: 1.22.1${comment}`);
    const sources = [{ file: 'fleet/0.yaml', text }];
    expect(artefactsOf(sources)).toEqual(compileAll(sources).artefacts);
    const told = [...compileAll(sources).diagnostics].sort(compareDiagnostics).map(({ code }) => code);
    expect(warn.mock.calls.map(([, options]) => (options as { code: string }).code)).toEqual(told);
    expect(warn.mock.calls).toEqual(
      given.map(([message, code]) => [expect.stringContaining(String(message)), { code }]),
    );
  });

  test('nothing is saved', () => {
    const saved: unknown[] = [];
    const sources = [{ file: 'web.yaml', text: small.replace('weight: 1', 'weight: -1') }];
    const app = new FleetApp({ sources, save: (artefacts) => saved.push(artefacts) });
    expect(() => app.synth()).toThrow('web.yaml:7:');
    expect(saved).toEqual([]);
  });
});

/** As many ports and backends as there may be, with long names: more than a ConfigMap holds. */
function bigBalancer(): string {
  const name = (prefix: string, index: number) => `${prefix}${index}${'x'.repeat(40)}`;
  const ports = Array.from({ length: 64 }, (_, index) => ({ name: `p${index}`, port: 2000 + index }));
  const backends = Array.from({ length: 128 }, (_, index) => ({
    name: name('b', index),
    weight: 1,
    selector: { app: `a${index}` },
    maxConnections: 10000,
    maxFails: 10000,
    failTimeoutSeconds: 1000,
  }));
  const metadata = { name: 'web', namespace: 'n'.repeat(60) };
  const domain = Array.from({ length: 3 }, () => 'd'.repeat(60)).join('.');
  const spec = { clusterDomain: domain, ports, backends };
  return JSON.stringify({ apiVersion: 'exposer.hliangzhao.io/v1alpha1', kind: 'Balancer', metadata, spec });
}

test('patches of cdk8s reach the objects of a fleet', () => {
  let saved: readonly Artefact[] = [];
  const sources = [{ file: 'web.yaml', text: balancerYaml('web') }];
  const app = new FleetApp({ sources, save: (artefacts) => (saved = artefacts) });
  for (const construct of app.node.findAll()) {
    if (!ApiObject.isApiObject(construct) || construct.kind !== 'Deployment') continue;
    construct.addJsonPatch(JsonPatch.replace('/spec/replicas', 9));
  }
  app.synth();
  expect(saved.find(({ path }) => path === 'balancer.default.web.k8s.yaml')?.text).toContain('replicas: 9\n');
});
