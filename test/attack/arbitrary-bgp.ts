/** Load balancers at random that compile, with the services behind them. */
import fc from 'fast-check';
import type { BgpLoadBalancer } from '../../compiler/spec/generated/bgp-load-balancer';
import type { LoadBalancerService } from '../../compiler/spec/generated/load-balancer-service';

/** A load balancer and its services, as documents. */
export interface BgpFleet {
  readonly loadBalancer: BgpLoadBalancer;
  readonly services: readonly LoadBalancerService[];
}

type Spec = BgpLoadBalancer['spec'];
type Switch = Spec['switches'][number];

/** Which address families every machine has. */
type Families = readonly ('IPv4' | 'IPv6')[];

const API_VERSION = 'cdk8s-balancer.dev/v1alpha1';

const labels = fc.dictionary(fc.constantFrom('team', 'example.com/a', '7', 'on'), fc.constantFrom('', '1', 'yes', 'x'));

/** Names of nodes, some of them with dots, some that are no names to somebody else. */
const nodeNames = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,6}[a-z0-9])?(\.[a-z0-9]{1,4}){0,2}$/),
  fc.constantFrom('steer.sh', 'announcements', 'toml', '0', '007', '1e3', 'on', 'null', 'constructor', 'a-b', 'a.b'),
);

const switchNames = fc.oneof(
  fc.stringMatching(/^[a-z]([-a-z0-9]{0,6}[a-z0-9])?$/),
  fc.constantFrom('kernel', 'device', 'e1', 'on', 'constructor', 'quit'),
);

/** The addresses of one machine, by a number of its own. */
function addressesOf(families: Families, host: number): { address: string; ipv6Address?: string } {
  const [ipv4, ipv6] = [`192.168.1.${host}`, `fd00:1::${host.toString(16)}`];
  if (families.length === 2) return { address: ipv4, ipv6Address: ipv6 };
  return { address: families[0] === 'IPv4' ? ipv4 : ipv6 };
}

function byFamily(families: Families, ipv4: string, ipv6: string): string[] {
  return families.map((family) => (family === 'IPv4' ? ipv4 : ipv6));
}

const switchFields = fc.record(
  {
    dialect: fc.constantFrom<Switch['dialect'][]>('comware7', 'bird1', 'bird2', 'frr'),
    asn: fc.constantFrom(65000, 65001, 1, 64512, 65536, 4200000000, 4294967294),
    maximumPaths: fc.integer({ min: 12, max: 32 }),
    maximumPrefixes: fc.integer({ min: 2000, max: 100000 }),
    passive: fc.boolean(),
    ibgp: fc.boolean(),
    passwordSecret: fc.record({ name: nodeNames, key: fc.constantFrom('password', 'a..b', 'X_1') }),
  },
  { requiredKeys: ['dialect', 'asn', 'maximumPaths', 'maximumPrefixes', 'passive', 'ibgp'] },
);

const shapes = fc.record({
  families: fc.constantFrom<Families[]>(['IPv4'], ['IPv6'], ['IPv4', 'IPv6']),
  profile: fc.constantFrom<('hardened' | 'upstream')[]>('hardened', 'upstream'),
  cni: fc.constantFrom<Spec['cni'][]>('flannel', 'calico'),
  kubernetesVersion: fc.constantFrom('1.27', '1.28', '1.30', '1.33'),
  labels,
  hosts: fc.shuffledSubarray(
    Array.from({ length: 120 }, (_, index) => index + 2),
    { minLength: 21, maxLength: 21 },
  ),
  nodes: fc.uniqueArray(nodeNames, { minLength: 6, maxLength: 17 }),
  masters: fc.integer({ min: 1, max: 5 }),
  switchNames: fc.uniqueArray(switchNames, { minLength: 1, maxLength: 4 }),
  switches: fc.array(switchFields, { minLength: 4, maxLength: 4 }),
  restartSeconds: fc.option(fc.integer({ min: 30, max: 4095 })),
  replicas: fc.nat(5),
  pools: fc.integer({ min: 1, max: 3 }),
});
type Shape = typeof shapes extends fc.Arbitrary<infer Value> ? Value : never;

