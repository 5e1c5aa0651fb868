import { steeringFiles } from '../../compiler/render/steering';
import { runInSandbox, type SandboxRun } from '../../judge/sandbox';
import { STEERING_CASES, WORKER } from '../compiler/render/steering-models';

/**
 * A worker on a network of its own, with both families and with what others keep there; the shell functions with which
 * tests ask it. `steer CASE ACTION` runs the script as it was rendered, over the rules of a case.
 */
const MACHINE = `
mkdir -p /run/bin /run/usr
cp /run/judge/steer.sh /run/usr/steer.sh
chmod +x /run/usr/steer.sh
ip link set lo up
ip link add eth0 type veth peer name peer
for name in peer eth0; do
  ip link set "$name" addrgenmode none
  ip link set "$name" up
done
ip address add 192.168.1.14/24 dev eth0
ip address add 2001:db8::14/64 dev eth0 nodad
ip route add default via 192.168.1.1
ip -6 route add default via 2001:db8::1
ip rule add priority 900 from 192.0.2.0/24 lookup 200 protocol static
ip rule add priority 1001 from 192.0.2.0/24 lookup 101
ip route add 198.51.100.0/24 via 192.168.1.1 table 101 proto static
ip -6 route add 2001:db8:99::/48 via 2001:db8::1 table 101 proto static
steer() {
  PATH="/run/bin:$PATH" NODE_NAME=${WORKER} RULES_DIR="/run/judge/$1" /run/usr/steer.sh "$2"
}
state() {
  for family in -4 -6; do
    ip $family -j rule; echo; ip $family -j -d route show table all; echo
  done
}
sysctls() {
  (cd /proc/sys/net && grep -H . ipv4/conf/all/arp_ignore ipv4/conf/all/arp_announce ipv4/conf/all/rp_filter \\
    ipv4/fib_multipath_hash_policy ipv6/fib_multipath_hash_policy)
}
`;

/** The rules of every case by path, and the script. */
function files(): Record<string, string> {
  const rules = Object.entries(STEERING_CASES).map(([name, model]) => [
    `/run/judge/${name}/rules.${WORKER}`,
    steeringFiles(model)[`rules.${WORKER}`]!,
  ]);
  const shared = steeringFiles(STEERING_CASES.sample!);
  return {
    ...Object.fromEntries(rules),
    '/run/judge/steer.sh': shared['steer.sh']!,
    '/run/judge/loadbalancer-steering.service': shared['loadbalancer-steering.service']!,
  };
}

/** Runs shell commands on the worker. */
export function onWorker(commands: string): SandboxRun {
  const script = `${MACHINE}\n${commands}`;
  return runInSandbox(['sh', '-euc', script], { files: files(), timeoutMilliseconds: 40_000 });
}

/** What the commands printed, cut at lines of two dashes. Throws where they failed. */
export function answersOf(commands: string): string[] {
  const { status, stdout, stderr } = onWorker(commands);
  if (status !== 0 || stderr !== '') throw new Error(`status ${status}\n${stdout}${stderr}`);
  return stdout.split('--\n');
}
