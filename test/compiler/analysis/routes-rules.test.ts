/** Each rule about what is announced, with what is said where something is left out. */
import { describe, expect, test } from 'vitest';
import { wantedRoutes } from '../../../compiler/analysis/routes';
import type { BgpLoadBalancerModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { sampleBgpModel } from '../../sample-bgp-model';
import {
  type ClusterObject,
  endpoint,
  MASTER,
  modelWith,
  NODES,
  node,
  notesOf,
  service,
  slice,
  stateOf,
  summary,
  W7,
  W11,
  W14,
} from './routes/cluster-objects';

const EIP = '139.198.190.117/32';

const LOCAL = { externalTrafficPolicy: 'Local' };
const EXCLUDED = { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': 'false' } };
const [N14, N11, N7] = NODES as [ClusterObject, ClusterObject, ClusterObject];
const ONLY_ELSEWHERE = 'has ready IPv4 endpoints only on nodes that cannot announce';
const FORWARDED = `Service default/myweb: ${ONLY_ELSEWHERE}: every ready worker announces and forwards`;
const NOT_FORWARDED = `Service default/myweb: ${ONLY_ELSEWHERE}, and no other node may forward: not announced`;
const ON_MASTER = `Service default/myweb: has a ready endpoint on node ${MASTER}, which is a master: no path through it`;

interface Rule {
  readonly name: string;
  readonly nodes?: readonly ClusterObject[];
  readonly services?: readonly ClusterObject[];
  readonly slices?: readonly ClusterObject[];
  readonly model?: BgpLoadBalancerModel;
  readonly rib: readonly string[];
  readonly notes?: readonly string[];
}

const on = (...nodes: readonly (string | undefined)[]): ClusterObject[] => [
  slice(
    'myweb',
    nodes.map((name) => endpoint(name)),
  ),
];

const ENDPOINT_RULES: readonly Rule[] = [
  { name: 'one path per node, however many Pods', slices: on(W11, W11, W14, W11), rib: [`${EIP} ${W14} ${W11}`] },
  {
    name: 'the slices of a Service count together',
    slices: [slice('myweb', [endpoint(W7)], 'IPv4', 'a'), slice('myweb', [endpoint(W14)], 'IPv4', 'b')],
    rib: [`${EIP} ${W14} ${W7}`],
  },
  {
    name: 'only ready endpoints; an unknown state counts as ready',
    slices: [
      slice('myweb', [
        endpoint(W14, { ready: false }),
        endpoint(W11, { ready: false, serving: true, terminating: true }),
        endpoint(W7, {}),
      ]),
    ],
    rib: [`${EIP} ${W7}`],
    notes: [
      `Service default/myweb: the endpoint 10.244.0.9 on node ${W11} is terminating`,
      `Service default/myweb: the endpoint 10.244.0.9 on node ${W14} is not ready`,
    ],
  },
  {
    name: 'no endpoint',
    slices: [],
    rib: [],
    notes: ['Service default/myweb: has no ready IPv4 endpoint: not announced over IPv4'],
  },
  {
    name: "another Service's endpoints, and slices of names, do not count",
    slices: [slice('other', [endpoint(W7)]), slice('myweb', [endpoint(W7)], 'FQDN')],
    rib: [],
    notes: ['Service default/myweb: has no ready IPv4 endpoint: not announced over IPv4'],
  },
  {
    name: 'Local: the nodes with an endpoint',
    services: [service('myweb', LOCAL)],
    slices: on(W7),
    rib: [`${EIP} ${W7}`],
  },
  {
    name: 'Cluster, endpoints on a master only: every ready worker forwards',
    nodes: [N14, node(W11, '192.168.1.11', { ready: 'Unknown' }), N7],
    slices: on(MASTER),
    rib: [`${EIP} ${W14} ${W7}`],
    notes: [`Node ${W11}: is not ready: it announces nothing`, ON_MASTER, FORWARDED],
  },
  {
    name: 'Local, endpoints on a master only: nobody may forward',
    services: [service('myweb', LOCAL)],
    slices: on(MASTER),
    rib: [],
    notes: [ON_MASTER, NOT_FORWARDED],
  },
  {
    name: 'a socket on the node does not forward',
    model: modelWith([{ steering: 'socket' }]),
    slices: on(MASTER),
    rib: [],
    notes: [ON_MASTER, NOT_FORWARDED],
  },
  {
    name: 'an endpoint on a worker: the master is left out',
    slices: on(MASTER, W7),
    rib: [`${EIP} ${W7}`],
    notes: [ON_MASTER],
  },
  {
    name: 'an endpoint without a node is somewhere else',
    slices: on(undefined),
    rib: [`${EIP} ${W14} ${W11} ${W7}`],
    notes: ['Service default/myweb: has a ready endpoint without a node', FORWARDED],
  },
  {
    name: 'an endpoint on a node that nobody declared',
    slices: on('stranger', W7),
    rib: [`${EIP} ${W7}`],
    notes: [
      'Service default/myweb: has a ready endpoint on node stranger, which is not declared as a worker: no path through it',
    ],
  },
  {
    name: 'the workers of a declared Service limit its nodes',
    model: modelWith([{ workers: [W14!, W11!] }]),
    slices: on(W11, W7),
    rib: [`${EIP} ${W11}`],
    notes: [
      `Service default/myweb: has a ready endpoint on node ${W7}, which is not among its workers: no path through it`,
    ],
  },
];

const NODE_RULES: readonly Rule[] = [
  {
    name: 'a node that is not ready',
    nodes: [N14, node(W11, '192.168.1.11', { ready: 'False' }), N7],
    rib: [`${EIP} ${W14}`],
    notes: [`Node ${W11}: is not ready: it announces nothing`],
  },
  {
    name: 'a node that a label excludes, whatever its value',
    nodes: [node(W14, '192.168.1.14', EXCLUDED), N11, N7],
    rib: [`${EIP} ${W11}`],
    notes: [`Node ${W14}: has the label node.kubernetes.io/exclude-from-external-load-balancers: it announces nothing`],
  },
  {
    name: 'only excluded nodes hold endpoints: the others forward',
    nodes: [node(W14, '192.168.1.14', EXCLUDED), N11, N7],
    slices: on(W14),
    rib: [`${EIP} ${W11} ${W7}`],
    notes: [
      `Node ${W14}: has the label node.kubernetes.io/exclude-from-external-load-balancers: it announces nothing`,
      FORWARDED,
    ],
  },
  {
    name: 'declaration and state disagree about the address',
    nodes: [node(W14, '192.168.1.15'), N11, node(W7, [])],
    rib: [`${EIP} ${W11}`],
    notes: [
      `Node ${W14}: is declared with 192.168.1.14, but the state shows 192.168.1.15: it announces no IPv4 EIP`,
      `Node ${W7}: is declared with 192.168.1.7, but the state shows no IPv4 InternalIP: it announces no IPv4 EIP`,
    ],
  },
  {
    name: 'a worker that the state does not know',
    nodes: [N14, N7],
    rib: [`${EIP} ${W14}`],
    notes: [`Node ${W11}: is declared as a worker, but is not in the state: it announces nothing`],
  },
  {
    name: 'no node at all',
    nodes: [],
    rib: [],
    notes: [
      ...[W14, W11, W7].map(
        (name) => `Node ${name}: is declared as a worker, but is not in the state: it announces nothing`,
      ),
      'Service default/myweb: has no node that can announce it over IPv4',
    ],
  },
];

const SERVICE_RULES: readonly Rule[] = [
  {
    name: 'another type than LoadBalancer',
    services: [service('myweb', { type: 'NodePort' })],
    rib: [],
    notes: ['Service default/myweb: has externalIPs, but is of type NodePort: only type LoadBalancer is announced'],
  },
  {
    name: 'no externalIPs',
    services: [service('myweb'), service('plain', { externalIPs: [] })],
    rib: [`${EIP} ${W14} ${W11}`],
    notes: ['Service default/plain: is of type LoadBalancer, but has no externalIPs'],
  },
  {
    name: 'EIPs outside of the pools, and in forms that mean several addresses',
    services: [service('myweb', { externalIPs: ['139.198.190.117', '8.8.8.8', '139.198.190.0117', '127.0.0.1'] })],
    rib: [`${EIP} ${W14} ${W11}`],
    notes: [
      'Service default/myweb: the EIP 8.8.8.8 is in no pool of BgpLoadBalancer edge',
      'Service default/myweb: the EIP 139.198.190.0117 is not an IP address',
      'Service default/myweb: the EIP 127.0.0.1 is a loopback address: the proxy itself',
    ],
  },
  {
    name: 'a declared Service that is not there; one that has another EIP',
    model: modelWith([{}, { name: 'gone', ports: [] }]),
    services: [service('myweb', { externalIPs: ['139.198.190.118'] })],
    rib: [`139.198.190.118/32 ${W14} ${W11}`],
    notes: [
      'Service default/myweb: is declared with the EIP 139.198.190.117, which it does not have in the state',
      'Service default/gone: is declared, but is not in the state',
    ],
  },
  {
    name: 'an EIP and port that a declared Service has, even where that is not there',
    services: [service('thief', {}, '2001-01-01T00:00:00Z')],
    slices: [slice('thief', [endpoint(W7)])],
    rib: [],
    notes: [
      'Service default/myweb: is declared, but is not in the state',
      'Service default/thief: the EIP 139.198.190.117 is claimed by Service default/myweb with the same port: 139.198.190.117 TCP 8080',
    ],
  },
  {
    name: 'an EIP and port that two undeclared Services have: the older one',
    model: modelWith([]),
    services: [service('a', {}, '2020-01-01T00:00:00Z'), service('b', {}, '2019-01-01T00:00:00Z')],
    slices: [slice('a', [endpoint(W7)]), slice('b', [endpoint(W11)])],
    rib: [`${EIP} ${W11}`],
    notes: [
      'Service default/a: the EIP 139.198.190.117 is claimed by Service default/b with the same port: 139.198.190.117 TCP 8080',
    ],
  },
  {
    name: 'one EIP, two ports: the nodes of both',
    services: [service('myweb'), service('dns', { ports: [{ port: 8080, protocol: 'UDP' }] })],
    slices: [slice('myweb', [endpoint(W14)]), slice('dns', [endpoint(W7)])],
    rib: [`${EIP} ${W14} ${W7}`],
  },
  {
    name: 'one EIP, two ports, one Local: only nodes that take both',
    services: [service('myweb'), service('dns', { ports: [{ port: 53 }], ...LOCAL })],
    slices: [slice('myweb', [endpoint(W14)]), slice('dns', [endpoint(W7)])],
    rib: [`${EIP} ${W7}`],
  },
  {
    name: 'one EIP, two ports, both Local, no node in common: the declared one',
    services: [service('dns', { ports: [{ port: 53 }], ...LOCAL }), service('myweb', LOCAL)],
    slices: [slice('myweb', [endpoint(W14)]), slice('dns', [endpoint(W7)])],
    rib: [`${EIP} ${W14}`],
    notes: [
      'Service default/dns: shares the EIP 139.198.190.117 with Services on other nodes, which drop its packets: give it an EIP of its own',
    ],
  },
  {
    name: 'prefixes by number, not by text',
    model: modelWith([], {
      pools: [{ name: 'all', networks: [{ family: 'IPv4', address: '0.0.0.0', prefixLength: 0, cidr: '0.0.0.0/0' }] }],
    }),
    services: [service('myweb', { externalIPs: ['139.198.190.117', '20.1.1.1', '139.198.190.9', '20.1.1.1'] })],
    rib: [`20.1.1.1/32 ${W14} ${W11}`, `139.198.190.9/32 ${W14} ${W11}`, `${EIP} ${W14} ${W11}`],
  },
];

describe.each([
  { title: 'endpoints', rules: ENDPOINT_RULES },
  { title: 'nodes', rules: NODE_RULES },
  { title: 'services', rules: SERVICE_RULES },
])('$title', ({ rules }) => {
  test.each(rules)(
    '$name',
    ({
      nodes = NODES,
      services = [service('myweb')],
      slices = on(W14, W11),
      model = sampleBgpModel(),
      rib,
      notes = [],
    }) => {
      const routes = wantedRoutes(model, stateOf([...nodes, ...services, ...slices]));
      expect({ rib: summary(routes), notes: notesOf(routes) }).toEqual({ rib, notes });
    },
  );
});
