/** Two hubs of a fleet that would reconcile the same objects are told, others are not. */
import { expect, test } from 'vitest';
import { compileAll } from '../../../compiler/compile';

const RESOURCE = `
apiVersion: cdk8s-balancer.dev/v1alpha1
kind: ApiResource
metadata: {name: lamp}
spec:
  group: demo.example.com
  names: {kind: Lamp}
  versions:
    - name: v1
      schema: {spec: {type: object, properties: {a: {type: boolean}}}}
`;

const hub = (name: string, fields: string): string => `
apiVersion: cdk8s-balancer.dev/v1alpha1
kind: ReconcilerHub
metadata: {name: ${name}}
spec:
  image: registry.example.com/hub:v1
  reconcilers: [{name: lamp, resource: lamp}]
  ${fields}
`;

const filter = (fields: string): string => `resourceFilters: {${fields}}`;

test.each([
  ['both see everything', '', '', 1],
  ['one sees everything', '', filter('namespaces: [a]'), 1],
  ['a namespace in common', filter('namespaces: [a, b]'), filter('namespaces: [b, c]'), 1],
  ['no namespace in common', filter('namespaces: [a]'), filter('namespaces: [b]'), 0],
  ['labels that differ', filter('labelSelector: {shard: a}'), filter('labelSelector: {shard: b}'), 0],
  ['the same labels', filter('labelSelector: {x: a, y: b}'), filter('labelSelector: {y: b, x: a}'), 1],
  ['labels and everything', filter('labelSelector: {shard: a}'), '', 1],
  ['another API server', '', 'manager: {kubeconfig: {secretName: teleport}}', 0],
])('%s', (_, one, other, count) => {
  const text = [RESOURCE, hub('one', one), hub('two', other)].join('---\n');
  const { diagnostics } = compileAll([{ file: 'spec.yaml', text }]);
  expect(diagnostics.map(({ code }) => code)).toEqual(Array(count).fill('BAL3275'));
});
