/** For each kind the spec that makes the most of the fewest characters: lists as long as the schemas take them, multiplied by each other. */
import { stringify } from 'yaml';

type Fields = Readonly<Record<string, unknown>>;

function list<T>(count: number, item: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

function fields(count: number, key: (index: number) => string, value: (index: number) => unknown): Fields {
  return Object.fromEntries(list(count, (index) => [key(index), value(index)]));
}

function document(kind: string, name: string, spec: Fields, metadata: Fields = {}): Fields {
  return { apiVersion: 'cdk8s-balancer.dev/v1alpha1', kind, metadata: { name, ...metadata }, spec };
}

const LABELS = fields(
  50,
  (index) => `${'p'.repeat(63)}.${'q'.repeat(63)}/k${index}${'k'.repeat(50)}`,
  () => 'v'.repeat(63),
);
const SELECTOR = fields(
  32,
  (index) => `k${index}${'k'.repeat(50)}`,
  () => 'v'.repeat(63),
);
const TOLERATIONS = list(32, (index) => ({ key: `k${index}`, operator: 'Exists', effect: 'NoExecute' }));
const PEERS = list(25, () => ({ namespaceSelector: SELECTOR, podSelector: SELECTOR }));
const LABELLED = { namespace: 'edge', labels: LABELS };
const INTEGER = { type: 'integer', minimum: 0, maximum: 9, description: 'How much.' };

function apiResource(name: string, spec: Fields, more: Fields = {}): Fields {
  const kind = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const versions = [{ name: 'v1', schema: { spec } }];
  return document('ApiResource', name, {
    group: 'a.example.com',
    names: { kind },
    scope: 'Namespaced',
    versions,
    ...more,
  });
}

const hub = [
  document(
    'ReconcilerHub',
    'hub',
    {
      image: 'registry.example.com/hub:v0.1.0',
      layout: 'separate',
      replicas: 3,
      manager: { leaderElection: { enabled: true } },
      nodeSelector: SELECTOR,
      tolerations: TOLERATIONS,
      networkPolicy: { metricsFrom: PEERS },
      reconcilers: list(64, (index) => ({ name: `r${index}`, resource: `a${index}` })),
    },
    LABELLED,
  ),
  ...list(64, (index) => apiResource(`a${index}`, { type: 'object', description: 'x', properties: { size: INTEGER } })),
];

function machine(): Fields {
  const name = (index: number): string => `P${index}`.padEnd(40, 'x');
  const phases = list(31, (index) => ({
    name: name(index),
    description: '&'.repeat(256),
    handler: `h${index}`.padEnd(63, 'h'),
    next: name(index + 1),
    alternatives: list(16, (step) => name((index + step * 2 + 2) % 32)).filter(
      (target, at, all) => ![name(index), name(index + 1)].includes(target) && all.indexOf(target) === at,
    ),
  }));
  return document('PhaseMachine', 'm', { phases: [...phases, { name: name(31), outcome: 'succeeded' }] });
}

const phases = [
  machine(),
  apiResource(
    'thing',
    {},
    {
      phaseMachine: 'm',
      versions: list(16, (index) => ({
        name: `v${index + 1}`,
        served: true,
        storage: index === 0,
        schema: { spec: { type: 'object', description: 'x', properties: { size: INTEGER } } },
        subresources: { status: {} },
      })),
    },
  ),
];

const titles = apiResource('thing', {
  type: 'object',
  description: 'x',
  properties: fields(
    700,
    (index) => `f${index}`,
    (index) => ({ title: 'Same', type: 'object', description: 'x', properties: { [`g${index}`]: INTEGER } }),
  ),
});

const albIngress = document(
  'AlbIngress',
  'a',
  {
    ingressClassName: 'x',
    ingresses: list(50, (index) => ({
      name: `i${index}`,
      order: index + 1,
      rules: list(5, (host) => ({
        host: `h${host}.i${index}.example.com`,
        paths: list(5, (path) => ({ path: `/${path}`, service: 's', port: 80 })),
      })),
    })),
  },
  LABELLED,
);

function bgp(workers: number, services: number, ports: number): Fields[] {
  const loadBalancer = document('BgpLoadBalancer', 'edge', {
    kubernetesVersion: '1.29',
    asn: 65000,
    cni: 'flannel',
    replicas: 1,
    addPaths: { enabled: true, sendMax: 255 },
    masters: list(9, (index) => ({ name: `m${index}`, address: `10.1.200.${index + 1}` })),
    switches: list(16, (index) => ({
      name: `s${index}`,
      address: `10.1.201.${index + 1}`,
      asn: 65001,
      dialect: 'frr',
      maximumPaths: 256,
      maximumPrefixes: 100_000,
    })),
    workers: list(workers, (index) => ({ name: `w${index}`, address: `10.1.${index >> 7}.${(index & 127) + 1}` })),
    networks: { nodes: ['10.1.0.0/16'], pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'] },
    pools: [{ name: 'public', addresses: ['11.0.0.0/22'] }],
  });
  const service = (index: number): Fields =>
    document('LoadBalancerService', `s${index}`, {
      kubernetesVersion: '1.29',
      provider: { bgpLoadBalancer: 'edge' },
      externalIPs: list(16, (own) => `11.0.${index >> 4}.${(index & 15) * 16 + own}`),
      ports: list(ports, (port) => ({ name: `p${port}`, port: 1000 + port })),
      selector: { app: 'x' },
    });
  return [loadBalancer, ...list(services, service)];
}

const nlb = document(
  'LoadBalancerService',
  's',
  {
    provider: {
      alibabaNlb: {
        addressType: 'internet',
        tags: fields(
          20,
          (index) => `t${index}`,
          () => 'v'.repeat(100),
        ),
        zoneMaps: [
          { zone: 'cn-hangzhou-k', vswitchId: 'vsw-i123456' },
          { zone: 'cn-hangzhou-j', vswitchId: 'vsw-j654321' },
        ],
      },
    },
    ports: list(60, (index) => ({ name: `p${index}`, port: 1000 + index, listener: { protocol: 'TCP' } })),
    selector: { app: 'x' },
  },
  LABELLED,
);

const manager = document(
  'AlibabaCloudControllerManager',
  'ccm',
  {
    version: 'v2',
    image: 'registry.example.com/manager:v2.9.1',
    credentials: { ramRole: 'K' },
    kubeconfig: { server: 'https://192.168.1.76:6443' },
    flags: { configureCloudRoutes: false },
    cloudConfig: { clusterId: 'c0123456789', region: 'cn-hangzhou', vpcId: 'vpc-bp1azkk9j3z2xzwgqzqz' },
    nodes: list(1000, (index) => ({ name: `n${index}`, region: 'cn-hangzhou', instanceId: `i-${10_000 + index}` })),
  },
  { namespace: 'kube-system', labels: LABELS },
);

const controller = document(
  'AlibabaLoadBalancerController',
  'alb',
  {
    image: 'registry.example.com/alb:v1.2.0',
    credentials: { secret: { name: 'a' } },
    cloudConfig: { clusterId: 'c0123456789', region: 'cn-hangzhou', vpcId: 'vpc-bp1azkk9j3z2xzwgqzqz' },
    nodeSelector: SELECTOR,
    tolerations: TOLERATIONS,
  },
  LABELLED,
);

const operator = document(
  'BalancerOperator',
  'op',
  {
    image: 'registry.example.com/balancer:v0.2.0',
    watchNamespaces: list(64, (index) => `n${index}`),
    nodeSelector: SELECTOR,
    tolerations: TOLERATIONS,
    userRoles: ['editor', 'viewer'],
  },
  LABELLED,
);

const names = (letter: string): Fields[] => list(250, (index) => ({ name: `${letter}${index}` }));

const server = document(
  'CustomApiServer',
  'server',
  {
    image: 'registry.example.com/server:v0.1.0',
    tokenAuthFile: { secretName: 't' },
    tls: { secretName: 's' },
    backend: { etcd: { servers: ['https://etcd:2379'], tls: { secretName: 'e' } } },
    nodeSelector: SELECTOR,
    tolerations: TOLERATIONS,
    networkPolicy: { from: PEERS },
    initialization: {
      apiVersion: 'teleport.wukong.com/v1beta1',
      namespaceApiVersion: 'v1',
      namespaces: [{ name: 'default' }, ...names('n')],
      catalogs: names('c'),
      teams: names('t'),
      users: list(1000, (index) => ({ name: `u${index}` })),
    },
  },
  LABELLED,
);

/** The documents of each spec, by what they are of. Those of a fleet that is refused come last. */
export const WORST: Readonly<Record<string, readonly Fields[]>> = {
  ReconcilerHub: hub,
  PhaseMachine: phases,
  ApiResource: [titles],
  AlbIngress: [albIngress],
  BgpLoadBalancer: bgp(60, 16, 1),
  'LoadBalancerService of an NLB': [nlb],
  AlibabaCloudControllerManager: [manager],
  AlibabaLoadBalancerController: [controller],
  BalancerOperator: [operator],
  CustomApiServer: [server],
};

/** A quarter of a million paths: more than any switch takes, and than a ConfigMap holds. */
export const REFUSED_BGP: readonly Fields[] = bgp(255, 64, 64);

/** The text of a spec. What stands in it several times is written once, and named by aliases. */
export function specOf(documents: readonly Fields[]): string {
  return documents.map((one) => stringify(one, { aliasDuplicateObjects: true, lineWidth: 0 })).join('---\n');
}
