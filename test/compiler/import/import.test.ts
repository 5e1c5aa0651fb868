/** What people have, imported: the documents' own files, and Services as they are in clusters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compileAll, type Diagnostic, formatText } from '../../../compiler';
import { GENERAL } from '../../../compiler/import/reasons';
import { type ImportedFleet, importFleet } from '../../../compiler/import-fleet';
import { importReportText } from '../../../compiler/import-report';
import { parseToml, type Toml } from '../../attack/toml-tree';
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
  '002': ['002/bird.conf', 'input/speaker.yaml', 'input/readme-services.yaml'],
  '002-three-masters': ['002/bird-three-masters.conf'],
  '003': ['003/cloud-controller-manager.yaml', '003/kubeconfig', '003/nginx.yaml'],
  services: ['input/services.yaml'],
  speaker: ['input/speaker.yaml'],
  'speaker-tuned': ['input/speaker-tuned.yaml'],
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
    for (const key of ['VndV', 'UWU0NnUy', 'HIDEME']) expect(text).not.toContain(key);
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

/** The documents' own files as they stand in a list of a page: indented as a whole, `---` included. */
test('what is indented as a whole is read, and the report says so', () => {
  const files = ['rbac', 'config-map', 'deployment'];
  const indented = imported(files.map((name) => `000/indented/${name}.yaml`));
  const plain = imported(files.map((name) => `000/${name}.yaml`));
  expect(indented.specs).toEqual(plain.specs);
  expect(indented.indented.map(({ file }) => file)).toEqual(files.map((name) => `000/indented/${name}.yaml`));
  expect(importReportText(indented)).toContain('lines were read without the indentation that they share');
});

test('a mistake in an indented text is told where it stands', () => {
  const text = '  # a comment\n  kind: Service\n  ---\n    kind: [\n# left\n    a: b: c\n';
  const found: Diagnostic[] = [];
  const { indented } = importFleet([{ file: 'x.yaml', text }], (one) => found.push(one));
  expect(found.map(({ location: { line, column } }) => [line, column])).toContainEqual([6, 5]);
  expect(indented).toEqual([{ file: 'x.yaml', count: 6 - 1 }]);
});

test('values are those that the API server reads: YAML 1.1', () => {
  const text = read('000/deployment.yaml').replace('defaultMode: 420', 'defaultMode: 0644');
  const report = imported(CASES['000']!);
  const [spec] = importFleet(
    CASES['000']!.map((file) => ({ file, text: file.endsWith('deployment.yaml') ? text : read(file) })),
    () => expect.unreachable(),
  ).specs;
  expect(spec).toEqual(report.specs[0]);
});

test('a template of Helm gets one diagnostic, which says what to do', () => {
  const text =
    '{{- if .Values.on }}\nkind: {{ .Values.kind }}\nmetadata:\n  name: {{ include "a.name" . }}\n{{- end }}\n---\na: {{ b }}\n';
  const found: Diagnostic[] = [];
  const { specs } = importFleet([{ file: 'x.yaml', text }], (one) => found.push(one));
  expect([specs, found.length]).toEqual([[], 1]);
  expect(formatText(found)).toContain('x.yaml:1:1: error BAL1003');
  expect(formatText(found)).toContain('render it first');
});

