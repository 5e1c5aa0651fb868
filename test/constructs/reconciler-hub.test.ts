/** A ReconcilerHub in a cdk8s tree finds its ApiResources wherever they are declared, and gives the objects of the YAML. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileAll } from '../../compiler';
import { ApiResource, DiagnosticsError, ReconcilerHub } from '../../constructs';

interface Document {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: object;
}

const KINDS = { ApiResource, ReconcilerHub };

function documentsOf(name: string): { readonly text: string; readonly documents: readonly Document[] } {
  const text = readFileSync(join(__dirname, '../cases', name, 'spec.yaml'), 'utf8');
  return { text, documents: parseAllDocuments(text).map((document) => document.toJS() as Document) };
}

/** The objects of documents that are declared in some order, each in a chart of its own. */
function synthesized(documents: readonly Document[]): Document[] {
  const app = new App();
  const charts = documents.map(({ kind, metadata, spec }, index) => {
    const chart = new Chart(app, `chart-${index}`);
    new KINDS[kind as keyof typeof KINDS](chart, 'it', { ...spec, metadata } as never);
    return chart;
  });
  return charts.flatMap((chart) => Testing.synth(chart) as Document[]);
}

const key = ({ kind, metadata }: Document): string => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
const sorted = (all: readonly Document[]): Document[] =>
  [...all].sort((one, other) => (key(one) < key(other) ? -1 : 1));

describe.each(['reconciler-hub-full', 'reconciler-hub-separate', 'reconciler-hub-namespaces'])('%s', (name) => {
  const { text, documents } = documentsOf(name);
  const { artefacts } = compileAll([{ file: 'spec.yaml', text }]);
  const expected = artefacts
    .filter(({ path }) => path.endsWith('.k8s.yaml'))
    .flatMap((artefact) => parseAllDocuments(artefact.text).map((document) => document.toJS() as Document));

  test('hub first', () => {
    expect(sorted(synthesized(documents))).toEqual(sorted(expected));
  });

  test('resources first', () => {
    expect(sorted(synthesized([...documents].reverse()))).toEqual(sorted(expected));
  });
});

test('a resource that never comes is told at synth', () => {
  const chart = new Chart(new App(), 'chart');
  const hub = new ReconcilerHub(chart, 'hub', {
    image: 'registry.example.com/hub:v1',
    reconcilers: [{ name: 'lamp', resource: 'lamp' }],
  });
  expect(() => hub.model).toThrow(DiagnosticsError);
  expect(() => hub.model).toThrow(/BAL3260.*ApiResource "lamp" is not in the fleet/);
  expect(() => Testing.synth(chart)).toThrow(/BAL3260/);
});

test('the name of a resource is guessed', () => {
  const chart = new Chart(new App(), 'chart');
  const hub = new ReconcilerHub(chart, 'hub', {
    image: 'registry.example.com/hub:v1',
    reconcilers: [{ name: 'lamp', resource: 'lmap' }],
  });
  new ApiResource(chart, 'lamp', {
    group: 'demo.example.com',
    names: { kind: 'Lamp' },
    versions: [{ name: 'v1', schema: { spec: { type: 'object', properties: { on: { type: 'boolean' } } } } }],
  });
  expect(() => hub.model).toThrow(/did you mean "lamp"/);
});
