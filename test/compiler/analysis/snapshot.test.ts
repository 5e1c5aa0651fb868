/** Reading only what differs finds what reading everything finds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { impactReport } from '../../../compiler/analysis/impact/impact-report';
import { snapshotOf, snapshotsOf } from '../../../compiler/analysis/snapshot';
import { compileAll } from '../../../compiler/compile';
import { readFleet } from '../../../synth/read-fleet';

interface File {
  readonly path: string;
  readonly text: string;
}

const { artefacts } = compileAll(readFleet(['fleet'], () => {}));
const FLEET: readonly File[] = artefacts.map(({ path, text }) => ({ path, text }));

/** A ConfigMap and the workload that reads it, in files of strangers. */
const APART: readonly File[] = [
  { path: 'configmap.default.apart.k8s.yaml', text: configMap('apart', 'nginx.conf', 'events {}') },
  {
    path: 'deployment.default.apart.k8s.yaml',
    text: `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"reader","namespace":"default"},"spec":{"template":
{"spec":{"volumes":[{"name":"config","configMap":{"name":"apart"}}]}}}}\n`,
  },
  { path: 'configmap.default.one.k8s.yaml', text: configMap('one', 'announcements', '10.0.0.1/32 192.0.2.1') },
  { path: 'configmap.default.two.k8s.yaml', text: configMap('two', 'announcements', '10.0.0.1/32 192.0.2.2') },
];

function configMap(name: string, key: string, text: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\ndata:\n  ${key}: ${text}\n`;
}

const ALL: readonly File[] = [...FLEET, ...APART];

type Edit = (files: readonly File[], at: number) => readonly File[];

/** What happens to a file: a number, a word or a line of it is another one, or it goes. */
const EDITS: readonly Edit[] = [
  (files, at) => files.filter((_, index) => index !== at),
  (files, at) => changed(files, at, (text) => text.replace(/\d+/g, (digits) => String(Number(digits.slice(0, 9)) + 1))),
  (files, at) => changed(files, at, (text) => text.replace(/\b(replicas|weight|name): (\w+)/, '$1: 7')),
  (files, at) =>
    changed(files, at, (text) => text.replace(/192\.0\.2\.\d/, '192.0.2.9').replace('events {}', 'events { }')),
  (files, at) => changed(files, at, (text) => `${text.trimEnd()}\n# the end\n`),
  (files, at) => changed(files, at, () => '{broken: [\n'),
];

function changed(files: readonly File[], at: number, edit: (text: string) => string): readonly File[] {
  return files.map((file, index) => (index === at ? { ...file, text: edit(file.text) } : file));
}

const SEQUENCE = fc.array(fc.tuple(fc.nat(EDITS.length - 1), fc.nat(10_000)), { maxLength: 4 });

function after(edits: readonly (readonly [number, number])[]): readonly File[] {
  return edits.reduce((files, [edit, at]) => EDITS[edit]!(files, at % files.length), ALL);
}

test('after any edits, on both sides', () => {
  const property = fc.property(SEQUENCE, SEQUENCE, (first, second) => {
    const [old, now] = [after(first), after(second)];
    expect(impactReport(...snapshotsOf(old, now, () => {}))).toEqual(
      impactReport(
        snapshotOf(old, () => {}),
        snapshotOf(now, () => {}),
      ),
    );
  });
  fc.assert(property, { numRuns: 60 });
}, 120_000);

test.each(ALL.map((_, index) => index))(
  'after an edit of file %i alone',
  (at) => {
    for (const edit of EDITS) {
      const now = edit(ALL, at);
      expect(impactReport(...snapshotsOf(ALL, now, () => {}))).toEqual(
        impactReport(
          snapshotOf(ALL, () => {}),
          snapshotOf(now, () => {}),
        ),
      );
    }
  },
  60_000,
);

test('of a fleet that did not change, nothing is read but the routes', () => {
  const [{ objects }] = snapshotsOf(ALL, ALL, () => {});
  const names = objects.map(({ metadata }) => (metadata as { readonly name: string }).name);
  expect(names).toEqual(expect.arrayContaining(['one', 'two']));
  expect(objects.length).toBeLessThan(snapshotOf(ALL, () => {}).objects.length / 5);
});

