/** What people have, imported: the documents' own files, and Services as they are in clusters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileAll, type Diagnostic, formatText } from '../../../compiler';
import { GENERAL } from '../../../compiler/import/reasons';
import { type ImportedFleet, importFleet } from '../../../compiler/import-fleet';
import { importReportText } from '../../../compiler/import-report';
import { differences, type KubernetesObject } from '../upstream/compare';

const DOCUMENTS = join(__dirname, '../../source-documents');
const INPUT = join(__dirname, 'input');

const CASES: Readonly<Record<string, readonly string[]>> = {
  '000': ['000/rbac.yaml', '000/config-map.yaml', '000/deployment.yaml'],
  '001': ['001/balancer-example.yaml', '001/http-echo.yaml'],
  '001-objects': ['input/balancer-objects.yaml'],
  '001-objects-and-resource': ['001/balancer-example.yaml', 'input/balancer-objects.yaml'],
  '001-nginx-conf': ['001/nginx.conf'],
  'messy-nginx-conf': ['input/messy-nginx.conf'],
  'web-nginx-conf': ['input/web-nginx.conf'],
  strangers: ['input/strangers.yaml'],
  '002': ['002/bird.conf', '002/bird-three-masters.conf'],
  '003': ['003/cloud-controller-manager.yaml', '003/kubeconfig', '003/nginx.yaml'],
  services: ['input/services.yaml'],
  speaker: ['input/speaker.yaml'],
};

function read(file: string): string {
  return readFileSync(file.startsWith('input/') ? join(INPUT, file.slice(6)) : join(DOCUMENTS, file), 'utf8');
}

function imported(files: readonly string[]): ImportedFleet {
  const found: Diagnostic[] = [];
  const sources = files.map((file) => ({ file, text: read(file) }));
  const fleet = importFleet(sources, (diagnostic) => found.push(diagnostic));
  expect(formatText(found)).toBe('');
  return fleet;
}

function objectsIn(text: string): KubernetesObject[] {
  return parseAllDocuments(text.replaceAll('\u3000', ' ')).map((document) => document.toJS());
}

/** Blanks filled with what the report is made with. */
function filled(text: string): string {
  return text
    .replace(/\$\{path[^}]*\}/, 'placeholder.invalid/image:fill-in')
    .replace(/\$\{CLUSTER_CIDR\}/, '10.244.0.0/16');
}

describe.each(Object.entries(CASES))('%s', (name, files) => {
  const fleet = imported(files);

  test('becomes these specs, with this report', async () => {
    const text = `${fleet.specs.map((spec) => spec.text).join('---\n')}\n# report\n${importReportText(fleet)}`;
    await expect(text).toMatchFileSnapshot(join(__dirname, `expected/${name}.txt`));
  });

  test('each difference has a reason of its own', () => {
    const general = Object.values(GENERAL).map(({ reason }) => reason);
    const entries = fleet.specs.flatMap((spec) => spec.entries);
    expect(entries.filter(({ reason }) => general.includes(reason))).toEqual([]);
  });

  test('no key of the input is in the output', () => {
    const text = JSON.stringify(fleet);
    for (const key of ['VndV', 'UWU0NnUy']) expect(text).not.toContain(key);
  });
});

/** Compared by another program than the one that makes the report: test/compiler/upstream/compare.ts. */
describe.each(['000', '003'])('the report of %s is the computed difference, in both directions', (name) => {
  const files = CASES[name]!.filter((file) => !/nginx|kubeconfig/.test(file));
  const [spec] = imported(CASES[name]!).specs;
  const { artefacts, diagnostics } = compileAll([{ file: 'spec.yaml', text: filled(spec!.text) }]);
  const output = artefacts.filter(({ path }) => path.endsWith('.k8s.yaml')).flatMap(({ text }) => objectsIn(text));
  const found = differences(
    output,
    files.flatMap((file) => objectsIn(read(file))),
  );
  // Words of a command stand by their place there, and by their flag here.
  const places = found.map(({ object, field }) => `${object} /${field}`.replace(/\/command\/\d+$/, '/command/'));
  const entries = spec!.entries.map(({ object, path }) => `${object} ${path.replaceAll('~1', '/')}`);

  test('it compiles', () => {
    expect(formatText(diagnostics)).not.toContain('error');
    expect(output).not.toEqual([]);
  });

  test('each difference is reported', () => {
    expect(places.filter((place) => !entries.some((entry) => entry.startsWith(place)))).toEqual([]);
  });

  test('each entry is a difference', () => {
    expect(entries.filter((entry) => !places.some((place) => entry.startsWith(place)))).toEqual([]);
  });
});

test('a spec with a placeholder is refused until somebody fills it', () => {
  const [manager] = imported(CASES['003']!).specs;
  const { diagnostics } = compileAll([{ file: 'spec.yaml', text: manager!.text }]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['BAL3073']);
});

test('what is no object, and what is hostile, is refused or shown as it is', () => {
  const found: Diagnostic[] = [];
  const text =
    'apiVersion: v1\nkind: Service\nmetadata: {name: "a\\e[31m"}\nspec: {type: LoadBalancer, externalIPs: [1]}\n';
  for (const source of [text, '- 1\n', 'a: [', 'kind: Deployment\nspec: 1\n', 'kind: ConfigMap\nmetadata: 1\n']) {
    expect(() => importFleet([{ file: 'x.yaml', text: source }], (one) => found.push(one))).not.toThrow();
  }
  expect(found.map(({ code }) => code)).toEqual(['BAL1007', 'BAL1003']);
});

test('what somebody has changed by hand is told too', () => {
  const text = read('000/deployment.yaml')
    .replace('  replicas: 1', '  replicas: 3\n  minReadySeconds: 7')
    .replace('failureThreshold: 8', 'failureThreshold: 9');
  const [spec] = importFleet([{ file: 'deployment.yaml', text }], () => expect.unreachable()).specs;
  const told = spec!.entries.map(({ path, effect }) => [path.split('/').at(-1), effect]);
  expect(told).toContainEqual(['minReadySeconds', 'lost']);
  expect(told).toContainEqual(['failureThreshold', 'lost']);
  expect(spec!.text).toContain('replicas: 3');
});

test('nothing is invented where 002 says nothing', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-iprule-cfg}\ndata: {DEPLOY_MODEL: barematel}\n';
  const [spec] = importFleet([{ file: 'x.yaml', text }], () => expect.unreachable()).specs;
  for (const blank of ['ASN', 'CNI', 'MASTER_ADDRESS', 'SWITCH_ADDRESS', 'SWITCH_ASN']) {
    expect(spec!.text).toContain(`\${${blank}}`);
  }
});
