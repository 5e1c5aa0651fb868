/** What steer.sh does to a worker: every set of rules, every move between two of them, and whatever can go wrong. */
import { expect, it } from 'vitest';
import { findProgram } from '../../judge/find-program';
import { STEERING_CASES, WORKER } from '../compiler/render/steering-models';
import { describeReal } from './programs';
import { answersOf, onWorker } from './steering-worker';

const CASES = Object.keys(STEERING_CASES);
const SOCKET_RULE = '1001:	from 139.198.190.118 lookup 101 proto 202 \n';

/** The lines of a plan for what the worker has nothing of. */
function firstPlan(rules: string): string[] {
  const lines = rules.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.replace(/^(ip -[46] (?:route|rule)) /, '$1 add ')).sort();
}

/** Rules and routes, sorted: the order of rules of one priority, which all lead to one table, means nothing. */
function inNoOrder(state: string): string[] {
  const lists = state.split('\n').filter(Boolean);
  return lists.flatMap((list) => (JSON.parse(list) as object[]).map((line) => JSON.stringify(line))).sort();
}

describeReal('steer.sh', ['ip', 'unshare'], () => {
  it.each(CASES)('%s: plans what it does, twice is once, and nothing is left after the removal', (name) => {
    const rules = `/run/judge/${name}/rules.${WORKER}`;
    const [text, before, plan, planned, once, again, nothing, removed, removedAgain] = answersOf(`
cat ${rules}; echo --; state; echo --; steer ${name} plan; echo --; state; echo --
steer ${name} apply; state; sysctls; echo --; steer ${name} apply; state; sysctls; echo --; steer ${name} plan; echo --
steer ${name} remove; state; echo --; steer ${name} remove; state`);
    expect(plan!.split('\n').filter(Boolean).sort()).toEqual(firstPlan(text!));
    expect(planned).toBe(before);
    expect(once).toContain(name === 'nothing-to-steer' ? before : '"protocol":"202"');
    expect([again, nothing]).toEqual([once, '']);
    expect([removed, removedAgain]).toEqual([before, before]);
  });

  it('the sysctls are what the rules say', () => {
    const [values] = answersOf('steer dual-stack apply; sysctls');
    expect(values).toBe(`ipv4/conf/all/arp_ignore:1
ipv4/conf/all/arp_announce:2
ipv4/conf/all/rp_filter:2
ipv4/fib_multipath_hash_policy:1
ipv6/fib_multipath_hash_policy:1
`);
  });

  it('from any rules to any others it is as if the others had been the first', { timeout: 45_000 }, () => {
    const moves = CASES.flatMap((from) => CASES.filter((to) => to !== from).map((to) => [from, to] as const));
    const direct = CASES.map((to) => `steer ${to} apply; state; steer ${to} remove; echo --`);
    const moved = moves.map(
      ([from, to]) => `steer ${from} apply; steer ${to} apply; state; echo --; steer ${to} remove`,
    );
    const states = answersOf([...direct, ...moved].join('\n')).map(inNoOrder);
    moves.forEach(([from, to], index) => {
      expect(states[CASES.length + index], `${from} to ${to}`).toEqual(states[CASES.indexOf(to)]);
    });
    expect(new Set(states.slice(0, CASES.length).map((lines) => lines.join())).size).toBe(CASES.length);
  });

  it('repairs what was changed by hand, and only that', () => {
    const [plan, after] = answersOf(`
steer socket apply
ip rule del priority 1001 from 139.198.190.118; ip route replace default via 192.168.1.9 table 101 proto 202
ip rule add priority 1001 from 139.198.190.117 lookup 101 protocol 202
steer socket plan; echo --; steer socket apply; steer socket plan`);
    expect(plan!.split('\n').filter(Boolean)).toEqual([
      'ip -4 route replace default table 101 protocol 202 via 192.168.1.4',
      'ip -4 rule add priority 1001 from 139.198.190.118 lookup 101 protocol 202',
      'ip -4 rule del priority 1001 from 139.198.190.117 lookup 101 protocol 202',
    ]);
    expect(after).toBe('');
  });
});

