/** The real gobgp prints the RIB; ours is printed as it prints it. */
import { expect, test } from 'vitest';
import { type WantedRoutes, wantedRoutes } from '../../../compiler/analysis/routes';
import { routesTable } from '../../../compiler/analysis/routes-table';
import { runInSandbox } from '../../../judge/sandbox';
import { describeReal } from '../../real/programs';
import { endpoint, modelWith, node, service, slice, stateOf, W7, W11, W14 } from './routes/cluster-objects';

const CONFIGURATION = '[global.config]\n  as = 65000\n  router-id = "192.168.1.5"\n  port = -1\n';

/** Of equal paths gobgp shows the oldest first, in whole seconds. */
function commandsFor({ rib }: WantedRoutes): string[] {
  const adding = (index: number): string[] =>
    rib.map(({ family, paths }) => {
      const { prefix, nextHop, pathIdentifier } = paths[index]!;
      const path = `${prefix} nexthop ${nextHop} identifier ${pathIdentifier} origin incomplete`;
      return `gobgp global rib add -a ${family.toLowerCase()} ${path}`;
    });
  return [...adding(0), 'sleep 1.1', ...adding(1)];
}

function gobgpShows(commands: readonly string[]): string {
  const script = [
    'ip link set lo up',
    'gobgpd -t toml -f /run/gobgpd.toml > /run/log 2>&1 &',
    'for i in 1 2 3 4 5 6 7 8 9 10; do gobgp global > /dev/null 2>&1 && break; sleep 0.3; done',
    ...commands,
    'gobgp global rib -a ipv4; echo; gobgp global rib -a ipv6',
  ].join('\n');
  const { status, stdout, stderr } = runInSandbox(['sh', '-c', script], {
    files: { '/run/gobgpd.toml': CONFIGURATION },
    timeoutMilliseconds: 30_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.replace(/\d\d:\d\d:\d\d/g, '00:00:00');
}

const POOLS = [
  { name: 'v4', networks: [{ family: 'IPv4', address: '0.0.0.0', prefixLength: 0, cidr: '0.0.0.0/0' }] },
  { name: 'v6', networks: [{ family: 'IPv6', address: '2001:db8::', prefixLength: 32, cidr: '2001:db8::/32' }] },
] as const;
const WORKERS = [
  { name: W14!, pathIdentifier: 3232235790, v4: '192.168.1.14', v6: 'fd00::14' },
  { name: W11!, pathIdentifier: 3232235787, v4: '192.168.111.111', v6: 'fd00:1111:2222:3333:4444:5555:6666:7777' },
  { name: W7!, pathIdentifier: 3232235783, v4: '192.168.1.7', v6: 'fd00::7' },
];

describeReal('gobgp prints the same table', ['gobgpd', 'gobgp', 'unshare'], () => {
  const model = modelWith([], {
    pools: POOLS,
    workers: WORKERS.map(({ name, pathIdentifier, v4, v6 }) => ({
      name,
      pathIdentifier,
      addresses: [
        { family: 'IPv4', address: v4 },
        { family: 'IPv6', address: v6 },
      ],
    })),
  });
  const pods = [W14, W11].map((name) => endpoint(name));
  const eips = ['139.198.190.117', '20.1.1.1', '139.198.190.9', '2001:db8::10', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:9'];
  const routes = wantedRoutes(
    model,
    stateOf([
      ...WORKERS.map(({ name, v4, v6 }) => node(name, [v4, v6])),
      service('myweb', { externalIPs: eips }),
      slice('myweb', pods),
      slice('myweb', pods, 'IPv6', 'v6'),
    ]),
  );

  test('two families, wide columns', () => {
    expect(routes.rib.map(({ paths }) => paths.length)).toEqual([2, 2, 2, 2, 2]);
    expect(routesTable(routes).table).toBe(gobgpShows(commandsFor(routes)));
  });

  test('and another one where a path is missing', () => {
    expect(routesTable(routes).table).not.toBe(gobgpShows(commandsFor(routes).slice(1)));
  });

  test('an empty table', () => {
    expect(gobgpShows([])).toBe('Network not in table\n\nNetwork not in table\n');
  });
});
