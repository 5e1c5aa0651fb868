import { Testing } from 'cdk8s';
import { type Diagnostic, compileAll } from 'cdk8s-balancer/compiler';
import { DiagnosticsError, type NginxProxy, type RenderedConfigMap } from 'cdk8s-balancer';
import { ShopChart } from './shop-chart.js';

const chart = new ShopChart(Testing.app(), 'shop');
const { artefacts, diagnostics } = compileAll([{ file: 'web.yaml', text: JSON.stringify(chart.balancer.toDocument()) }]);
const problems: readonly Diagnostic[] = diagnostics;
if (artefacts.length !== 2 || problems.length > 0) throw new Error(`${artefacts.length} artefacts`);
const problem: DiagnosticsError = new DiagnosticsError(problems);
const { hash }: RenderedConfigMap = chart.balancer.config;
const proxy: NginxProxy = chart.balancer.proxy;
export const kinds = [proxy.apiObject.kind, hash, problem.message];
