import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { Balancer, type Workload } from '../../constructs';
import { at, namesOf, objectsOf, only, problemsOf, SMALL } from './build-chart';

const CONTAINER = { image: 'registry.example.com/web:1' };

/** The selector of the Service that a Balancer makes for a workload. */
function selectorFor(make: (chart: Chart) => Workload): unknown {
  const objects = objectsOf(
    (chart) => new Balancer(chart, 'web', SMALL).addBackend({ name: 'pods', weight: 1, workload: make(chart) }),
    { namespace: 'shop' },
  );
  return at(only(objects, 'Service', 'web-pods-backend'), 'spec', 'selector');
}

/** The labels of the Pods of a workload, which its Service has to select. */
function podLabelsOf(kind: string, make: (chart: Chart) => Workload): unknown {
  const workload = only(objectsOf(make, { namespace: 'shop' }), kind);
  return at(workload, ...(kind === 'Pod' ? [] : ['spec', 'template']), 'metadata', 'labels');
}

const WORKLOADS: readonly [kind: string, make: (chart: Chart) => Workload][] = [
  ['Deployment', (chart) => new kplus.Deployment(chart, 'app', { containers: [CONTAINER] })],
  [
    'StatefulSet',
    (chart) =>
      new kplus.StatefulSet(chart, 'app', {
        containers: [CONTAINER],
        service: new kplus.Service(chart, 'headless', { ports: [{ port: 80 }] }),
      }),
  ],
  ['DaemonSet', (chart) => new kplus.DaemonSet(chart, 'app', { containers: [CONTAINER] })],
  ['Pod', (chart) => new kplus.Pod(chart, 'app', { containers: [CONTAINER] })],
  ['Deployment', (chart) => new kplus.Deployment(chart, 'app', { containers: [CONTAINER], select: false })],
];

describe('workloads', () => {
  test.each(WORKLOADS)('the Pods of a %s are selected', (kind, make) => {
    const selector = selectorFor(make);
    expect(Object.keys(selector as object)).not.toEqual([]);
    expect(podLabelsOf(kind, make)).toMatchObject(selector as object);
  });

  test('Pods by label', () => {
    const labels = { app: 'web', tier: 'front' };
    expect(selectorFor((chart) => kplus.Pods.select(chart, 'pods', { labels }))).toEqual(labels);
  });

  test('Pods by label in the namespace of the Balancer, by its name', () => {
    const make = (chart: Chart) =>
      kplus.Pods.select(chart, 'pods', {
        labels: { app: 'web' },
        namespaces: kplus.Namespaces.select(chart, 'here', { names: ['shop'] }),
      });
    expect(selectorFor(make)).toEqual({ app: 'web' });
  });

  test('a workload of another chart with the same namespace', () => {
    const make = (chart: Chart) => {
      const other = new Chart(chart.node.root, 'other', { namespace: 'shop' });
      return new kplus.Deployment(other, 'app', { containers: [CONTAINER] });
    };
    expect(selectorFor(make)).toHaveProperty('cdk8s.io/metadata.addr');
  });

  test('the other fields of the backend stay', () => {
    const { model } = buildWith((chart) => new kplus.Deployment(chart, 'app', { containers: [CONTAINER] }));
    expect(model.backends[1]).toMatchObject({ name: 'pods', weight: 3, maxFails: 2, backup: true });
  });
});

function buildWith(make: (chart: Chart) => Workload): Balancer {
  let balancer: Balancer | undefined;
  objectsOf(
    (chart) => {
      const backend = { name: 'pods', weight: 3, maxFails: 2, backup: true, workload: make(chart) };
      balancer = new Balancer(chart, 'web', SMALL).addBackend(backend);
    },
    { namespace: 'shop' },
  );
  return balancer as Balancer;
}

