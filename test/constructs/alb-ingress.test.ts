/** An AlbIngress from TypeScript: the bytes and the errors of YAML. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AlbIngress, type AlbIngressProps } from '../../constructs';
import { objectsOf, problemsOf, yamlOf } from './build-chart';

const EXPECTED = join(__dirname, '../cases/alb-ingress-sample/expected');

/** As in test/cases/alb-ingress-sample. */
const SAMPLE: AlbIngressProps = {
  loadBalancer: {
    addressType: 'Intranet',
    zoneMappings: [{ vSwitchId: 'vsw-uf6ccg2a9g71hx8go0001' }, { vSwitchId: 'vsw-uf6nun9tql5t8nh150002' }],
    accessLogConfig: { logProject: 'k8s-log-shop', logStore: 'alb_shop' },
    deletionProtectionEnabled: undefined,
  },
  listeners: [{ port: 80, protocol: 'HTTP' }],
  ingresses: [{ name: 'shop', rules: [{ host: 'shop.example.com', paths: [{ service: 'shop', port: 80 }] }] }],
};

test('props give the same bytes as YAML', () => {
  const files = ['albingress.shop.cluster.k8s.yaml', 'albingress.default.shop.k8s.yaml'];
  const texts = files.map((file) => readFileSync(join(EXPECTED, file), 'utf8').replace(/^#.*\n/, ''));
  expect(yamlOf((chart) => new AlbIngress(chart, 'shop', SAMPLE))).toBe(texts.join('---\n'));
});

test('the namespace of the chart is that of the Ingresses, and of nothing else', () => {
  const objects = objectsOf((chart) => new AlbIngress(chart, 'shop', SAMPLE), { namespace: 'web' });
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}`)).toEqual([
    'AlbConfig ',
    'IngressClass ',
    'Ingress web',
  ]);
});

test('every problem is told', () => {
  const { listeners: _, ...withoutListeners } = SAMPLE;
  const problems = problemsOf(() =>
    objectsOf((chart) => {
      const { model } = new AlbIngress(chart, 'shop', { ...withoutListeners, ingressClassName: 'a', ingressClass: {} });
      return model;
    }),
  );
  expect(problems.map(({ code }) => code)).toEqual(['BAL3100', 'BAL3116']);
});
