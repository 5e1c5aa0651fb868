import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BgpLoadBalancerModel, LoadBalancerServiceModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { workerSteering } from '../../../compiler/model/bgp/steering';
import { DNS, ipv4, ipv6, network, SOCKET, STEERING_CASES, service, steered, WORKER } from '../render/steering-models';

const [MYWEB] = STEERING_CASES.sample!.services as [LoadBalancerServiceModel];
const NOTHING = { rules: [], routes: [], sysctls: [] };
const REPLY_ROUTE = {
  family: 'IPv4',
  type: 'unicast',
  to: 'default',
  gateways: ['192.168.1.4'],
  table: 101,
};

function of(model: BgpLoadBalancerModel) {
  return workerSteering(model, WORKER);
}

describe('socket: a proxy listens on the node', () => {
  test('the EIP is a local address, and its answers leave through the switch', () => {
    expect(of(steered([SOCKET]))).toEqual({
      rules: [{ family: 'IPv4', priority: 1001, from: '139.198.190.118', table: 101 }],
      routes: [{ family: 'IPv4', type: 'local', to: '139.198.190.118', gateways: [], table: 255 }, REPLY_ROUTE],
      sysctls: [
        { path: 'net/ipv4/conf/all/arp_ignore', value: 1 },
        { path: 'net/ipv4/conf/all/arp_announce', value: 2 },
        { path: 'net/ipv4/conf/all/rp_filter', value: 2 },
      ],
    });
  });

  test('two services with one EIP are one local address', () => {
    const { rules, routes } = of(steered([SOCKET, { ...SOCKET, name: 'other' }]));
    expect([rules.length, routes.length]).toEqual([1, 2]);
  });

  test('IPv6 needs no sysctl for its neighbours', () => {
    const { sysctls, routes } = of(steered([service({ ...SOCKET, externalIPs: [ipv6('2001:db8:1::8')] })]));
    expect(sysctls).toEqual([]);
    expect(routes).toEqual([{ family: 'IPv6', type: 'local', to: '2001:db8:1::8', gateways: [], table: 255 }]);
  });
});

describe('dnat: kube-proxy translates', () => {
  test('what the Pods answer leaves through the switch, after what stays in the cluster', () => {
    const staying = ['192.168.1.0/24', '10.244.0.0/16', '10.96.0.0/12'].map((to) => ({
      family: 'IPv4',
      priority: 1000,
      to,
      table: 254,
    }));
    const answer = { family: 'IPv4', priority: 1001, from: '10.244.0.0/16', ipproto: 'tcp', sport: 8080, table: 101 };
    expect(of(steered([MYWEB]))).toEqual({
      rules: [...staying, answer],
      routes: [REPLY_ROUTE],
      sysctls: [{ path: 'net/ipv4/conf/all/rp_filter', value: 2 }],
    });
  });

  test('by the port of the Pod, each once, as numbers in order', () => {
    const answers = of(steered([MYWEB, DNS, { ...DNS, name: 'again' }])).rules.filter(({ sport }) => sport);
    expect(answers.map(({ ipproto, sport }) => `${ipproto} ${sport}`)).toEqual([
      'tcp 443',
      'tcp 5353',
      'tcp 8080',
      'udp 5353',
    ]);
  });

  test('each network of Pods answers', () => {
    const { networks } = STEERING_CASES.sample!;
    const pods = [network('10.244.0.0', 16), network('10.245.0.7', 32)];
    const { rules } = of(steered([MYWEB], {}, { networks: { ...networks, pods } }));
    expect(rules.flatMap(({ from }) => from ?? [])).toEqual(['10.244.0.0/16', '10.245.0.7']);
  });

  test('nothing stays in the main table for a socket: its EIP is no address of the cluster', () => {
    const rules = of(steered([SOCKET, MYWEB])).rules.map(({ priority, from, to }) => [priority, from ?? to]);
    expect(rules).toEqual([
      [1000, '192.168.1.0/24'],
      [1000, '10.244.0.0/16'],
      [1000, '10.96.0.0/12'],
      [1001, '139.198.190.118'],
      [1001, '10.244.0.0/16'],
    ]);
  });
});

describe('the numbers of the declaration', () => {
  test('priority and tables', () => {
    const { rules, routes } = of(steered([SOCKET, MYWEB], { rulePriority: 20000, replyRoutingTable: 4000 }));
    expect(new Set(rules.map(({ priority, table }) => `${priority} ${table}`))).toEqual(
      new Set(['20000 254', '20001 4000']),
    );
    expect(routes.map(({ table }) => table)).toEqual([255, 4000]);
  });

  test('the table and the switch of the original daemon are its own', () => {
    const changed = steered([SOCKET, MYWEB], { inRoutingTable: 177, switchAddress: '192.168.1.77' });
    expect(of(changed)).toEqual(of(steered([SOCKET, MYWEB])));
  });
});

