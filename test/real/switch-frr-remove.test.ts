import { expect, it } from 'vitest';
import { switchFiles } from '../../compiler/render/switch';
import { runInSandbox } from '../../judge/sandbox';
import { SWITCH_CASES } from '../compiler/render/switch-models';
import { describeReal, programPath } from './switch-programs';

/** Daemons with files of their own below /run: vtysh finds them there. */
const START = `
ip link set lo up
mkdir -p /run/frr /var/tmp/frr; chown frr:frr /run/frr /var/tmp/frr
for daemon in zebra bgpd; do
  "$1/$daemon" -d -A 127.0.0.1 -P 0 -f /run/judge/empty.conf > /dev/null 2>&1
done
for try in 1 2 3 4 5 6 7 8 9 10; do [ -S /run/frr/bgpd.vty ] && [ -S /run/frr/zebra.vty ] && break; sleep 0.2; done
load() { "$2" -f "$1" > /dev/null 2>&1; }
`;

/** The switch has a BGP instance of its own, with a neighbor and a prefix list that are none of ours. */
const OTHERS = `ip prefix-list others seq 5 permit 10.0.0.0/8
router bgp 65001
 bgp router-id 192.168.1.4
 neighbor 198.51.100.9 remote-as 64999
 address-family ipv4 unicast
  neighbor 198.51.100.9 prefix-list others in
 exit-address-family
exit
`;

function run(before: string, name: string, commands: string): string[] {
  const files = switchFiles(SWITCH_CASES[name]!('frr'));
  const { status, stdout, stderr } = runInSandbox(
    ['sh', '-ec', `${START}\nshow() { "$1" -c 'show running-config'; echo --; }\n${commands}`, 'sh', ...PATHS],
    {
      files: {
        '/run/judge/empty.conf': '',
        '/run/judge/before.conf': before,
        '/run/judge/frr.conf': files['switches/s6800/frr.conf']!,
        '/run/judge/remove.conf': files['switches/s6800/remove.conf']!,
      },
      timeoutMilliseconds: 30_000,
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('--\n');
}

const PATHS = [programPath('bgpd').replace(/\/[^/]*$/, ''), programPath('vtysh')];
const LOAD = (file: string): string => `load /run/judge/${file}.conf "$2"`;

/** A BGP instance has one AS number: that of the others. */
const IN_AS_65001 = Object.keys(SWITCH_CASES).filter((name) => name !== 'ibgp');

/** The daemons become the user frr, which is for root only. */
const ROOT = process.geteuid?.() === 0;

describeReal('FRR with the load balancer and without it, as root', ['bgpd', 'vtysh', 'unshare'], () => {
  it.skipIf(!ROOT).each(IN_AS_65001)('%s: as before after the removal', (name) => {
    const script = `${LOAD('before')}; show "$2"; ${LOAD('frr')}; show "$2"; ${LOAD('remove')}; show "$2"`;
    const [before, during, after] = run(OTHERS, name, script);
    expect(before).toContain('neighbor 198.51.100.9 remote-as 64999');
    expect(during).toContain('neighbor 192.168.1.5 remote-as 65000');
    expect(after).toBe(before);
  });

  it.skipIf(!ROOT)('twice is as once', () => {
    const [once, twice] = run('', 'dual-stack', `${LOAD('frr')}; show "$2"; ${LOAD('frr')}; show "$2"`);
    expect(twice).toBe(once);
  });

  it.skipIf(!ROOT)('where there was no BGP, its instance is the only thing that stays', () => {
    const [before = '', after] = run('', 'sample', `show "$2"; ${LOAD('frr')}; ${LOAD('remove')}; show "$2"`);
    const instance = 'router bgp 65001\n bgp router-id 192.168.1.4\nexit\n!\n';
    expect(after).toBe(before.replace(/end\n$/, `${instance}end\n`));
  });
});
