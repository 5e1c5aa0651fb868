/** Kinds that stand alone, as constructs in a stock cdk8s app: the objects of the YAML, and its errors. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileAll } from '../../compiler';
import {
  AlbIngress,
  AlibabaCloudControllerManager,
  AlibabaLoadBalancerController,
  BalancerOperator,
  DiagnosticsError,
  PhaseMachine,
} from '../../constructs';

const CASES = join(__dirname, '../cases');

type Kind = new (
  scope: Construct,
  id: string,
  props: never,
) => Construct & { readonly files: Readonly<Record<string, string>>; readonly model: unknown };

const KINDS: Readonly<Record<string, Kind>> = {
  AlbIngress,
  AlibabaCloudControllerManager,
  AlibabaLoadBalancerController,
  BalancerOperator,
  PhaseMachine,
};

interface Spec {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

/** Every document of such a kind in the cases that have no others. */
const SPECS = readdirSync(CASES).flatMap((name) => {
  const text = readFileSync(join(CASES, name, 'spec.yaml'), 'utf8');
  const documents = parseAllDocuments(text).map((document) => document.toJS() as Spec);
  if (!documents.every(({ kind }) => kind in KINDS)) return [];
  return text
    .split(/^---\n/m)
    .filter((part) => /^kind:/m.test(part))
    .map((part, index) => [`${name} ${index}`, part, documents[index]!] as const);
});

test('there are cases of every kind', () => {
  expect(new Set(SPECS.map(([, , { kind }]) => kind))).toEqual(new Set(Object.keys(KINDS)));
});

describe.each(SPECS)('%s', (_, text, { kind, metadata, spec }) => {
  test('as a construct', () => {
    const { artefacts } = compileAll([{ file: 'spec.yaml', text }]);
    const objects = artefacts
      .filter(({ path }) => path.endsWith('.k8s.yaml'))
      .flatMap((artefact) => parseAllDocuments(artefact.text).map((document) => document.toJS()));
    const chart = new Chart(new App(), 'chart');
    const construct = new (KINDS[kind] as Kind)(chart, 'it', { ...spec, metadata } as never);
    const key = (object: { readonly kind: string; readonly metadata: { readonly name: string } }): string =>
      `${object.kind} ${JSON.stringify(object.metadata)}`;
    const sorted = (all: readonly never[]) => [...all].sort((one, other) => (key(one) < key(other) ? -1 : 1));
    expect(sorted(Testing.synth(chart) as never[])).toEqual(sorted(objects as never[]));
    const files = artefacts.filter(({ path }) => path.startsWith('config/'));
    const own = files.map(({ path, text: file }) => [path.split('/').slice(2).join('/'), file]);
    expect(construct.files).toEqual(Object.fromEntries(own));
  });
});

test('wrong props: all problems at once, with the path of the construct', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const manager = new AlibabaCloudControllerManager(chart, 'ccm', {
    image: 'registry.example.com/ccm:v2',
    credentials: { ramRole: 'Role' },
    kubeconfig: { server: 'https://192.0.2.1:6443' },
    flags: { port: 10253, clusterCIDR: '10.244.0.1/16' },
  });
  expect(() => manager.model).toThrow(DiagnosticsError);
  expect(() => manager.model).toThrow(/chart\/ccm: error BAL3079[\s\S]*chart\/ccm: error BAL3016/);
  expect(() => app.synth()).toThrow(/BAL3079/);
});