/** Told from the texts alone: a line of bird.conf, or a field of config_bgp.toml as test/attack/toml-tree.ts reads it. */
describe.each(['002', '002-three-masters', 'speaker-tuned'])('the files of %s are compared key by key', (name) => {
  const { specs } = imported(CASES[name]!);
  const entries = specs.flatMap((spec) => spec.entries);

  test('no entry is a whole text or object', () => {
    for (const { before, after } of entries) {
      for (const value of [before, after]) {
        expect(typeof value).not.toBe('object');
      }
    }
    expect(entries.map(({ path }) => path)).not.toContain('/data/config_bgp.toml');
  });

  test('each value of the input that changes is told once', () => {
    const keys = entries.map(({ object, path }) => `${object} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

function tomlLeaves(value: Toml, path: string): [string, unknown][] {
  if (typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, field]) => tomlLeaves(field, `${path}/${key}`));
}

test('config_bgp.toml: the report is the difference of the two trees, in both directions', () => {
  const [spec] = imported(['input/speaker.yaml']).specs;
  const values: Readonly<Record<string, string>> = {
    CNI: 'calico',
    DIALECT: 'bird2',
    MASTER_1: 'm1',
    WORKER: 'w1',
    ADDRESS: '192.168.1.9',
    NODES: '192.168.1.0/24',
    PODS: '10.244.0.0/16',
    SERVICES: '10.96.0.0/12',
    EIPS: '203.0.113.254',
  };
  const text = spec!.text.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? 'example.com/image:v1');
  const { artefacts, diagnostics } = compileAll([{ file: 'spec.yaml', text }]);
  expect(formatText(diagnostics)).not.toContain('error');
  const toml = artefacts.find(({ path }) => path.endsWith('/config_bgp.toml'))!.text;
  const [config] = objectsIn(read('input/speaker.yaml')) as unknown as { readonly data: Record<string, string> }[];
  const [before, after] = [config!.data['config_bgp.toml']!, toml].map(
    (one) => new Map(tomlLeaves(parseToml(one), '')),
  );
  const differing = [...new Set([...before!.keys(), ...after!.keys()])].filter(
    (key) => before!.get(key) !== after!.get(key),
  );
  const told = spec!.entries.flatMap(({ path }) => /^\/data\/config_bgp\.toml(.*)$/.exec(path)?.[1] ?? []);
  // An empty table is a leaf of ours.
  expect(told.filter((path) => !path.endsWith('/transport/config')).sort()).toEqual(differing.sort());
});

test('bird.conf: each statement of either side is told, or the same on both', () => {
  const [spec] = imported(['002/bird.conf']).specs;
  const own = spec!.entries.filter(({ object }) => object.startsWith('bird.conf '));
  const statements = read('002/bird.conf')
    .replace(/#.*/g, '')
    .match(/[^{};\n]+(?=;)/g)!;
  const gone = statements.map((one) => one.trim()).filter((one) => !/^(local|neighbor|source) /.test(one));
  expect(gone).toEqual(['description "192.168.1.4"', 'import all', 'export all']);
  const changed = own.filter((entry) => 'before' in entry).map(({ path }) => path.split('/').at(-1));
  expect(changed.sort()).toEqual(['description', 'export', 'import', 'name']);
});

test('a controller behind a shell, and one whose words are all in args, is recognised', () => {
  const text = read('000/deployment.yaml');
  const block = /( *)- command:\n *- \/load-balancer-controller\n(?: *- --.*\n)+/;
  const flags = '--cloud-config=/etc/kubernetes/config/cloud-config.conf --controllers=ingress,service';
  const replaced = [
    `$1- command: [/bin/sh, -c]\n$1  args: ["exec ./load-balancer-controller-manager ${flags}"]\n`,
    `$1- args: [/load-balancer-controller, ${flags
      .split(' ')
      .map((flag) => JSON.stringify(flag))
      .join(', ')}]\n`,
    `$1- args: [${flags
      .split(' ')
      .map((flag) => JSON.stringify(flag))
      .join(', ')}]\n`,
  ].map((words) => text.replace(block, words));
  for (const changed of replaced) {
    expect(changed).not.toBe(text);
    const [spec] = importFleet([{ file: 'x.yaml', text: changed }], () => expect.unreachable()).specs;
    // Without the flags, what the program does without them.
    expect(spec!.text).toContain('configureCloudRoutes: true');
    expect(spec!.text).toContain('resourceName: ccm');
    expect(spec!.problems).toEqual([]);
    const words = spec!.entries.filter(({ path }) => /\/containers\/[^/]+\/(command|args)\//.test(path));
    const told = words.map(({ path, effect }) => `${path.split('/').at(-1)} ${effect}`);
    expect(told).toContain('--configure-cloud-routes same');
    expect(told).toContain('--leader-elect-resource-name same');
    expect(told).toContain('--cluster-cidr fill in');
    expect(told.filter((word) => word.endsWith(' lost'))).toEqual([]);
  }
});