const UNSELECTABLE: readonly [name: string, make: (chart: Chart) => Workload][] = [
  [
    'in another namespace',
    (chart) => {
      const other = new Chart(chart.node.root, 'other', { namespace: 'elsewhere' });
      return new kplus.Deployment(other, 'app', { containers: [CONTAINER] });
    },
  ],
  ['all Pods', (chart) => kplus.Pods.all(chart, 'pods')],
  [
    'by an expression',
    (chart) => kplus.Pods.select(chart, 'pods', { expressions: [kplus.LabelExpression.in('app', ['a', 'b'])] }),
  ],
  [
    'by labels and an expression',
    (chart) =>
      kplus.Pods.select(chart, 'pods', {
        labels: { app: 'web' },
        expressions: [kplus.LabelExpression.exists('tier')],
      }),
  ],
  [
    'by label in a namespace of another name',
    (chart) =>
      kplus.Pods.select(chart, 'pods', {
        labels: { app: 'web' },
        namespaces: kplus.Namespaces.select(chart, 'there', { names: ['elsewhere'] }),
      }),
  ],
  [
    'by label in several namespaces',
    (chart) =>
      kplus.Pods.select(chart, 'pods', {
        labels: { app: 'web' },
        namespaces: kplus.Namespaces.select(chart, 'both', { names: ['shop', 'elsewhere'] }),
      }),
  ],
  [
    'by label in all namespaces',
    (chart) =>
      kplus.Pods.select(chart, 'pods', { labels: { app: 'web' }, namespaces: kplus.Namespaces.all(chart, 'all') }),
  ],
  [
    'by label in namespaces by label',
    (chart) =>
      kplus.Pods.select(chart, 'pods', {
        labels: { app: 'web' },
        namespaces: kplus.Namespaces.select(chart, 'labelled', { labels: { team: 'shop' } }),
      }),
  ],
];

describe('workloads that a Service cannot select', () => {
  test.each(UNSELECTABLE)('%s', (_, make) => {
    const problems = problemsOf(() => buildWith(make));
    expect(problems.map(({ code }) => code)).toEqual(['BAL3027']);
    expect(problems[0]?.location).toEqual({ file: 'chart/web', pointer: '/spec/backends/1/workload' });
    expect(problems[0]?.message).toContain('of backend "pods" is ');
  });
});

describe('addBackend', () => {
  const service = { name: 'legacy', weight: 1, service: { name: 'legacy', namespace: 'old' } };
  const address = { name: 'machine', weight: 1, address: '192.0.2.10' };

  test('backends come before the proxy that dials them, whenever they were added', () => {
    const objects = objectsOf((chart) => {
      const balancer = new Balancer(chart, 'web', SMALL);
      balancer.addBackend({ name: 'v2', weight: 1, selector: { app: 'v2' } });
      balancer.addBackend(service).addBackend(address);
      balancer.addBackend({ name: 'v3', weight: 1, selector: { app: 'v3' } });
    });
    expect(namesOf(objects)).toEqual([
      'Service/web-v1-backend',
      'Service/web-v2-backend',
      'Service/web-v3-backend',
      'Service/web',
      'ConfigMap/web-proxy-configmap',
      'Deployment/webproxy',
      'PodDisruptionBudget/webproxy',
    ]);
  });

  test('a backend that was added after the model was read counts', () => {
    const balancer = buildWith((chart) => kplus.Pods.select(chart, 'pods', { labels: { app: 'web' } }));
    const { hash } = balancer.config;
    balancer.addBackend(address).addBackend(service);
    expect(balancer.model.backends.map(({ name }) => name)).toEqual(['v1', 'pods', 'machine', 'legacy']);
    expect(balancer.config.files['nginx.conf']).toContain('server 192.0.2.10:80 ');
    expect(balancer.config.hash).not.toBe(hash);
  });

  test('without any there is an error', () => {
    const problems = problemsOf(() =>
      objectsOf((chart) => new Balancer(chart, 'web', { ports: [{ port: 80 }] }).model),
    );
    expect(problems.map(({ code, location }) => [code, location.pointer])).toEqual([['BAL2007', '/spec/backends']]);
  });

  test('the props of the caller are left alone', () => {
    const backends = [...(SMALL.backends ?? [])];
    const props = Object.freeze({ ...SMALL, backends: Object.freeze(backends) });
    objectsOf((chart) => new Balancer(chart, 'web', props).addBackend(address));
    expect(backends).toEqual(SMALL.backends);
  });
});
