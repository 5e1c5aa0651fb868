import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readClusterState } from '../../../compiler/analysis/cluster-state';
import { type WantedRoutes, wantedRoutes } from '../../../compiler/analysis/routes';
import { routesTable } from '../../../compiler/analysis/routes-table';
import { announcementsOf, type BgpLoadBalancerModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { workerSteering } from '../../../compiler/model/bgp/steering';
import { sampleBgpModel } from '../../sample-bgp-model';
import {
  type ClusterObject,
  endpoint,
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

const SAMPLE = sampleBgpModel();
const EIP = '139.198.190.117/32';

/** A document's columns are set with ideographic spaces. */
const cells = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .replace(/\d\d:\d\d:\d\d/, '')
        .trim()
        .split(/[\s\u3000]+/),
    );

const fixture = (name: string): string => readFileSync(join(__dirname, 'routes', name), 'utf8');

function wanted(objects: readonly ClusterObject[], model: BgpLoadBalancerModel = SAMPLE): WantedRoutes {
  return wantedRoutes(model, stateOf(objects));
}

describe("002's own printout", () => {
  const { state, problems } = readClusterState([{ file: 'state.yaml', text: fixture('state-002.yaml') }]);
  const routes = wantedRoutes(SAMPLE, state);

  test('the table is the one of the document, line by line, without its age', () => {
    expect(problems).toEqual([]);
    const { table, notes } = routesTable(routes);
    expect(cells(table)).toEqual(cells(fixture('printout-002.txt')));
    expect(notes).toBe('');
    expect(table).toBe(
      [
        '   Network              Next Hop             AS_PATH              Age        Attrs\n',
        '*> 139.198.190.117/32   192.168.1.14                              00:00:00   [{Origin: ?}]\n',
        '*  139.198.190.117/32   192.168.1.11                              00:00:00   [{Origin: ?}]\n',
      ].join(''),
    );
  });

  test('as data: two paths, and the rules of every worker', () => {
    const path = { prefix: EIP, origin: 'incomplete' };
    const served = { prefixes: [EIP], services: ['default/myweb'] };
    expect(routes).toEqual({
      loadBalancer: 'kube-system/edge',
      rib: [
        {
          family: 'IPv4',
          prefix: EIP,
          paths: [
            { ...path, nextHop: '192.168.1.14', node: W14, pathIdentifier: 3232235790 },
            { ...path, nextHop: '192.168.1.11', node: W11, pathIdentifier: 3232235787 },
          ],
        },
      ],
      nodes: [
        { name: W14, ...served, steering: workerSteering(SAMPLE, W14!) },
        { name: W11, ...served, steering: workerSteering(SAMPLE, W11!) },
        { name: W7, prefixes: [], services: [], steering: workerSteering(SAMPLE, W7!) },
      ],
      notes: [],
    });
    expect(JSON.parse(JSON.stringify(routes))).toEqual(routes);
  });

  test('with a Pod on every worker it is what the speakers announce from the declaration', () => {
    const pods = [W14, W11, W7].map((name) => endpoint(name));
    const paths = wanted([...NODES, service('myweb'), slice('myweb', pods)]).rib.flatMap((entry) => entry.paths);
    expect(paths.map(({ prefix, nextHop, pathIdentifier }) => ({ prefix, nextHop, pathIdentifier }))).toEqual(
      announcementsOf(SAMPLE).map(({ prefix, nextHop, pathIdentifier }) => ({ prefix, nextHop, pathIdentifier })),
    );
  });
});

describe('the part of each node', () => {
  const services = ({ nodes }: WantedRoutes) => nodes.map(({ name, services }) => [name, ...services].join(' '));

  test('Services that share an EIP: the one that may be forwarded is served by every next hop, the other by its own', () => {
    const dns = { ports: [{ port: 53 }] };
    const slices = [slice('myweb', [endpoint(W14)]), slice('dns', [endpoint(W7)])];
    expect(services(wanted([...NODES, service('myweb'), service('dns', dns), ...slices]))).toEqual([
      `${W14} default/dns default/myweb`,
      W11,
      `${W7} default/dns default/myweb`,
    ]);
    const local = service('dns', { ...dns, externalTrafficPolicy: 'Local' });
    expect(services(wanted([...NODES, service('myweb'), local, ...slices]))).toEqual([
      W14,
      W11,
      `${W7} default/dns default/myweb`,
    ]);
  });

  test('the rules are those of the declaration, a proxy on the node included', () => {
    const model = modelWith([{ steering: 'socket' }]);
    const { nodes } = wanted([...NODES, service('myweb'), slice('myweb', [endpoint(W14)])], model);
    expect(nodes.map(({ steering }) => steering)).toEqual([W14, W11, W7].map((name) => workerSteering(model, name!)));
    expect(workerSteering(model, W14!)).not.toEqual(workerSteering(SAMPLE, W14!));
  });

  test('a Service that only the cluster knows has the rules of kube-proxy', () => {
    const { nodes } = wanted([...NODES, service('shop'), slice('shop', [endpoint(W14)])], modelWith([]));
    expect(nodes.map(({ steering }) => steering)).toEqual([W14, W11, W7].map((name) => workerSteering(SAMPLE, name!)));
  });
});

describe('two address families', () => {
  const networks = [
    { family: 'IPv4', address: '139.198.190.112', prefixLength: 29, cidr: '139.198.190.112/29' },
    { family: 'IPv6', address: '2001:db8::', prefixLength: 64, cidr: '2001:db8::/64' },
  ] as const;
  const workers = SAMPLE.workers.map((worker, index) =>
    index === 2
      ? worker
      : { ...worker, addresses: [...worker.addresses, { family: 'IPv6', address: `fd00::1${index}` } as const] },
  );
  const model = modelWith([], { pools: [{ name: 'both', networks }], workers });
  const nodes = [node(W14, ['192.168.1.14', 'fd00::10']), node(W11, ['192.168.1.11', 'fd00::11']), NODES[2]!];
  const web = service('myweb', { externalIPs: ['2001:db8::9', '139.198.190.117'] });

  test('each EIP by the endpoints and the node addresses of its family', () => {
    const slices = [
      slice('myweb', [endpoint(W7), endpoint(W11)]),
      slice('myweb', [endpoint(W14), endpoint(W11)], 'IPv6', 'v6'),
    ];
    const routes = wanted([...nodes, web, ...slices], model);
    expect(notesOf(routes)).toEqual([`Node ${W7}: is declared without an IPv6 address: it announces no IPv6 EIP`]);
    expect(routesTable(routes).table).toBe(
      [
        '   Network              Next Hop             AS_PATH              Age        Attrs\n',
        '*> 139.198.190.117/32   192.168.1.11                              00:00:00   [{Origin: ?}]\n',
        '*  139.198.190.117/32   192.168.1.7                               00:00:00   [{Origin: ?}]\n',
        '\n',
        '   Network              Next Hop             AS_PATH              Age        Attrs\n',
        '*> 2001:db8::9/128      fd00::10                                  00:00:00   [{Origin: ?}]\n',
        '*  2001:db8::9/128      fd00::11                                  00:00:00   [{Origin: ?}]\n',
      ].join(''),
    );
  });

  test('a Service with endpoints of one family only', () => {
    const routes = wanted([...nodes, web, slice('myweb', [endpoint(W14)])], model);
    expect(summary(routes)).toEqual([`${EIP} ${W14}`]);
    expect(notesOf(routes)).toContain('Service default/myweb: has no ready IPv6 endpoint: not announced over IPv6');
  });
});

test('nothing to announce: what gobgp says of an empty table', () => {
  expect(routesTable(wanted([]))).toEqual({
    table: 'Network not in table\n',
    notes: [
      'note: Service default/myweb: is declared, but is not in the state\n',
      ...[W14, W11, W7].map(
        (name) => `note: Node ${name}: is declared as a worker, but is not in the state: it announces nothing\n`,
      ),
    ].join(''),
  });
});
