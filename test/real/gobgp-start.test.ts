import { describe, expect, it } from 'vitest';
import type { BgpLoadBalancerModel } from '../../compiler/model/bgp/bgp-load-balancer';
import { sampleBgpModel } from '../sample-bgp-model';
import { playScenario, type Scenario, SHELLS } from './gobgp-speaker';
import { threeMasters } from './gobgp-three-masters';
import { describeReal } from './programs';

const SAMPLE = { model: sampleBgpModel(), node: 'i-oruhcy5j' };
const PASSWORD = `a"b\\c'd $e \`f\` #g é`;
const DUAL = { model: threeMasters(), node: 'master-1', passwords: { 'bgp-leaf-2/password': PASSWORD } };

/** The sample without graceful restart. */
const ABRUPT: BgpLoadBalancerModel = sampleBgpModel({ speakers: { gracefulRestart: undefined } });

const EIP = '139.198.190.117/32';
const ALL = [`${EIP} 192.168.1.11`, `${EIP} 192.168.1.14`, `${EIP} 192.168.1.7`];

/** Stands before the real client: it notes what gobgpd knows when a neighbor is enabled, and can swallow a call. */
const CLIENT = `
cat > /run/bin/gobgp <<'EOF'
#!/bin/sh
case "$*" in
  *enable) echo "\${6}: $(/usr/bin/gobgp neighbor | grep -c 'Idle(Admin)') disabled, $(/usr/bin/gobgp global rib summary -a ipv4 | tail -n 1)" >> /run/enabled ;;
  *"add "*"\${SWALLOW:-nothing}"*) echo 'error: swallowed'; exit 0 ;;
esac
exec /usr/bin/gobgp "$@"
EOF
chmod +x /run/bin/gobgp
`;

describeReal('start-speaker.sh', ['gobgpd', 'gobgp', 'unshare', 'ip'], () => {
  describe.each(SHELLS)('in $name', (shell) => {
    const play = (scenario: Scenario) => playScenario(shell, scenario);

    it('announces everything, and only then enables the neighbors', () => {
      const steps = `${CLIENT} start; ready; cat /run/out | grep -v '^{'; cat /run/enabled; rib
        gobgp neighbor | grep -c 'Idle(Admin)'; ss -Hltn | awk '{ print $4 }' | sort`;
      expect(play({ ...DUAL, steps })).toEqual([
        'announces 4 paths',
        '192.168.1.4: 4 disabled, Destination: 1, Path: 2',
        'fd00:1::4: 3 disabled, Destination: 1, Path: 2',
        '192.168.1.3: 2 disabled, Destination: 1, Path: 2',
        'fd00:1::3: 1 disabled, Destination: 1, Path: 2',
        `${EIP} 192.168.1.11`,
        `${EIP} 192.168.1.14`,
        '2001:db8:100::75/128 fd00:1::11',
        '2001:db8:100::75/128 fd00:1::14',
        '0',
        '127.0.0.1:50051',
        '192.168.1.5:1790',
        '[fd00:1::5]:1790',
      ]);
    });

    it('hands a password to gobgpd as it is, in a file that nobody else reads', () => {
      const steps = `start; ready; stat -c '%a %n' /run/gobgp/config_bgp.toml; grep -rl 'b..c' /run/config
        gobgp -j neighbor > /run/neighbors; grep -o '"auth_password":"[^,]*' /run/neighbors`;
      const [mode, ...said] = play({ ...DUAL, steps });
      expect(mode).toBe('600 /run/gobgp/config_bgp.toml');
      expect(said.map((line) => JSON.parse(`{${line}}`))).toEqual(Array(2).fill({ auth_password: PASSWORD }));
    });

    it.each([
      ['', 'the password in /run/passwords/bgp-leaf-2/password is empty'],
      ['secret\n', 'the password in /run/passwords/bgp-leaf-2/password has a newline or another control character'],
      ['s'.repeat(81), 'the password in /run/passwords/bgp-leaf-2/password is longer than 80 bytes'],
    ])('refuses the password %j', (password, message) => {
      const said = play({
        ...DUAL,
        passwords: { 'bgp-leaf-2/password': password },
        steps: 'start; ended; cat /run/err; speakers',
      });
      expect(said).toEqual(['status 1', `start-speaker.sh: ${message}`, 'gobgpd: 0']);
    });

    it('fails without a password, and without a configuration for its node', () => {
      const steps = 'start; ended; grep start-speaker /run/err';
      expect(play({ ...DUAL, passwords: {}, steps })).toEqual([
        'status 1',
        'start-speaker.sh: no password in /run/passwords/bgp-leaf-2/password',
      ]);
      expect(play({ ...DUAL, node: 'worker-1', steps })).toEqual([
        'status 1',
        'start-speaker.sh: neither config_bgp.worker-1.toml nor config_bgp.toml in /run/config',
      ]);
    });

    it('fails where gobgpd holds less than it should, and opens no session', () => {
      const steps = `${CLIENT} export SWALLOW=192.168.1.11; start; ended; cat /run/err; speakers; ls /run/enabled 2>&1`;
      expect(play({ ...SAMPLE, steps })).toEqual([
        'status 1',
        'start-speaker.sh: gobgpd holds 2 ipv4 paths, not 3',
        'gobgpd: 0',
        expect.stringContaining('/run/enabled'),
      ]);
    });

    it.each([
      ['with graceful restart', SAMPLE.model],
      ['without', ABRUPT],
    ])('ends at once on SIGTERM, %s, and starts again in the same Pod', (_, model) => {
      const steps = `start; ready; kill -TERM $script; ended; speakers; ls /run/gobgp/ready 2> /dev/null
        start; ready; rib; kill -INT $script; kill -TERM $script; ended; speakers; cat /run/err`;
      expect(play({ ...SAMPLE, model, steps })).toEqual(['status 0', 'gobgpd: 0', ...ALL, 'status 0', 'gobgpd: 0']);
    });

    it('ends on SIGTERM while it starts', () => {
      const steps = 'start; within 50 gobgpd pidof gobgpd > /dev/null; kill -TERM $script; ended; speakers';
      expect(play({ ...SAMPLE, steps })).toEqual(['status 0', 'gobgpd: 0']);
    });

    it('fails when gobgpd dies, before it answers or later', () => {
      const later = 'start; ready; kill -KILL $(pidof gobgpd); ended; grep start-speaker /run/err';
      expect(play({ ...SAMPLE, steps: later })).toEqual(['status 1', 'start-speaker.sh: gobgpd ended with status 137']);
      const before = `sed -i 's/port = 1790/port = 70000/' /run/config/config_bgp.toml; start; ended; cat /run/err`;
      expect(play({ ...SAMPLE, steps: before })).toEqual([
        'status 1',
        'start-speaker.sh: gobgpd ended before it answered',
      ]);
    });
  });
});

