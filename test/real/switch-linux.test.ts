import { expect, it } from 'vitest';
import { switchFiles } from '../../compiler/render/switch';
import { runInSandbox } from '../../judge/sandbox';
import { SWITCH_CASES } from '../compiler/render/switch-models';
import { describeReal } from './switch-programs';

const SCRIPT = switchFiles(SWITCH_CASES['dual-stack']!('bird2'))['switches/s6800/linux-switch.sh']!;

/** A host with two interfaces and a default route out of the second. */
const HOST = `
ip link set lo up
for name in eth0 eth1; do
  ip link add "$name" type veth peer name "peer-$name"
  ip link set "$name" up; ip link set "peer-$name" up
  echo 1 > "/proc/sys/net/ipv4/conf/$name/rp_filter"
done
ip addr add 192.168.1.4/24 dev eth0
ip addr add 198.51.100.2/24 dev eth1
ip addr add 2001:db8::4/64 dev eth0 nodad
ip route add default via 198.51.100.1
state() {
  ip -4 route; ip -6 route show proto 202
  cd /proc/sys/net
  grep -H . ipv4/ip_forward ipv4/fib_multipath_hash_policy ipv4/conf/all/rp_filter ipv4/conf/eth0/rp_filter \\
    ipv4/conf/eth1/rp_filter ipv6/conf/all/forwarding ipv6/fib_multipath_hash_policy
  cd /
}
`;

function run(commands: string): { readonly status: number; readonly stdout: string; readonly stderr: string } {
  return runInSandbox(['sh', '-ec', `${HOST}\n${commands}`], { files: { '/run/judge/linux-switch.sh': SCRIPT } });
}

/** The answers of `state` between the separators. */
function states(stdout: string): string[] {
  return stdout.split('--\n').map((text) => text.replace(/ +$/gm, ''));
}

const SYSCTLS = `ipv4/ip_forward:1
ipv4/fib_multipath_hash_policy:1
ipv4/conf/all/rp_filter:0
ipv4/conf/eth0/rp_filter:0
ipv4/conf/eth1/rp_filter:0
ipv6/conf/all/forwarding:1
ipv6/fib_multipath_hash_policy:1
`;
const OWN_ROUTES = `default via 198.51.100.1 dev eth1
192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.4
198.51.100.0/24 dev eth1 proto kernel scope link src 198.51.100.2
`;
const WITH_POOLS = `default via 198.51.100.1 dev eth1
unreachable 139.198.190.112/29 proto 202 metric 4294967295
192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.4
198.51.100.0/24 dev eth1 proto kernel scope link src 198.51.100.2
unreachable 203.0.113.9 proto 202 metric 4294967295
unreachable 2001:db8:1::/64 dev lo metric 4294967295 pref medium
unreachable 2001:db8:2::9 dev lo metric 4294967295 pref medium
`;

describeReal('a Linux host as switch', ['ip', 'unshare'], () => {
  it('is the same after one, two or three times, and its routes are gone after the removal', () => {
    const script = 'sh /run/judge/linux-switch.sh';
    const twice = `${script}; state; echo --; ${script} apply; ${script}; state; echo --`;
    const { status, stdout, stderr } = run(`${twice}; ${script} remove; state; echo --; ${script} remove; state`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [once, again, removed, removedAgain] = states(stdout);
    expect(once).toBe(`${WITH_POOLS}${SYSCTLS}`);
    expect(again).toBe(once);
    expect(removed).toBe(`${OWN_ROUTES}${SYSCTLS}`);
    expect(removedAgain).toBe(removed);
  });

  it('sends nothing for an EIP without a BGP route, and follows one that comes', () => {
    const { stdout } = run(`
sh /run/judge/linux-switch.sh
ip route get 139.198.190.117 2>&1 || :
ip route add 203.0.113.9 metric 32 nexthop via 192.168.1.11 dev eth0 nexthop via 192.168.1.14 dev eth0
ip route get 203.0.113.9`);
    expect(stdout).toMatch(/^RTNETLINK answers: No route to host\n203\.0\.113\.9 via 192\.168\.1\.1[14] dev eth0 /);
  });

  it('leaves the routes of others alone', () => {
    const { stdout } = run(`
ip route add unreachable 139.198.190.112/29 metric 7
ip route add 203.0.113.0/24 via 192.168.1.9 proto 202
sh /run/judge/linux-switch.sh; sh /run/judge/linux-switch.sh remove
ip route show 139.198.190.112/29; ip route show 203.0.113.0/24`);
    expect(states(stdout)).toEqual([
      'unreachable 139.198.190.112/29 metric 7\n203.0.113.0/24 via 192.168.1.9 dev eth0 proto 202\n',
    ]);
  });

  it('says how it is used', () => {
    const { status, stderr } = run('sh /run/judge/linux-switch.sh undo');
    expect({ status, stderr }).toEqual({
      status: 64,
      stderr: 'usage: /run/judge/linux-switch.sh [apply | remove]\n',
    });
  });

  it('says what it cannot do', () => {
    const { status, stderr } = run('ip link del eth1; sh /run/judge/linux-switch.sh');
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('eth1/rp_filter') });
  });
});
