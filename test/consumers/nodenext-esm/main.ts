import { Testing } from 'cdk8s';
import { type Diagnostic, compileAll } from 'cdk8s-balancer/compiler';
import {
  BgpLoadBalancer,
  type BgpLoadBalancerProps,
  DiagnosticsError,
  type Files,
  LoadBalancerService,
  type LoadBalancerServiceProps,
  type NginxProxy,
  type RenderedConfigMap,
} from 'cdk8s-balancer';
import { ShopChart } from './shop-chart.js';

const chart = new ShopChart(Testing.app(), 'shop');
const { artefacts, diagnostics } = compileAll([{ file: 'web.yaml', text: JSON.stringify(chart.balancer.toDocument()) }]);
const problems: readonly Diagnostic[] = diagnostics;
if (artefacts.length !== 2 || problems.length > 0) throw new Error(`${artefacts.length} artefacts`);
const problem: DiagnosticsError = new DiagnosticsError(problems);
const { hash }: RenderedConfigMap = chart.balancer.config;
const proxy: NginxProxy = chart.balancer.proxy;
export const kinds = [proxy.apiObject.kind, hash, problem.message];

const edge: BgpLoadBalancerProps = {
  asn: 65000,
  cni: 'calico',
  masters: [{ name: 'master', address: '192.0.2.5' }],
  switches: [{ name: 'tor', address: '192.0.2.4', asn: 65001, dialect: 'frr' }],
  workers: [{ name: 'worker', address: '192.0.2.11' }],
  networks: { nodes: ['192.0.2.0/24'], pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'] },
  pools: [{ name: 'public', addresses: ['203.0.113.0/29'] }],
};
const eip: LoadBalancerServiceProps = {
  provider: { bgpLoadBalancer: 'edge' },
  externalIPs: ['203.0.113.1'],
  balancer: 'web',
};
const loadBalancer = new BgpLoadBalancer(chart, 'edge', edge);
const service = new LoadBalancerService(chart, 'eip', eip);
const files: Files = loadBalancer.files;
const workers: readonly string[] = ('workers' in service.model ? service.model.workers : []);
export const path = [files['switches/tor/frr.conf'], loadBalancer.model.services.length, service.apiObject.kind, workers];

// @ts-expect-error: a dialect that there is not
export const wrong: BgpLoadBalancerProps = { ...edge, switches: [{ ...edge.switches[0]!, dialect: 'ios' }] };
