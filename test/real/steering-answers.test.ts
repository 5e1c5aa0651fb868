/** Packets to an EIP in both families: taken and answered with the rules, for every way kube-proxy may go; not without. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BgpLoadBalancerModel } from '../../compiler/model/bgp/bgp-load-balancer';
import { steeringFiles } from '../../compiler/render/steering';
import { runInSandbox } from '../../judge/sandbox';
import { ipv4, ipv6, network, SOCKET, service, steered, WORKER } from '../compiler/render/steering-models';
import { describeReal } from './programs';

const FOLDER = '/run/lab';

/** A socket and a Pod behind EIPs of one family: the lab has no addresses of the other. */
function modelOf({ socket, dnat, addresses }: typeof IPV4): BgpLoadBalancerModel {
  const address = (text: string) => (text.includes(':') ? ipv6(text) : ipv4(text));
  return steered(
    [service({ externalIPs: [address(dnat.host)] }), service({ ...SOCKET, externalIPs: [address(socket.host)] })],
    { gateways: [address(addresses.switch)] },
    {
      networks: {
        nodes: [network('192.168.1.0', 24), network('fd00:1::', 64)],
        pods: [network('10.244.0.0', 16), network('fd00:244::', 56)],
        services: [network('10.96.0.0', 12), network('fd00:96::', 112)],
      },
    },
  );
}

const IPV4 = {
  family: '-4',
  nft: 'ip',
  length: 24,
  socket: { host: '139.198.190.118', port: 80 },
  dnat: { host: '139.198.190.117', port: 80 },
  client: '10.9.0.2',
  addresses: {
    client: '10.9.0.2',
    outside: '10.9.0.1',
    switch: '192.168.1.4',
    router: '192.168.1.1',
    worker: '192.168.1.14',
    other: '192.168.1.11',
    pod: '10.244.1.2',
    podGateway: '10.244.1.1',
    far: '10.244.2.2',
    farGateway: '10.244.2.1',
  },
  podNetwork: '10.244.1.0/24',
  farNetwork: '10.244.2.0/24',
};
const IPV6 = {
  family: '-6',
  nft: 'ip6',
  length: 64,
  socket: { host: '2001:db8:1::8', port: 80 },
  dnat: { host: '2001:db8:1::7', port: 80 },
  client: '2001:db8:9::2',
  addresses: {
    client: '2001:db8:9::2',
    outside: '2001:db8:9::1',
    switch: 'fd00:1::4',
    router: 'fd00:1::1',
    worker: 'fd00:1::14',
    other: 'fd00:1::11',
    pod: 'fd00:244:0:1::2',
    podGateway: 'fd00:244:0:1::1',
    far: 'fd00:244:0:2::2',
    farGateway: 'fd00:244:0:2::1',
  },
  podNetwork: 'fd00:244:0:1::/64',
  farNetwork: 'fd00:244:0:2::/64',
};

interface Seen {
  readonly without: Readonly<Record<string, string>>;
  readonly withRules: Readonly<Record<string, string>>;
  readonly again: string;
  readonly neighbours: { readonly reached: string; readonly learnt: boolean };
  readonly neighboursWithoutSysctl: { readonly reached: string; readonly learnt: boolean };
}

function runLab(net: typeof IPV4): Seen {
  const { pod, far } = net.addresses;
  const job = {
    ...net,
    folder: FOLDER,
    worker: WORKER,
    protocol: 'tcp',
    podPort: 8080,
    translations: [
      ['pod', pod, false],
      ['masqueraded', pod, true],
      ['farMasqueraded', far, true],
    ],
  };
  const rendered = steeringFiles(modelOf(net));
  const lab = ['steering-answers-lab.cjs', 'bgp-lab-clients.cjs', 'bgp-lab-tools.cjs'];
  const files = {
    ...Object.fromEntries(lab.map((name) => [`${FOLDER}/${name}`, readFileSync(join(__dirname, name), 'utf8')])),
    [`${FOLDER}/rules/rules.${WORKER}`]: rendered[`rules.${WORKER}`]!,
    [`${FOLDER}/steer.sh`]: rendered['steer.sh']!,
    [`${FOLDER}/job.json`]: JSON.stringify(job),
  };
  const command = [process.execPath, `${FOLDER}/${lab[0]}`, `${FOLDER}/job.json`];
  const { status, stdout, stderr } = runInSandbox(command, { files, timeoutMilliseconds: 55_000 });
  if (status !== 0) throw new Error(`the lab ended with ${status}\n${stdout}${stderr}`);
  return JSON.parse(stdout);
}

const SILENCE = 'no answer in time';
const ALL_SILENT = { socket: SILENCE, pod: SILENCE, masqueraded: SILENCE, farMasqueraded: SILENCE };

describeReal('answers from an EIP', ['ip', 'unshare', 'nft'], () => {
  it.each([
    ['IPv4', IPV4, '::ffff:10.9.0.2', '10.244.1.1', '192.168.1.14', true],
    ['IPv6', IPV6, '2001:db8:9::2', 'fd00:244:0:1::1', 'fd00:1::14', false],
  ] as const)('%s', { timeout: 60_000 }, (_, net, onSocket, onPod, onFar, learntWithoutSysctl) => {
    const seen = runLab(net);
    expect(seen.without).toEqual(ALL_SILENT);
    expect(seen.withRules).toEqual({
      socket: `node ${onSocket}`,
      pod: `pod ${net.client}`,
      masqueraded: `pod ${onPod}`,
      farMasqueraded: `far ${onFar}`,
    });
    expect(seen.again).toBe('');
    const reached = `node ${onSocket}`;
    expect(seen.neighbours).toEqual({ reached, learnt: false });
    expect(seen.neighboursWithoutSysctl).toEqual({ reached, learnt: learntWithoutSysctl });
  });
});