function switchOf(shape: Shape, name: string, index: number): Switch {
  const { ibgp, passwordSecret, asn, ...fields } = shape.switches[index]!;
  return {
    name,
    ...addressesOf(shape.families, shape.hosts[index]!),
    ...fields,
    asn: ibgp ? 65000 : asn,
    routerId: `10.255.0.${index + 1}`,
    ...(shape.profile === 'hardened' && passwordSecret && { passwordSecret }),
  };
}

/** Networks of the pools: /29 and /125, so that each holds eight addresses. */
function poolsOf({ pools, families }: Shape): Spec['pools'] {
  const numbers = Array.from({ length: pools }, (_, index) => index);
  return numbers.map((index) => ({
    name: `pool-${index}`,
    addresses: byFamily(families, `203.0.113.${index * 8}/29`, `2001:db8::${(index + 1).toString(16)}0/125`),
  })) as Spec['pools'];
}

function loadBalancerOf(shape: Shape): BgpLoadBalancer {
  const { families, profile, hosts, nodes, replicas } = shape;
  const masters = nodes.slice(0, shape.masters).map((name, index) => ({
    name,
    ...addressesOf(families, hosts[index + 4]!),
    routerId: `10.255.1.${index + 1}`,
  }));
  const workers = nodes.slice(shape.masters, shape.masters + 12).map((name, index) => ({
    name,
    ...addressesOf(families, hosts[index + 9]!),
  }));
  const image = { image: 'registry.example.com/x:v1' };
  return {
    apiVersion: API_VERSION,
    kind: 'BgpLoadBalancer',
    metadata: { name: 'edge', labels: shape.labels },
    spec: {
      profile,
      kubernetesVersion: shape.kubernetesVersion,
      asn: 65000,
      cni: shape.cni,
      masters: masters as unknown as Spec['masters'],
      replicas: Math.min(replicas, masters.length),
      switches: shape.switchNames.map((name, index) => switchOf(shape, name, index)) as Spec['switches'],
      gracefulRestart: { enabled: shape.restartSeconds !== null, restartSeconds: shape.restartSeconds ?? 60 },
      addPaths: { sendMax: 12 },
      workers: workers as unknown as Spec['workers'],
      networks: {
        nodes: byFamily(families, '192.168.1.0/24', 'fd00:1::/64') as [string],
        pods: byFamily(families, '10.244.0.0/16', 'fd00:244::/56') as [string],
        services: byFamily(families, '10.96.0.0/12', 'fd00:96::/112') as [string],
      },
      pools: poolsOf(shape),
      ...(profile === 'upstream' && { controller: image, daemon: image }),
    },
  };
}

const serviceShapes = fc.record({
  name: fc.stringMatching(/^[a-z]([-a-z0-9]{0,6}[a-z0-9])?$/),
  namespace: fc.constantFrom('default', 'a', 'b'),
  profile: fc.constantFrom<('hardened' | 'upstream')[]>('hardened', 'upstream'),
  labels,
  pool: fc.nat(2),
  ports: fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { minLength: 1, maxLength: 3 }),
  protocol: fc.constantFrom<('TCP' | 'UDP')[]>('TCP', 'UDP'),
  targetPort: fc.option(fc.integer({ min: 1, max: 65535 })),
  policy: fc.constantFrom<('Cluster' | 'Local')[]>('Cluster', 'Local'),
  firstNode: fc.nat(11),
});
type ServiceShape = typeof serviceShapes extends fc.Arbitrary<infer Value> ? Value : never;

function serviceOf(shape: ServiceShape, { spec }: BgpLoadBalancer, families: Families, index: number) {
  const workers = spec.workers.map(({ name }) => name);
  const nodes = workers.slice(shape.firstNode % workers.length);
  const pool = shape.pool % spec.pools.length;
  const content = {
    profile: shape.profile,
    provider: { bgpLoadBalancer: 'edge' },
    externalIPs: byFamily(families, `203.0.113.${pool * 8 + index}`, `2001:db8::${(pool + 1).toString(16)}${index}`),
    ports: shape.ports.map((port, at) => ({
      name: `port-${at}`,
      protocol: shape.protocol,
      port,
      ...(shape.targetPort !== null && { targetPort: shape.targetPort }),
    })),
    selector: { app: shape.name },
    externalTrafficPolicy: shape.policy,
    ...((shape.policy === 'Local' || shape.firstNode > 5) && { nodes }),
  };
  const metadata = { name: shape.name, namespace: shape.namespace, labels: shape.labels };
  return { apiVersion: API_VERSION, kind: 'LoadBalancerService', metadata, spec: content } as LoadBalancerService;
}

