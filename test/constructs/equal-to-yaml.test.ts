/** Props and YAML are two doors to one house: the same spec gives the same bytes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { printDocuments } from '../../compiler';
import type { BalancerMetadata, BalancerSpec } from '../../constructs';
import { Balancer } from '../../constructs';
import { temporaryFolder } from '../run-balancer';
import { objectsOf } from './build-chart';

const CASES = join(__dirname, '../cases');

interface Declared {
  readonly folder: string;
  readonly metadata: BalancerMetadata;
  readonly spec: BalancerSpec;
}

const declared = readdirSync(CASES).flatMap((folder) => {
  const documents = parseAllDocuments(readFileSync(join(CASES, folder, 'spec.yaml'), 'utf8'));
  const balancers = documents.map((document) => document.toJS()).filter((value) => value?.kind === 'Balancer');
  // Without the fleet that they are in, these are objects.
  const alone = balancers.filter(({ spec }) => spec.delivery !== undefined || !folder.startsWith('balancer-operator'));
  return alone.map(({ metadata, spec }): Declared => ({ folder, metadata, spec }));
});

function expectedOf({ folder, metadata: { name, namespace = 'default' } }: Declared): string {
  const file = `balancer.${namespace}.${name}.k8s.yaml`;
  const text = readFileSync(join(CASES, folder, 'expected', file), 'utf8');
  return text.slice(text.indexOf('\n') + 1);
}

/** Stock cdk8s, with its own writer, into files. */
function synthesize({ metadata, spec }: Declared): unknown[] {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  new Balancer(new Chart(app, 'chart'), 'balancer', { ...spec, metadata });
  app.synth();
  expect(readdirSync(outdir)).toEqual(['chart.k8s.yaml']);
  return parseAllDocuments(readFileSync(join(outdir, 'chart.k8s.yaml'), 'utf8')).map((document) => document.toJS());
}

test('there are cases', () => {
  expect(declared.length).toBeGreaterThan(20);
});

describe.each(declared)('$folder $metadata.namespace $metadata.name', (spec) => {
  test('props give the same bytes as YAML', () => {
    const objects = objectsOf((chart) => new Balancer(chart, 'any', { ...spec.spec, metadata: spec.metadata }));
    expect(printDocuments(objects)).toBe(expectedOf(spec));
  });

  test('addBackend gives the same bytes as props', () => {
    const { backends, ...rest } = spec.spec;
    const objects = objectsOf((chart) => {
      const balancer = new Balancer(chart, 'any', { ...rest, metadata: spec.metadata });
      for (const backend of backends) balancer.addBackend(backend);
    });
    expect(printDocuments(objects)).toBe(expectedOf(spec));
  });

  test('a stock app writes the same objects', () => {
    const expected = parseAllDocuments(expectedOf(spec)).map((document) => document.toJS());
    expect(synthesize(spec)).toEqual(expected);
  });
});