describeReal('drain-worker.sh', ['gobgpd', 'gobgp', 'unshare', 'ip'], () => {
  describe.each(SHELLS)('in $name', (shell) => {
    const play = (scenario: Scenario) => playScenario(shell, scenario);
    const NO_SESSION = 'warning: no session with 192.168.1.4: it does not learn of this';

    it('withdraws the paths of one worker, and announces them again', () => {
      const steps = 'start; ready; drain i-9u2mlxrn; rib; drain --undo i-9u2mlxrn; rib';
      expect(play({ ...SAMPLE, steps })).toEqual([
        'withdrew 1 paths through i-9u2mlxrn; waiting 1 s',
        'i-9u2mlxrn may be drained once every speaker has withdrawn it',
        NO_SESSION,
        ...ALL.filter((path) => !path.endsWith('.11')),
        'i-9u2mlxrn is announced again: 1 paths',
        ...ALL,
      ]);
    });

    it('withdraws both families, and what is drained stays drained after a restart of the container', () => {
      const steps = `start; ready; drain i-rnqf0xcu > /dev/null; rib
        kill -TERM $script; ended; start; ready; rib; drain --undo i-rnqf0xcu; rib | wc -l`;
      const rest = [`${EIP} 192.168.1.11`, '2001:db8:100::75/128 fd00:1::11'];
      expect(play({ ...DUAL, steps })).toEqual([
        ...rest,
        'status 0',
        ...rest,
        'i-rnqf0xcu is announced again: 2 paths',
        '4',
      ]);
    });

    it('refuses a node that it does not know, a call without one, and a speaker that is still starting', () => {
      const steps = `drain i-9u2mlxrn; start; ready; drain i-9u2mlxr; drain 'i-rnqf0xcu i-9u2mlxrn'; drain; drain --undo x; rib`;
      const known = 'the workers: i-rnqf0xcu i-9u2mlxrn i-5mtgih8e';
      expect(play({ ...SAMPLE, steps })).toEqual([
        'drain-worker.sh: the speaker has not announced its paths yet; try again',
        'status 1',
        `drain-worker.sh: there is no worker "i-9u2mlxr"; ${known}`,
        'status 1',
        `drain-worker.sh: there is no worker "i-rnqf0xcu i-9u2mlxrn"; ${known}`,
        'status 1',
        'usage: drain-worker.sh [--undo] <node>',
        'status 64',
        `drain-worker.sh: there is no worker "x"; ${known}`,
        'status 1',
        ...ALL,
      ]);
    });

    it('takes a worker through which nothing goes for drained', () => {
      const steps = 'start; ready; drain i-5mtgih8e; rib | wc -l';
      expect(play({ ...DUAL, steps }).filter((line) => !line.startsWith('warning: '))).toEqual([
        'withdrew 0 paths through i-5mtgih8e; waiting 1 s',
        'i-5mtgih8e may be drained once every speaker has withdrawn it',
        '4',
      ]);
    });
  });
});