/** Load balancers without contradictions: any family, every dialect, up to four services with EIPs of their own. */
export const compilingFleets: fc.Arbitrary<BgpFleet> = fc
  .tuple(
    shapes,
    fc.uniqueArray(serviceShapes, { maxLength: 4, selector: ({ name, namespace }) => `${namespace}/${name}` }),
  )
  .map(([shape, services]) => {
    const loadBalancer = loadBalancerOf(shape);
    return {
      loadBalancer,
      services: services.map((service, index) => serviceOf(service, loadBalancer, shape.families, index)),
    };
  });

/** Values that are well-formed somewhere in a load balancer, and seldom right in another place. */
const STRANGERS: readonly unknown[] = [
  ...['192.168.1.2', '192.168.1.0', '192.168.1.255', '10.244.0.1', '203.0.113.1', '203.0.113.255', '9.9.9.9'],
  ...['fd00:1::2', 'fd00:1::', '2001:db8::11', '2001:db8:9::', '192.168.1.0/24', '0.0.0.0/1', '10.0.0.0/8'],
  ...['203.0.113.0/24', '203.0.113.0/29', '2001:db8::/118', '2000::/3', '203.0.113.7', 'edge', 'a', 'constructor'],
  ...[1, 2, 3, 8, 100, 101, 179, 254, 1790, 65000, 65001, 65535, 4294967294, true, false],
  ...['comware7', 'bird1', 'frr', 'upstream', 'hardened', 'calico', 'Local', 'Cluster', 'UDP', 'test'],
];

/** Fields that the generator leaves out. */
const EXTRAS = fc.constantFrom<Readonly<Record<string, unknown>>[]>(
  {},
  { passive: true },
  { port: 50051 },
  { addPaths: { enabled: false } },
  { timers: { keepaliveSeconds: 1, holdSeconds: 3, connectRetrySeconds: 1 } },
  { drainSeconds: 9 },
  { steering: { deployModel: 'test', acknowledgeDefaultRoute: true } },
  { steering: { rulePriority: 32000, replyRoutingTable: 4294967295 } },
  { controller: { resources: { requests: { cpu: 2 }, limits: { cpu: '1999m' } } } },
  { daemon: { image: 'x', resources: { limits: { memory: 0 } } } },
);

/** The documents of a fleet with some of their values exchanged for others. */
export const disturbedFleets: fc.Arbitrary<unknown[]> = fc
  .tuple(
    compilingFleets,
    EXTRAS,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...STRANGERS)), { maxLength: 2 }),
    fc.nat(),
  )
  .map(([{ loadBalancer, services }, extra, changes, empty]) => {
    const own = { ...loadBalancer, spec: { ...loadBalancer.spec, ...extra } };
    const documents = structuredClone([own, ...services]) as unknown[];
    for (const [place, value] of changes) exchange(documents, place, value);
    // Now and then a list is empty.
    if (empty % 16 === 0) exchange(documents, empty, []);
    return documents;
  });

/** Puts a value in place of one that has its type, whichever of them that is. */
function exchange(root: unknown, place: number, value: unknown): void {
  const holders: [holder: Record<string, unknown>, key: string][] = [];
  const visit = (holder: Record<string, unknown>): void => {
    for (const [key, entry] of Object.entries(holder)) {
      // Without these two a document is not ours.
      if (key === 'apiVersion' || key === 'kind') continue;
      if (typeof entry === 'object' && entry !== null) visit(entry as Record<string, unknown>);
      if (typeof entry === typeof value && Array.isArray(entry) === Array.isArray(value)) holders.push([holder, key]);
    }
  };
  visit(root as Record<string, unknown>);
  const [holder, key] = holders[place % holders.length] ?? [];
  if (holder !== undefined && key !== undefined) holder[key] = value;
}