describe('families', () => {
  const { rules, routes, sysctls } = of(STEERING_CASES['dual-stack']!);

  test('a rule and a route have addresses of their own family only', () => {
    for (const { family, from = '', to = '' } of rules) {
      expect(`${from}${to}`.includes(':'), `${from}${to}`).toBe(family === 'IPv6');
    }
    for (const { family, to, gateways } of routes) {
      for (const address of [...gateways, ...(to === 'default' ? [] : [to])]) {
        expect(address.includes(':'), address).toBe(family === 'IPv6');
      }
    }
    for (const family of ['IPv4', 'IPv6']) expect(rules.filter((rule) => rule.family === family)).toHaveLength(5);
  });

  test('several switches share the answers, by connection', () => {
    expect(routes.filter(({ to }) => to === 'default').map(({ gateways }) => gateways)).toEqual([
      ['192.168.1.4', '192.168.1.3'],
      ['2001:db8::4', '2001:db8::3'],
    ]);
    expect(sysctls.filter(({ path }) => path.endsWith('hash_policy')).map(({ path }) => path)).toEqual([
      'net/ipv4/fib_multipath_hash_policy',
      'net/ipv6/fib_multipath_hash_policy',
    ]);
  });

  test('a family without EIPs gets nothing, though it has switches and networks', () => {
    const model = STEERING_CASES['dual-stack']!;
    const only = of({ ...model, services: [MYWEB, SOCKET] });
    expect([...only.rules, ...only.routes].map(({ family }) => family)).not.toContain('IPv6');
    expect(only.sysctls.map(({ path }) => path).filter((path) => path.includes('ipv6'))).toEqual([]);
  });
});

describe('deployModel test: the main table leads to the switches', () => {
  test('no rule; two halves that leave the default route in its place; sockets are local as before', () => {
    const { rules, routes } = of(STEERING_CASES['default-route']!);
    expect(rules).toEqual([]);
    expect(routes.map(({ type, to, table }) => `${type} ${to} ${table}`)).toEqual([
      'local 139.198.190.118 255',
      'unicast 0.0.0.0/1 254',
      'unicast 128.0.0.0/1 254',
      'local 2001:db8:1::8 255',
      'unicast ::/1 254',
      'unicast 8000::/1 254',
    ]);
  });
});

describe('nodes', () => {
  const elsewhere = service({ workers: ['i-5mtgih8e'] });

  test('a worker that no service names gets nothing', () => {
    expect(of(steered([elsewhere]))).toEqual(NOTHING);
    expect(of(steered([]))).toEqual(NOTHING);
    expect(workerSteering(STEERING_CASES.sample!, 'no-such-node')).toEqual(NOTHING);
  });

  test('a worker gets what its own services need only', () => {
    const model = steered([{ ...SOCKET, workers: [WORKER] }, elsewhere]);
    expect(of(model)).toEqual(of(steered([SOCKET])));
    expect(workerSteering(model, 'i-5mtgih8e')).toEqual(of(steered([MYWEB])));
  });
});

test('the profile decides who steers, not how', () => {
  for (const model of Object.values(STEERING_CASES)) expect(of({ ...model, profile: 'upstream' })).toEqual(of(model));
});

describe('properties', () => {
  const ports = fc.array(
    fc.record({
      name: fc.constant('p'),
      protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
      port: fc.integer({ min: 1, max: 65535 }),
      targetPort: fc.integer({ min: 1, max: 65535 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const eip = fc.integer({ min: 112, max: 119 }).map((last) => ipv4(`139.198.190.${last}`));
  const eip6 = fc.integer({ min: 1, max: 9 }).map((last) => ipv6(`2001:db8:1::${last}`));
  const services = fc.array(
    fc
      .record({
        steering: fc.constantFrom('socket' as const, 'dnat' as const),
        externalIPs: fc.array(fc.oneof(eip, eip6), { minLength: 1, maxLength: 3 }),
        ports,
        workers: fc.subarray([WORKER, 'i-9u2mlxrn', 'i-5mtgih8e']),
      })
      .map(service),
    { maxLength: 5 },
  );
  const dual = STEERING_CASES['dual-stack']!;

  test('the order of services, of their EIPs and of their ports does not matter', () => {
    const shuffled = services.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const turned = other.map((each) => ({
          ...each,
          externalIPs: [...each.externalIPs].reverse(),
          ports: [...each.ports].reverse(),
        }));
        expect(of({ ...dual, services: turned })).toEqual(of({ ...dual, services: one }));
      }),
    );
  });

  test('each rule, route and sysctl is there once, and every rule finds a route in its table', () => {
    fc.assert(
      fc.property(services, (some) => {
        const { rules, routes, sysctls } = of({ ...dual, services: some });
        const lines = [...rules, ...routes, ...sysctls].map((line) => JSON.stringify(line));
        expect(new Set(lines).size).toBe(lines.length);
        for (const { family, table } of rules.filter((rule) => rule.table !== 254)) {
          expect(routes.some((route) => route.family === family && route.table === table)).toBe(true);
        }
      }),
    );
  });
});
