/** A comparison that finds nothing proves nothing: it is shown each kind of difference. */
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../compiler/manifest/k8s';
import { differences, objectsOf, unexplained } from './compare';

const ORIGINAL = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  paused: false
  template:
    spec:
      containers: [{name: a, image: a:1}, {name: b, image: b:1}]
      tolerations: [{operator: Exists}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: config}
data: {a: "1"}
`;

function changed(...changes: readonly (readonly [string, string])[]): KubernetesObject[] {
  return objectsOf(changes.reduce((text, [from, to]) => text.replace(from, to), ORIGINAL));
}

const EXAMPLES: readonly (readonly [string, readonly (readonly [string, string])[], readonly string[]])[] = [
  ['nothing', [], []],
  ['a value', [['replicas: 1', 'replicas: 2']], ['changed Deployment shop/web spec/replicas']],
  ['a type', [['replicas: 1', 'replicas: "1"']], ['changed Deployment shop/web spec/replicas']],
  ['a missing field', [['  paused: false\n', '']], ['missing Deployment shop/web spec/paused']],
  [
    'a field more',
    [['replicas: 1', 'replicas: 1\n  minReadySeconds: 1']],
    ['added Deployment shop/web spec/minReadySeconds'],
  ],
  [
    'an item by name',
    [['image: b:1', 'image: b:2']],
    ['changed Deployment shop/web spec/template/spec/containers/b/image'],
  ],
  [
    'the order of named items',
    [['{name: a, image: a:1}, {name: b, image: b:1}', '{name: b, image: b:1}, {name: a, image: a:1}']],
    [],
  ],
  ['an item less', [['{name: a, image: a:1}, ', '']], ['missing Deployment shop/web spec/template/spec/containers/a']],
  [
    'an item by place',
    [['operator: Exists', 'key: a']],
    [
      'missing Deployment shop/web spec/template/spec/tolerations/0/operator',
      'added Deployment shop/web spec/template/spec/tolerations/0/key',
    ],
  ],
  [
    'nothing for a list',
    [['[{operator: Exists}]', '{}']],
    ['changed Deployment shop/web spec/template/spec/tolerations'],
  ],
  [
    'an object by another name',
    [['name: config', 'name: other']],
    ['missing ConfigMap config ', 'added ConfigMap other '],
  ],
  ['an API version', [['apps/v1', 'apps/v2']], ['changed Deployment shop/web apiVersion']],
];

describe('finds', () => {
  test.each(EXAMPLES)('%s', (_, changes, expected) => {
    const found = differences(changed(...changes), objectsOf(ORIGINAL));
    expect(found.map(({ object, field, kind }) => `${kind} ${object} ${field}`)).toEqual(expected);
  });
});

test('refuses an object that is there twice', () => {
  expect(() => differences(objectsOf(ORIGINAL, ORIGINAL), [])).toThrow('there twice');
});

test('a table is complete and no more', () => {
  const found = differences(changed(['replicas: 1', 'replicas: 2'], ['  paused: false\n', '']), objectsOf(ORIGINAL));
  const replicas = { object: 'Deployment shop/web', field: 'spec/replicas', kind: 'changed', reason: 'two' } as const;
  const paused = { ...replicas, field: 'spec/paused', kind: 'missing' } as const;
  expect(unexplained(found, [replicas, paused])).toEqual({ unlisted: [], stale: [] });
  expect(unexplained(found, [replicas])).toEqual({
    unlisted: ['missing: Deployment shop/web: spec/paused'],
    stale: [],
  });
  expect(unexplained(found.slice(0, 1), [replicas, paused])).toEqual({
    unlisted: [],
    stale: ['missing: Deployment shop/web: spec/paused'],
  });
  expect(unexplained(found, [replicas, paused, paused]).stale).toEqual(['missing: Deployment shop/web: spec/paused']);
});
