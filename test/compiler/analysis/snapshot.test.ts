/** Reading only what differs finds what reading everything finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
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
