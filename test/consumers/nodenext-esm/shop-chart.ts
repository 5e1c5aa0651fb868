import { Chart, type ChartProps } from 'cdk8s';
import { Balancer, type BalancerBackend, type BalancerProps } from 'cdk8s-balancer';
import type { Construct } from 'constructs';

const backends: BalancerBackend[] = [
  { name: 'v1', weight: 90, selector: { app: 'web', version: 'v1' } },
  { name: 'v2', weight: 10, selector: { app: 'web', version: 'v2' }, maxFails: 3 },
];

const props: BalancerProps = {
  replicas: 2,
  ports: [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
  ],
  backends,
};

export class ShopChart extends Chart {
  readonly balancer: Balancer;

  constructor(scope: Construct, id: string, chartProps: ChartProps = { namespace: 'shop' }) {
    super(scope, id, chartProps);
    this.balancer = new Balancer(this, 'web', props);
  }
}
