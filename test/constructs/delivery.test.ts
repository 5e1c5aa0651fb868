/** Balancers and operators in one tree of a stock cdk8s app. */
import { App, Chart, Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { Balancer, BalancerOperator } from '../../constructs';
import { temporaryFolder } from '../run-balancer';
import { namesOf, objectsOf, only, problemsOf, SMALL } from './build-chart';

const OPERATOR = { image: 'registry.example.com/balancer:v1', watchNamespaces: ['shop'] };

test('a Balancer with delivery "resource" is one custom resource', () => {
  const objects = objectsOf(
    (chart) =>
      new Balancer(chart, 'web', {
        ...SMALL,
        delivery: 'resource',
        metadata: { labels: { team: 'shop' }, annotations: { 'example.com/owner': 'shop' } },
      }),
    { namespace: 'shop' },
  );
  expect(objects).toEqual([
    {
      apiVersion: 'exposer.hliangzhao.io/v1alpha1',
      kind: 'Balancer',
      metadata: {
        name: 'web',
        namespace: 'shop',
        labels: { team: 'shop' },
        annotations: { 'example.com/owner': 'shop' },
      },
      spec: { ports: SMALL.ports, backends: SMALL.backends },
    },
  ]);
});

test('backends that are added are in it', () => {
  const objects = objectsOf((chart) =>
    new Balancer(chart, 'web', { ports: [{ port: 80 }], delivery: 'resource' })
      .addBackend({ name: 'v1', weight: 1, selector: { app: 'v1' } })
      .addBackend({ name: 'v2', weight: 2, selector: { app: 'v2' } }),
  );
  const { spec } = only<{ readonly spec: { readonly backends: readonly { readonly name: string }[] } }>(
    objects,
    'Balancer',
  );
  expect(spec.backends.map(({ name }) => name)).toEqual(['v1', 'v2']);
});

test('a resource has no parts of its own', () => {
  const balancer = new Balancer(new Chart(new App(), 'chart'), 'web', { ...SMALL, delivery: 'resource' });
  for (const part of ['service', 'config', 'proxy'] as const) {
    expect(() => balancer[part]).toThrow(`"chart/web" is delivered as a resource: an operator makes its ${part}`);
  }
});

test.each([
  ['before', [0, 1]],
  ['after', [1, 0]],
])('objects in a namespace of an operator that was declared %s are refused at synth', (_, order) => {
  const app = new App({ outdir: temporaryFolder() });
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  let balancer: Balancer | undefined;
  const steps = [
    () =>
      new BalancerOperator(new Chart(app, 'operator'), 'operator', { ...OPERATOR, metadata: { namespace: 'system' } }),
    () => {
      balancer = new Balancer(chart, 'web', SMALL);
      // What was asked before the operator came is asked again.
      return problemsOf(() => balancer?.model);
    },
  ];
  for (const index of order) steps[index]!();
  expect(problemsOf(() => balancer?.model)).toMatchObject([
    {
      code: 'BAL3164',
      message: '"web" is delivered as objects in namespace "shop", which BalancerOperator "operator" watches',
      location: { file: 'chart/web', pointer: '/spec' },
      notes: [{ location: { file: 'operator/operator', pointer: '/spec/watchNamespaces' } }],
    },
  ]);
  expect(() => app.synth()).toThrow('BAL3164');
});

test('other namespaces, other trees, and resources go with an operator', () => {
  const app = new App({ outdir: temporaryFolder() });
  new BalancerOperator(new Chart(app, 'operator'), 'operator', OPERATOR);
  new Balancer(new Chart(app, 'forum', { namespace: 'forum' }), 'web', SMALL);
  new Balancer(new Chart(app, 'shop', { namespace: 'shop' }), 'api', { ...SMALL, delivery: 'resource' });
  new Balancer(new Chart(new App(), 'shop', { namespace: 'shop' }), 'web', SMALL);
  expect(() => app.synth()).not.toThrow();
});

test('an operator is the objects that YAML makes, cluster-scoped ones without a namespace', () => {
  const objects = objectsOf((chart) => new BalancerOperator(chart, 'operator', OPERATOR), { namespace: 'system' });
  expect(namesOf(objects).slice(0, 3)).toEqual([
    'Namespace/system',
    'CustomResourceDefinition/balancers.exposer.hliangzhao.io',
    'ServiceAccount/balancer-controller-manager',
  ]);
  const scoped = objects.filter(({ metadata }) => metadata.namespace === undefined).map(({ kind }) => kind);
  expect(new Set(scoped)).toEqual(
    new Set(['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding']),
  );
  expect(Testing.synth(new Chart(new App(), 'empty'))).toEqual([]);
});
