import type {
  AddressModel,
  BgpLoadBalancerModel,
  LoadBalancerServiceModel,
  NetworkModel,
  SteeringModel,
} from '../../../compiler/model/bgp/bgp-load-balancer';
import { sampleBgpModel } from '../../sample-bgp-model';

/** The worker that the tests look at: the first of the sample. */
export const WORKER = 'i-rnqf0xcu';

const SAMPLE = sampleBgpModel();
const [MYWEB] = SAMPLE.services as [LoadBalancerServiceModel];

export function ipv4(address: string): AddressModel {
  return { family: 'IPv4', address };
}

export function ipv6(address: string): AddressModel {
  return { family: 'IPv6', address };
}

export function network(address: string, prefixLength: number): NetworkModel {
  const family = address.includes(':') ? 'IPv6' : 'IPv4';
  return { family, address, prefixLength, cidr: `${address}/${prefixLength}` };
}

/** The service of the sample, changed. */
export function service(changes: Partial<LoadBalancerServiceModel>): LoadBalancerServiceModel {
  return { ...MYWEB, ...changes };
}

/** The sample with other services, and with other steering. */
export function steered(
  services: readonly LoadBalancerServiceModel[],
  steering: Partial<SteeringModel> = {},
  model: Partial<BgpLoadBalancerModel> = {},
): BgpLoadBalancerModel {
  return { ...SAMPLE, ...model, services, steering: { ...SAMPLE.steering, ...steering } };
}

export const SOCKET = service({
  name: 'proxy',
  steering: 'socket',
  externalIPs: [ipv4('139.198.190.118')],
  ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 80 }],
});

/** Two protocols and two ports, whose order as text is not that of the numbers. */
export const DNS = service({
  name: 'dns',
  externalIPs: [ipv4('139.198.190.116')],
  ports: [
    { name: 'dns', protocol: 'UDP', port: 53, targetPort: 5353 },
    { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 5353 },
    { name: 'doh', protocol: 'TCP', port: 443, targetPort: 443 },
  ],
});

const DUAL = {
  networks: {
    nodes: [network('192.168.1.0', 24), network('2001:db8::', 64)],
    pods: [network('10.244.0.0', 16), network('fd00:244::', 56)],
    services: [network('10.96.0.0', 12), network('fd00:96::', 112)],
  },
};
const FOUR_GATEWAYS = [ipv4('192.168.1.4'), ipv4('192.168.1.3'), ipv6('2001:db8::4'), ipv6('2001:db8::3')];
const BOTH_FAMILIES = [
  service({ externalIPs: [ipv4('139.198.190.117'), ipv6('2001:db8:1::7')] }),
  service({ ...SOCKET, externalIPs: [ipv4('139.198.190.118'), ipv6('2001:db8:1::8')] }),
];

/** The whole of what a worker can be told. */
export const STEERING_CASES: Readonly<Record<string, BgpLoadBalancerModel>> = {
  /** 002's README: kube-proxy translates. */
  sample: SAMPLE,
  /** A proxy listens on the node. */
  socket: steered([SOCKET]),
  /** Kube-proxy translates, several ports and protocols; a network of a single address. */
  dnat: steered([MYWEB, DNS], {}, { networks: { ...SAMPLE.networks, nodes: [network('192.168.1.14', 32)] } }),
  /** Both modes and both families, and two switches. */
  'dual-stack': steered(BOTH_FAMILIES, { gateways: FOUR_GATEWAYS }, DUAL),
  /** The main table leads to the switches. */
  'default-route': steered(BOTH_FAMILIES, { deployModel: 'test', gateways: FOUR_GATEWAYS }, DUAL),
  /** One worker has a service, the others have none. */
  'nothing-to-steer': steered([service({ workers: ['i-5mtgih8e'] })]),
};