describeReal('steer.sh beside others', ['ip', 'unshare'], () => {
  it('leaves the same rule and the same route of others where they are, says so, and does the rest', () => {
    const { status, stdout, stderr } = onWorker(`
ip rule add priority 1001 from 139.198.190.118 lookup 101
ip route add default via 192.168.1.9 table 101
state; echo --
steer socket apply && echo 'not told'
ip rule show priority 1001; ip route show table 101; ip route show table local proto 202; echo --
steer socket remove; state`);
    const [before, applied, after] = stdout.split('--\n');
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^RTNETLINK answers: File exists\n.*\nsteer\.sh: ip refused a line; the next run tries again\n$/,
    );
    expect(applied).toBe(`1001:	from 192.0.2.0/24 lookup 101
1001:	from 139.198.190.118 lookup 101
${SOCKET_RULE.trimEnd()}
default via 192.168.1.9 dev eth0 
198.51.100.0/24 via 192.168.1.1 dev eth0 proto static 
local 139.198.190.118 dev lo scope host 
`);
    expect(after).toBe(before);
  });

  it('takes nothing away while what replaces it is not there', () => {
    const { stdout, stderr } = onWorker(`
steer sample apply; ip route del default table 101; ip address del 192.168.1.14/24 dev eth0
steer socket apply || :
ip rule show | grep -c 'proto 202'; ip rule show | grep 139; ip address add 192.168.1.14/24 dev eth0
steer socket apply; ip rule show | grep 'proto 202'`);
    expect(stderr).toContain('Nexthop has invalid gateway');
    expect(stdout).toBe(`5\n${SOCKET_RULE}${SOCKET_RULE}`.replaceAll('202 \n', '202\n'));
  });

  it('does nothing where the kernel could not be asked', () => {
    const { status, stdout, stderr } = onWorker(`
steer socket apply; state; echo --
printf '#!/bin/sh\\ncase "$*" in *"rule show"*) echo broken >&2; exit 2 ;; esac\\nPATH=\${PATH#*:}; exec ip "$@"\\n' > /run/bin/ip
chmod +x /run/bin/ip
for action in plan apply remove; do steer socket $action && echo "$action went on"; done
rm /run/bin/ip; state`);
    const [before, after] = stdout.split('--\n');
    expect({ status, after, stderr }).toEqual({ status: 0, after: before, stderr: 'broken\nbroken\nbroken\n' });
  });
});

describeReal('steer.sh watch', ['ip', 'unshare'], () => {
  it('goes on after a failure, applies once it can, ends when told, leaves the rules and no files', () => {
    const { status, stdout, stderr } = onWorker(`
printf '#!/bin/sh\\nexec /bin/sleep 0.1\\n' > /run/bin/sleep; chmod +x /run/bin/sleep
ip link set eth0 down
PATH="/run/bin:$PATH" NODE_NAME=${WORKER} RULES_DIR=/run/judge/socket /run/usr/steer.sh watch &
/bin/sleep 1; ip link set eth0 up
for i in 1 2 3 4 5 6 7 8 9 10; do ip route show table all | grep -q 'default.*202' && break; /bin/sleep 0.2; done
kill -TERM $!; wait $! && echo ended
ip route show table 101 default; ls /run | grep '^steer' || echo 'no files'`);
    expect(stderr).toMatch(/steer\.sh: not applied; tries again\n/);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'ended\ndefault via 192.168.1.4 dev eth0 proto 202 \nno files\n',
    });
  });
});

describeReal('steer.sh says what it lacks', ['ip', 'unshare'], () => {
  it.each([
    ['steer socket undo', 64, 'usage: /run/usr/steer.sh plan | apply | watch | remove'],
    ['NODE_NAME= /run/usr/steer.sh apply', 1, 'steer.sh: NODE_NAME is not set'],
    [
      'NODE_NAME=other RULES_DIR=/run/judge /run/usr/steer.sh watch',
      1,
      'no rules for this node: /run/judge/rules.other',
    ],
    ['export SYSCTL_ROOT=/run/none; steer socket apply', 1, 'the kernel has no sysctl net/ipv4/conf/all/arp_ignore'],
    ['ln -s /bin/true /run/bin/ip; steer socket apply', 1, 'steer.sh: needs the ip program of iproute2'],
  ])('%s', (command, wanted, message) => {
    const { status, stderr } = onWorker(command);
    expect({ status, stderr }).toEqual({ status: wanted, stderr: expect.stringContaining(message) });
  });

  it.skipIf(findProgram('systemd-analyze', process.env) === undefined)(
    'systemd takes its unit, and no broken one',
    () => {
      const verify = 'systemd-analyze verify --man=no --recursive-errors=no';
      const { stdout, stderr } = onWorker(`
mount -t tmpfs tmpfs /usr/local/sbin; cp /run/usr/steer.sh /usr/local/sbin/
cd /run/judge; ${verify} ./loadbalancer-steering.service 2>&1 && echo good
sed 's/^ExecStart=/&./; s/^Restart=.*/&-always/' loadbalancer-steering.service > /run/judge/broken.service
${verify} ./broken.service || echo bad`);
      expect(stdout).toBe('good\nbad\n');
      expect(stderr).toContain('broken.service');
    },
  );
});
