import { expect, test } from '@jest/globals';
import { Testing } from 'cdk8s';
import { ClusterRole, DiagnosticsError } from 'cdk8s-balancer';
import { compileAll } from 'cdk8s-balancer/compiler';
import { ShopChart } from './shop-chart';

test('the Balancer of a chart', () => {
  const chart = new ShopChart(Testing.app(), 'shop');
  const { artefacts } = compileAll([{ file: 'web.yaml', text: JSON.stringify(chart.balancer.toDocument()) }]);
  expect(artefacts.map(({ path }) => path)).toHaveLength(2);
  expect(ClusterRole).toBeDefined();
  expect(DiagnosticsError).toBeDefined();
  process.stdout.write(`${JSON.stringify(Testing.synth(chart))}\n`);
});