/** Manifests of strangers, as people and programs write them. */
describe('manifests in any style', () => {
  const NAMES = ['apart', 'apart-2', 'a.part', 'Apart', "it's", 'a b', '16', 'true', 'null', 'undefined', 'é', 'ape'];

  /** Ways to write a text in YAML. */
  const SCALARS: readonly ((text: string) => string)[] = [
    (text) => (/^[a-z][a-z0-9.-]*$/i.test(text) ? text : JSON.stringify(text)),
    (text) => JSON.stringify(text),
    (text) => `'${text.replaceAll("'", "''")}'`,
    (text) => `"${[...text].map((sign) => `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}`).join('')}"`,
    (text) => `"${text.slice(0, 1)}\\\n          ${text.slice(1)}"`,
    (text) => `"\\x${text.charCodeAt(0).toString(16).padStart(2, '0')}${text.slice(1)}"`,
    (text) => `!!str ${JSON.stringify(text)}`,
    (text) => `&n ${JSON.stringify(text)}`,
    // Another value that stands for the same name.
    (text) => ({ '16': '0x10', true: 'True', null: '~' })[text] ?? JSON.stringify(text),
    (text) => `[${JSON.stringify(text)}]`,
  ];

  /** Ways to name a configuration in a Pod. */
  const REFERENCES: readonly ((name: string) => string)[] = [
    (name) => `volumes: [{name: v, configMap: {name: ${name}}}]`,
    (name) => `volumes: [{"name":"v","configMap":{"name":${name}}}]`,
    (name) => `volumes:\n      - name: v\n        secret:\n          secretName: ${name}`,
    (name) => `volumes:\n      - name: v\n        projected: {sources: [{configMap: {name: ${name}}}]}`,
    (name) => `containers: [{name: c, envFrom: [{configMapRef: {name: ${name}}}]}]`,
    (name) => `containers: [{name: c, env: [{name: E, valueFrom: {configMapKeyRef: {key: k, name: ${name}}}}]}]`,
    (name) => `initContainers: [{name: c, env: [{name: E, valueFrom: {secretKeyRef: {key: k, name: ${name}}}}]}]`,
    (name) => `x: &c {name: ${name}}\n      volumes: [{name: v, configMap: *c}]`,
    (name) => `volumes: [{name: v, configMap: {? name : ${name}}}]`,
    (name) => `volumes: [{name: v, persistentVolumeClaim: {claimName: ${name}}}]`,
    (name) => `containers: [{name: c, args: [${name}]}]`,
  ];

  const READER = fc.record({
    kind: fc.constantFrom('Deployment', 'StatefulSet', 'CronJob', 'Pod', 'Widget'),
    name: fc.constantFrom('reader', 'reader-2', ...NAMES.slice(0, 3)),
    of: fc.constantFrom(...NAMES),
    scalar: fc.constantFrom(...SCALARS),
    reference: fc.constantFrom(...REFERENCES),
    isListed: fc.boolean(),
  });

  const CONFIG = fc.record({
    kind: fc.constantFrom('ConfigMap', 'Secret', 'Service'),
    name: fc.constantFrom(...NAMES),
    scalar: fc.constantFrom(...SCALARS),
    key: fc.constantFrom('nginx.conf', 'announcements', '"announ\\u0063ements"', 'other'),
    text: fc.constantFrom('10.0.0.1/32 192.0.2.1', '10.0.0.1/32 192.0.2.2', 'events {}'),
    isListed: fc.boolean(),
  });

  const FLEETS = fc.record({
    readers: fc.array(READER, { maxLength: 3 }),
    configs: fc.array(CONFIG, { maxLength: 4 }),
    files: fc.array(fc.tuple(fc.constantFrom('c0', 'c1', 'x'), fc.constantFrom('events {}', 'other')), {
      maxLength: 2,
    }),
  });

  type Drawn<T> = T extends fc.Arbitrary<infer U> ? U : never;

  function indented(text: string, by: string): string {
    return text.replace(/^(?=.)/gm, by);
  }

  function listed(text: string, isListed: boolean): string {
    return isListed ? `apiVersion: v1\nkind: List\nitems:\n- # one\n${indented(text, '  ')}` : text;
  }

  function readerText({ kind, name, of, scalar, reference, isListed }: Drawn<typeof READER>): string {
    const pod = `spec:\n      ${reference(scalar(of))}\n`;
    const around = {
      Pod: pod.replace(/^ {4}/gm, ''),
      CronJob: `spec: {jobTemplate: {spec: {template: {spec: {}}}}}\n`,
    } as Readonly<Record<string, string>>;
    const body = around[kind] ?? `spec:\n  template:\n    ${pod}`;
    return listed(`apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${JSON.stringify(name)}}\n${body}`, isListed);
  }

  function configText({ kind, name, scalar, key, text, isListed }: Drawn<typeof CONFIG>): string {
    return listed(
      `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${scalar(name)}\ndata:\n  ${key}: ${text}\n`,
      isListed,
    );
  }

  function filesOf({ readers, configs, files }: Drawn<typeof FLEETS>): File[] {
    return [
      ...readers.map((reader, index) => ({ path: `r${index}.k8s.yaml`, text: readerText(reader) })),
      ...configs.map((config, index) => ({ path: `c${index}.k8s.yaml`, text: configText(config) })),
      ...[...new Map(files)].map(([stem, text]) => ({ path: `config/${stem}/nginx.conf`, text })),
    ];
  }

  /** Many manifests that all differ: names are looked for in another way then. */
  function many(text: string): File[] {
    return Array.from({ length: 20 }, (_, index) => ({
      path: `m${index}.k8s.yaml`,
      text: configMap(`many-${index}`, 'other', text),
    }));
  }

  /** The same fleet with another value of some of its parts; what is drawn anew may be the same. */
  const CHANGED = fc
    .tuple(FLEETS, FLEETS, fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }))
    .map(([one, other, kept]) => {
      const picks = kept.values();
      const pick = <T>(mine: readonly T[], theirs: readonly T[]): T[] =>
        mine.flatMap((own, index) => (picks.next().value ? [own] : theirs.slice(index, index + 1)));
      const [old, now] = kept[9] ? [many('old'), many('now')] : [[], []];
      const mixed = {
        readers: pick(one.readers, other.readers),
        configs: pick(one.configs, other.configs),
        files: pick(one.files, other.files),
      };
      return [
        [...filesOf(one), ...old],
        [...filesOf(mixed), ...now],
      ] as const;
    });

  test('give the report that reading all of them gives', () => {
    const property = fc.property(CHANGED, ([old, now]) => {
      expect(impactReport(...snapshotsOf(old, now, () => {}))).toEqual(
        impactReport(
          snapshotOf(old, () => {}),
          snapshotOf(now, () => {}),
        ),
      );
    });
    fc.assert(property, { numRuns: 2000 });
  }, 240_000);
});
