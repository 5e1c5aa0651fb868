import { Testing } from 'cdk8s';
import { type Diagnostic, compileAll } from 'cdk8s-balancer/compiler';
import { ShopChart } from './shop-chart.js';

const chart = new ShopChart(Testing.app(), 'shop');
const { artefacts, diagnostics } = compileAll([{ file: 'web.yaml', text: JSON.stringify(chart.balancer.toDocument()) }]);
const problems: readonly Diagnostic[] = diagnostics;
if (artefacts.length !== 2 || problems.length > 0) throw new Error(`${artefacts.length} artefacts`);
console.log(JSON.stringify(Testing.synth(chart)));
