import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type WantedRoutes, wantedRoutes } from '../../../compiler/analysis/routes';
import type { BgpLoadBalancerModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { containsAddress } from '../../../compiler/model/values/ip-network';
import { sampleBgpModel } from '../../sample-bgp-model';
import {
  type ClusterObject,
  endpoint,
  MASTER,
  modelWith,
  node,
  service,
  slice,
  stateOf,
  W7,
  W11,
  W14,
} from './routes/cluster-objects';

const NAMES = [W14, W11, W7, MASTER, 'stranger'] as const;
const ADDRESSES = ['192.168.1.14', '192.168.1.11', '192.168.1.7', '192.168.1.5', '192.168.1.99'] as const;
const SERVICES = ['myweb', 'dns', 'shop'] as const;

const policy = fc.constantFrom('Cluster', 'Local');

const nodes = fc
  .tuple(
    ...NAMES.map(() =>
      fc.record({ kind: fc.constantFrom('good', 'good', 'good', 'waiting', 'excluded', 'moved', 'gone') }),
    ),
  )
  .map((kinds) =>
    kinds.flatMap(({ kind }, index) => {
      const labels: Record<string, string> =
        kind === 'excluded' ? { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } : {};
      const address = ADDRESSES[kind === 'moved' ? 4 : index]!;
      return kind === 'gone'
        ? []
        : [node(NAMES[index], address, { labels, ready: kind === 'waiting' ? 'False' : 'True' })];
    }),
  );

const aService = (name: string): fc.Arbitrary<ClusterObject[]> =>
  fc
    .record({
      externalTrafficPolicy: policy,
      type: fc.constantFrom('LoadBalancer', 'LoadBalancer', 'LoadBalancer', 'NodePort'),
      externalIPs: fc.array(fc.constantFrom('139.198.190.113', '139.198.190.117', '8.8.8.8', '139.198.190.0117'), {
        maxLength: 3,
      }),
      ports: fc.constantFrom([{ port: 80 }], [{ port: 80 }, { name: 'b', port: 81 }], [{ port: 82, protocol: 'SCTP' }]),
    })
    .map((spec) => [service(name, spec)]);

const aSlice = (name: string, suffix: string): fc.Arbitrary<ClusterObject[]> =>
  fc.array(fc.tuple(fc.constantFrom(...NAMES, undefined), fc.boolean()), { maxLength: 5 }).map((items) => [
    slice(
      name,
      items.map(([on, ready]) => endpoint(on, { ready })),
      'IPv4',
      name + suffix,
    ),
  ]);

const objects = fc
  .tuple(nodes, ...SERVICES.flatMap((name) => [aService(name), aSlice(name, '-a'), aSlice(name, '-b')]))
  .map((parts) => parts.flat());

const models = fc.oneof(
  fc.constant(sampleBgpModel()),
  fc
    .record({ steering: fc.constantFrom('socket' as const, 'dnat' as const), workers: fc.subarray([W14!, W11!, W7!]) })
    .map((changes) => modelWith([changes, { ...changes, name: 'dns', workers: [W7!] }])),
);

interface ServiceObject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly externalIPs: readonly string[]; readonly externalTrafficPolicy: string };
}

function check(model: BgpLoadBalancerModel, cluster: readonly ClusterObject[], routes: WantedRoutes): void {
  const state = stateOf(cluster);
  const networks = model.pools.flatMap((pool) => pool.networks);
  const paths = routes.rib.flatMap((entry) => entry.paths);
  expect(new Set(paths.map(({ prefix, pathIdentifier }) => `${prefix} ${pathIdentifier}`)).size).toBe(paths.length);
  for (const { prefix, nextHop, node: name, pathIdentifier } of paths) {
    const worker = model.workers.find((each) => each.name === name);
    expect(worker?.pathIdentifier).toBe(pathIdentifier);
    expect(worker?.addresses).toContainEqual({ family: 'IPv4', address: nextHop });
    expect(state.nodes.find((each) => each.name === name)).toMatchObject({
      ready: true,
      excluded: false,
      internalIPs: [nextHop],
    });
    const eip = { family: 'IPv4', address: prefix.replace('/32', '') } as const;
    expect(networks.some((network) => containsAddress(network, eip))).toBe(true);
    const users = cluster as readonly unknown[] as readonly ServiceObject[];
    expect(users.some(({ spec }) => spec?.externalIPs?.includes(eip.address))).toBe(true);
  }
}

test('every next hop is an address of a ready declared worker, every prefix lies in a pool, no path stands twice', () => {
  fc.assert(
    fc.property(models, objects, (model, cluster) => check(model, cluster, wantedRoutes(model, stateOf(cluster)))),
    { numRuns: 500 },
  );
});

test('the order of the objects means nothing', () => {
  const shuffled = objects.chain((cluster) =>
    fc.tuple(fc.constant(cluster), fc.shuffledSubarray(cluster, { minLength: cluster.length })),
  );
  fc.assert(
    fc.property(models, shuffled, (model, [one, other]) => {
      expect(wantedRoutes(model, stateOf(other))).toEqual(wantedRoutes(model, stateOf(one)));
    }),
  );
});

test('with Local, a node without a ready endpoint is no next hop', () => {
  const local = objects.map((cluster) =>
    cluster.map((object) =>
      object.kind === 'Service'
        ? { ...object, spec: { ...(object.spec as object), externalTrafficPolicy: 'Local' } }
        : object,
    ),
  );
  fc.assert(
    fc.property(models, local, (model, cluster) => {
      const state = stateOf(cluster);
      const holders = state.endpointSlices.flatMap(({ endpoints }) =>
        endpoints.filter(({ ready }) => ready).map((each) => each.node),
      );
      for (const { paths } of wantedRoutes(model, state).rib)
        for (const path of paths) expect(holders).toContain(path.node);
    }),
  );
});
