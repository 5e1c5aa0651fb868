import type { BgpLoadBalancerModel, Dialect } from '../compiler/model/bgp/bgp-load-balancer';

/** What tests change of the sample. */
interface SampleChanges {
  readonly dialect?: Dialect;
  readonly model?: Partial<BgpLoadBalancerModel>;
  readonly speakers?: Partial<BgpLoadBalancerModel['speakers']>;
}

/** System 002's README as a resolved model: one master, one switch, three workers, the EIP of its printout. */
export function sampleBgpModel({ dialect = 'bird2', model, speakers }: SampleChanges = {}): BgpLoadBalancerModel {
  return {
    kind: 'BgpLoadBalancer',
    profile: 'hardened',
    name: 'edge',
    namespace: 'kube-system',
    labels: {},
    kubernetesMinor: 30,
    speakers: {
      asn: 65000,
      port: 1790,
      passive: false,
      masters: [
        { name: 'i-oruhcy5j', routerId: '192.168.1.5', addresses: [{ family: 'IPv4', address: '192.168.1.5' }] },
      ],
      replicas: 1,
      timers: { keepaliveSeconds: 3, holdSeconds: 9, connectRetrySeconds: 5 },
      gracefulRestart: { restartSeconds: 120 },
      sendMax: 8,
      drainSeconds: 30,
      container: { image: 'jauderho/gobgp:v3.37.0' },
      ...speakers,
    },
    switches: [
      {
        name: 's6800',
        dialect,
        asn: 65001,
        routerId: '192.168.1.4',
        addresses: [{ family: 'IPv4', address: '192.168.1.4' }],
        maximumPaths: 8,
        maximumPrefixes: 24,
        passive: false,
        ...(dialect !== 'comware7' && { interfaces: { cluster: 'eth0', outside: 'eth1' } }),
      },
    ],
    workers: [
      { name: 'i-rnqf0xcu', addresses: [{ family: 'IPv4', address: '192.168.1.14' }], pathIdentifier: 3232235790 },
      { name: 'i-9u2mlxrn', addresses: [{ family: 'IPv4', address: '192.168.1.11' }], pathIdentifier: 3232235787 },
      { name: 'i-5mtgih8e', addresses: [{ family: 'IPv4', address: '192.168.1.7' }], pathIdentifier: 3232235783 },
    ],
    sessions: [
      {
        family: 'IPv4',
        master: 'i-oruhcy5j',
        masterAddress: '192.168.1.5',
        switch: 's6800',
        switchAddress: '192.168.1.4',
        external: true,
      },
    ],
    networks: {
      nodes: [{ family: 'IPv4', address: '192.168.1.0', prefixLength: 24, cidr: '192.168.1.0/24' }],
      pods: [{ family: 'IPv4', address: '10.244.0.0', prefixLength: 16, cidr: '10.244.0.0/16' }],
      services: [{ family: 'IPv4', address: '10.96.0.0', prefixLength: 12, cidr: '10.96.0.0/12' }],
    },
    pools: [
      {
        name: 'public',
        networks: [{ family: 'IPv4', address: '139.198.190.112', prefixLength: 29, cidr: '139.198.190.112/29' }],
      },
    ],
    steering: {
      switchAddress: '192.168.1.4',
      inRoutingTable: 100,
      deployModel: 'barematel',
      replyRoutingTable: 101,
      rulePriority: 1000,
      protocol: 202,
      gateways: [{ family: 'IPv4', address: '192.168.1.4' }],
    },
    daemon: { image: 'nicolaka/netshoot:v0.13' },
    services: [
      {
        kind: 'LoadBalancerService',
        profile: 'hardened',
        name: 'myweb',
        namespace: 'default',
        labels: {},
        annotations: {},
        externalIPs: [{ family: 'IPv4', address: '139.198.190.117' }],
        ports: [{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 8080 }],
        selector: { app: 'myweb' },
        externalTrafficPolicy: 'Cluster',
        workers: ['i-rnqf0xcu', 'i-9u2mlxrn', 'i-5mtgih8e'],
        steering: 'dnat',
      },
    ],
    ...model,
  };
}
