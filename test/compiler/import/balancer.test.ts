/** Balancers of 001 from what its operator made of them, and from an nginx.conf. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileAll } from '../../../compiler';
import { blank } from '../../../compiler/import/recognised';
import { type ImportEntry, type ImportedFleet, importFleet } from '../../../compiler/import-fleet';
import { differences, objectsOf, sourceDocument } from '../upstream/compare';

const INPUT = join(__dirname, 'input');
const CASES = join(__dirname, '../../cases');
const OBJECTS = readFileSync(join(INPUT, 'balancer-objects.yaml'), 'utf8');
const EXAMPLE = sourceDocument('001/balancer-example.yaml');

interface Spec {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

function imported(...texts: readonly string[]): ImportedFleet {
  const sources = texts.map((text, index) => ({ file: `${index}.yaml`, text }));
  return importFleet(sources, (found) => expect.unreachable(found.message));
}

function importedConf(text: string): ImportedFleet {
  return importFleet([{ file: 'nginx.conf', text }], (found) => expect.unreachable(found.message));
}

function specOf({ specs }: ImportedFleet): Spec {
  expect(specs).toHaveLength(1);
  return parse(specs[0]!.text);
}

function entriesOf({ specs }: ImportedFleet): readonly ImportEntry[] {
  return specs.flatMap(({ entries }) => entries);
}

describe('the objects of 001, without the resource', () => {
  test('are the example again', () => {
    const { metadata, spec } = specOf(imported(OBJECTS));
    const example = parse(EXAMPLE) as Spec;
    expect(metadata).toEqual({ name: example.metadata.name, namespace: 'default' });
    expect(spec).toEqual({ ...example.spec, profile: 'upstream', delivery: 'objects' });
  });

  test('differ in no line of nginx.conf, and in nothing that is lost', () => {
    const entries = entriesOf(imported(OBJECTS));
    expect(entries.filter(({ path, effect }) => path.startsWith('/data/') || effect === 'lost')).toEqual([]);
  });

  test('keep their names: nothing is there twice, nothing is new', () => {
    const [spec] = imported(OBJECTS).specs;
    const { artefacts } = compileAll([{ file: 'spec.yaml', text: spec!.text }]);
    const output = artefacts.filter(({ path }) => path.endsWith('.k8s.yaml')).flatMap(({ text }) => objectsOf(text));
    const names = ({ kind, metadata }: { kind: string; metadata: { name: string } }): string =>
      `${kind} ${metadata.name}`;
    expect(output.map(names).sort()).toEqual(itemsOf(OBJECTS).map(names).sort());
  });

  test.each([
    ['the Service of a backend', 'balancer-sample-v2-backend', '/spec/backends/1/selector'],
    ['nginx.conf', 'balancer-sample-proxy-configmap', '/spec/backends/0/weight'],
  ])('without %s: what it says is asked for', (_, name, path) => {
    const items = itemsOf(OBJECTS).filter(({ metadata }) => metadata.name !== name);
    const fleet = imported(JSON.stringify({ kind: 'List', items }));
    expect(fleet.specs[0]!.missing.map((one) => one.path)).toContain(path);
    expect(fleet.specs[0]!.problems).toEqual([]);
    expect(entriesOf(fleet).map(({ effect }) => effect)).toContain('fill in');
  });

  test('what was changed by hand is told, by directive and line', () => {
    const text = OBJECTS.replace('    listen 80 ;', '    listen 80 ;\n            proxy_bind 192.0.2.1;').replace(
      'sessionAffinity: None',
      'sessionAffinity: ClientIP',
    );
    const lost = entriesOf(imported(text)).filter(({ effect }) => effect === 'lost');
    expect(lost.map(({ path, line }) => [path, line])).toEqual([
      ['/spec/sessionAffinity', undefined],
      ['/data/nginx.conf/stream/server 80/proxy_bind', 8],
    ]);
  });
});

test('a resource wins, and its objects are compared with what they would be', () => {
  const fleet = imported(EXAMPLE, OBJECTS.replace('v1-backend:80 weight=40', 'v1-backend:80 weight=7'));
  expect(specOf(fleet).spec).toMatchObject({ delivery: 'resource' });
  const conf = entriesOf(fleet).filter(({ path }) => path.startsWith('/data/'));
  expect(conf).toMatchObject([
    { path: '/data/nginx.conf/stream/upstream_http/server 0/weight', before: '7', after: '40', line: 12 },
  ]);
  expect(fleet.others).toEqual([]);
});

describe.each([
  'upstream-sample',
  'upstream-extended',
  'udp',
  'methods',
  'proxy-protocol',
  'drained-and-backup',
  'load-balancer',
  'host-network',
  'dual-stack',
  'many-namespaces',
  'resolver-address',
  'unnamed-port',
  'existing-service',
  'fixed-address',
])('our own output of %s, in profile upstream', (name) => {
  const given = readFileSync(join(CASES, name, 'spec.yaml'), 'utf8').replace(
    /^spec:\n( {2}profile: \w+\n)?/gm,
    'spec:\n  profile: upstream\n',
  );
  const { artefacts } = compileAll([{ file: 'spec.yaml', text: given }]);
  const output = artefacts.filter(({ path }) => path.endsWith('.k8s.yaml')).map(({ text }) => text);

  test('compiles', () => expect(output).not.toEqual([]));

  test('is imported without a difference', () => {
    const fleet = imported(...output);
    expect(entriesOf(fleet)).toEqual([]);
    expect(fleet.specs.flatMap(({ problems }) => problems)).toEqual([]);
    expect(fleet.specs).not.toEqual([]);
  });
});

describe('a bare nginx.conf', () => {
  const conf = sourceDocument('001/nginx.conf');
  const messy = `# by hand\nstream{ upstream upstream_http{
    server example-balancer-v1-backend:80 weight=40;server "example-balancer-v2-backend:80" weight=20;
    server example-balancer-v3-backend:80   weight=40; }
  server{proxy_pass upstream_http;listen 80;} }
events{worker_connections 1024;}`;

  test('comments, blanks and order make no difference', () => {
    expect(specOf(importedConf(messy))).toEqual(specOf(importedConf(conf)));
    const ofConf = entriesOf(importedConf(messy)).filter(({ path }) => path.startsWith('/data/'));
    expect(ofConf).toEqual([]);
  });

  test('of the printed one, the word that nginx refuses is all that differs', () => {
    const ofConf = entriesOf(importedConf(conf)).filter(({ path }) => path.startsWith('/data/'));
    expect(ofConf).toMatchObject([
      { path: '/data/nginx.conf/stream/server 80/listen/tcp', before: true, effect: 'changed', line: 6 },
    ]);
  });

  test('the spec is refused until its blanks are filled', () => {
    const [spec] = importedConf(conf).specs;
    expect(compileAll([{ file: 'spec.yaml', text: spec!.text }]).artefacts).toEqual([]);
    const filled = spec!.text
      .replaceAll(blank('NAME'), 'example-balancer')
      .replaceAll(blank('TARGET_PORT_1'), '5678')
      .replaceAll(/\$\{APP_(\d)\}/g, 'echo-$1');
    expect(compileAll([{ file: 'spec.yaml', text: filled }]).artefacts).not.toEqual([]);
  });

  test('a port with other backends is another Balancer: it is told, and not mixed in', () => {
    const two = `stream {
      server { listen 80; proxy_pass 192.0.2.10:80; }
      server { listen 81; proxy_pass 192.0.2.11:80; }
    }`;
    const fleet = importedConf(two);
    expect(specOf(fleet).spec.backends).toEqual([{ name: blank('BACKEND_1'), address: '192.0.2.10', weight: 1 }]);
    const lost = entriesOf(fleet).filter(({ effect }) => effect === 'lost');
    expect(lost.map(({ path, line }) => [path, line])).toEqual([
      ['/data/nginx.conf/stream/server 81/listen/address', 3],
      ['/data/nginx.conf/stream/server 81/proxy_pass', 3],
    ]);
  });
});

/** Every directive of a conf stands in the report once, or is in the output as it was: counted by another reading of the text. */
test.each(['messy-nginx.conf', 'web-nginx.conf'])('each directive of %s is told, or the same in the output', (file) => {
  const text = readFileSync(join(INPUT, file), 'utf8');
  const fleet = importedConf(text);
  const told = new Set(entriesOf(fleet).map(({ line }) => line));
  const kept = wordsOf(keptConf(fleet));
  const lines = text.split('\n').map((line) => line.replace(/#.*/, ''));
  for (const [index, line] of lines.entries()) {
    for (const directive of line.split(/[;{}]/)) {
      const words = wordsOf(directive);
      const isKept = words.every((word) => kept.includes(word));
      expect(isKept || told.has(index + 1) || isHead(line, directive), `line ${index + 1}: ${directive}`).toBe(true);
    }
  }
});

/** The names of blocks are told with what is in them. */
function isHead(line: string, directive: string): boolean {
  return line.includes(`${directive}{`) || !line.includes(`${directive};`);
}

/** The conf that the spec becomes, blanks filled. */
function keptConf({ specs }: ImportedFleet): string {
  const filled = specs[0]!.text
    .replaceAll(blank('NAME'), 'web')
    .replaceAll(/\$\{TARGET_PORT_\d\}/g, '1')
    .replaceAll(blank('PORT_2'), 'udp-53')
    .replaceAll(/\$\{APP_(\d)\}/g, 'x-$1');
  const { artefacts } = compileAll([{ file: 'spec.yaml', text: filled }]);
  return artefacts.find(({ path }) => path.endsWith('nginx.conf'))?.text ?? '';
}

function wordsOf(text: string): string[] {
  return text.split(/[\s;{}"]+/).filter((word) => word !== '');
}

/** Compared by another program than the one that makes the report. */
test('the report of the objects is the computed difference, in both directions', () => {
  const [spec] = imported(OBJECTS).specs;
  const { artefacts } = compileAll([{ file: 'spec.yaml', text: spec!.text }]);
  const output = artefacts.filter(({ path }) => path.endsWith('.k8s.yaml')).flatMap(({ text }) => objectsOf(text));
  const withoutConf = (items: readonly (typeof output)[number][]): typeof output =>
    items.map((item) => (item.kind === 'ConfigMap' ? ({ ...item, data: {} } as typeof item) : item));
  const found = differences(withoutConf(output), withoutConf(itemsOf(OBJECTS)));
  const places = found.map(({ object, field }) => `${object} /${field}`);
  const entries = spec!.entries.map(({ object, path }) => `${object} ${path.replaceAll('~1', '/')}`);
  expect(places.filter((place) => !entries.some((entry) => `${entry}/`.startsWith(`${place}/`)))).toEqual([]);
  expect(entries.filter((entry) => !places.some((place) => `${entry}/`.startsWith(`${place}/`)))).toEqual([]);
});

test('what only looks like an object of 001 stays where it is', () => {
  const fleet = imported(readFileSync(join(INPUT, 'strangers.yaml'), 'utf8'));
  expect([fleet.specs, fleet.others.length]).toEqual([[], 7]);
});

function itemsOf(text: string): ReturnType<typeof objectsOf> {
  return (parse(text) as { readonly items: ReturnType<typeof objectsOf> }).items;
}
