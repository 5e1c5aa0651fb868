/** What is wrong is told in the same words, whether it came as props or as YAML. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Lazy, Testing } from 'cdk8s';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { compileAll, type Diagnostic, formatDiagnostic, severityOf } from '../../compiler';
import { Balancer, type BalancerProps, DiagnosticsError } from '../../constructs';
import { temporaryFolder } from '../run-balancer';
import { essence, messageOf, objectsOf, problemsOf, SMALL } from './build-chart';

const INVALID = join(__dirname, '../invalid');
const API_VERSION = 'exposer.hliangzhao.io/v1alpha1';

interface Declared {
  readonly folder: string;
  readonly props: BalancerProps;
  readonly fromYaml: readonly Diagnostic[];
  readonly failed: boolean;
}

/** The props that a text stands for; none where it is not one Balancer with a name, in valid YAML. */
function propsOf(text: string): BalancerProps | undefined {
  if (compileAll([{ file: 'spec.yaml', text }]).diagnostics.some(({ code }) => code.startsWith('BAL1'))) return;
  const documents = [...parseAllDocuments(text)];
  if (documents.length !== 1) return;
  const { apiVersion, kind, metadata, spec, ...rest } = documents[0]?.toJS() ?? {};
  if (apiVersion !== API_VERSION || kind !== 'Balancer' || Object.keys(rest).length > 0) return;
  if (metadata?.name === undefined || spec?.constructor !== Object || 'metadata' in spec || !('backends' in spec))
    return;
  return { ...spec, metadata };
}

function balancerText(spec: unknown, name = 'web'): string {
  return stringify({ apiVersion: API_VERSION, kind: 'Balancer', metadata: { name }, spec });
}

const backends = SMALL.backends;
const OWN: Readonly<Record<string, string>> = {
  'unknown field': balancerText({ ...SMALL, replicaCount: 2 }),
  'many at once': balancerText({
    backends: [],
    ports: [{ port: 0, color: 'red' }, { name: 'a' }],
    replicas: '2',
    image: 5,
  }),
  'wrong in meaning, many at once': balancerText({
    ports: [{ port: 80 }, { port: 80 }],
    backends: [backends?.[0], backends?.[0]],
  }),
  'no ports, no backends': balancerText({ backends: [] }),
  'unknown profile': balancerText({ ...SMALL, profile: 'soft' }),
  'backends that are not a list': balancerText({ ...SMALL, backends: 5 }),
  'a backend that is nothing': balancerText({ ...SMALL, backends: [null] }),
  'a backend that is a text': balancerText({ ...SMALL, backends: ['v1'] }),
  'a backend without a name': balancerText({ ...SMALL, backends: [{ weight: 1, selector: { app: 'v1' } }] }),
  'fields that are nothing': balancerText({ ...SMALL, service: null, networkPolicy: null, replicas: null }),
  'a malformed name': balancerText(SMALL, 'Web'),
  'a name that is a number': balancerText(SMALL, 5 as never),
};

const declared = [
  ...readdirSync(INVALID).map((folder) => [folder, readFileSync(join(INVALID, folder, 'spec.yaml'), 'utf8')] as const),
  ...Object.entries(OWN),
].flatMap(([folder, text]): Declared[] => {
  const props = propsOf(text);
  if (props === undefined) return [];
  const fromYaml = compileAll([{ file: 'spec.yaml', text }]).diagnostics;
  return [{ folder, props, fromYaml, failed: fromYaml.some(({ code }) => severityOf(code) === 'error') }];
});

describe.each(declared.filter(({ failed }) => failed))('refused: $folder', ({ props, fromYaml }) => {
  test('props and YAML earn the same diagnostics', () => {
    const problems = problemsOf(() => new Balancer(Testing.chart(), 'any', props).model);
    expect(essence(problems)).toEqual(essence(fromYaml));
    expect(problems.map(({ location }) => location.file)).toEqual(problems.map(() => 'test/any'));
  });

  test('the synth of a stock app fails with every message', () => {
    const outdir = temporaryFolder();
    const app = new App({ outdir });
    new Balancer(new Chart(app, 'chart'), 'any', props);
    const message = messageOf(() => app.synth());
    for (const line of fromYaml.map(firstLine)) expect(message).toContain(line);
    expect(readdirSync(outdir)).toEqual([]);
  });
});

test.each(declared.filter(({ failed }) => !failed))('warned of: $folder', ({ props, fromYaml }) => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
  onTestFinished(() => warn.mockRestore());
  objectsOf((chart) => new Balancer(chart, 'any', props));
  expect(warn.mock.calls).toEqual(fromYaml.map(({ code, message }) => [`chart/any: ${message}`, { code }]));
});

/** What a user of the construct sees first of a diagnostic: without notes, at the path of the construct. */
function firstLine({ code, message, location: { pointer } }: Diagnostic): string {
  const [line] = formatDiagnostic({ code, message, location: { file: 'chart/any', pointer } }).split('\n');
  return line as string;
}

test('one error holds everything', () => {
  const props = propsOf(OWN['wrong in meaning, many at once'] as string) as BalancerProps;
  const balancer = new Balancer(Testing.chart(), 'web', props);
  const first = problemsOf(() => balancer.model);
  expect(first.map(({ code }) => code)).toEqual(expect.arrayContaining(['BAL3001', 'BAL3002', 'BAL3003']));
  expect(problemsOf(() => balancer.config.files)).toEqual(first);
  expect(() => balancer.model).toThrow(DiagnosticsError);
});

test('every Balancer of an app is heard', () => {
  const build = (chart: Chart) => {
    new Balancer(chart, 'one', { ...SMALL, replicas: -1 });
    new Balancer(chart, 'two', { ...SMALL, replicas: -2 });
  };
  expect(() => objectsOf(build)).toThrow(/chart\/one: error BAL2005.*"-1".*chart\/two: error BAL2005.*"-2"/s);
});

test('a value of cdk8s that is made at synth is no value', () => {
  const replicas = Lazy.any({ produce: () => 3 }) as unknown as number;
  const problems = problemsOf(() => new Balancer(Testing.chart(), 'web', { ...SMALL, replicas }).model);
  expect(problems.map(({ code, location }) => [code, location.pointer])).toEqual([['BAL2002', '/spec/replicas']]);
});

test('a warning is no error: it goes to the warnings of the process, once', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
  onTestFinished(() => warn.mockRestore());
  objectsOf((chart) => new Balancer(chart, 'web', { ...SMALL, nginxVersion: '1.22.1' }).model);
  expect(warn.mock.calls).toEqual([[expect.stringContaining('chart/web: nginx 1.22.1 '), { code: 'BAL3014' }]]);
});

test('a warning that the annotation of a construct accepts is not given, others are', () => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
  onTestFinished(() => warn.mockRestore());
  const accepting = (text: string) => ({ annotations: { 'cdk8s-balancer.dev/ignore': text } });
  const props = { ...SMALL, nginxVersion: '1.22.1' };
  objectsOf((chart) => {
    new Balancer(chart, 'accepted', { ...props, metadata: accepting('BAL3014 never made anew') }).model;
    new Balancer(chart, 'other', { ...props, metadata: accepting('BAL3021 another warning') }).model;
    new Balancer(chart, 'unreasoned', { ...props, metadata: accepting('BAL3014') }).model;
  });
  expect(warn.mock.calls.map(([message]) => String(message).split(':')[0])).toEqual([
    'chart/other',
    'chart/unreasoned',
  ]);
});
