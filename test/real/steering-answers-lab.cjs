// One worker between a switch and a router that leads nowhere, in one address family; Pods on it and on another worker:
//
//   client -- switch == lan == worker -- pod        (its rules from the rendered steer.sh)
//                           == other -- far         (a worker without any)
//                           == router, the default route of both workers
//
// `node steering-answers-lab.cjs JOB` prints as JSON who answered under which rules, and what the switch learnt by ARP.
const { readFileSync } = require('node:fs');
const { ask, startBackends } = require('./bgp-lab-clients.cjs');
const { addLan, addNamespace, connect, runIn, sysctl } = require('./bgp-lab-tools.cjs');

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { family, folder, worker, addresses: at, socket, dnat } = job;

function ip(namespace, ...words) {
  return runIn(namespace, 'ip', family, ...words);
}

function machine(namespace, address) {
  return { namespace, addresses: [`${address}/${job.length}`] };
}

function buildNetwork() {
  for (const namespace of ['client', 'switch', 'router', 'worker', 'other', 'pod', 'far']) addNamespace(namespace);
  addLan(['switch', 'router', 'worker', 'other'].map((name) => machine(name, at[name])));
  const cables = [
    ['client', 'switch', 'outside'],
    ['pod', 'worker', 'podGateway'],
    ['far', 'other', 'farGateway'],
  ];
  for (const [end, next, gateway] of cables) {
    connect({ ...machine(end, at[end]), interface: 'eth0' }, { ...machine(next, at[gateway]), interface: end });
    ip(end, 'route', 'add', 'default', 'via', at[gateway]);
  }
  for (const name of ['switch', 'worker', 'other']) {
    sysctl(name, 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1');
  }
  for (const name of ['worker', 'other']) ip(name, 'route', 'add', 'default', 'via', at.router);
  ip('worker', 'route', 'add', job.farNetwork, 'via', at.other);
  ip('other', 'route', 'add', job.podNetwork, 'via', at.worker);
  for (const { host } of [socket, dnat]) ip('switch', 'route', 'add', host, 'via', at.worker);
}

/** What kube-proxy does for a Service with externalIPs: to a Pod, and from the node's address if it masquerades. */
function translate(pod, masquerade) {
  const words = job.nft;
  const to = `${words} daddr ${dnat.host} ${job.protocol} dport ${dnat.port} dnat to ${job.bracket(pod)}:${job.podPort}`;
  const chains = [`chain in { type nat hook prerouting priority dstnat; ${to}; }`];
  if (masquerade) chains.push('chain out { type nat hook postrouting priority srcnat; ct status dnat masquerade; }');
  runIn('worker', 'nft', `add table ${words} services; delete table ${words} services`);
  runIn('worker', 'nft', `table ${words} services { ${chains.join('; ')}; }`);
}

function steer(rules, action) {
  const env = [`NODE_NAME=${worker}`, `RULES_DIR=${folder}/${rules}`];
  return runIn('worker', 'env', ...env, 'sh', `${folder}/steer.sh`, action);
}

async function answer({ host, port }) {
  const { answers, failed } = await ask({ namespace: 'client', host, port, count: 2, clients: 2 });
  return failed.length === 0 ? Object.keys(answers).join() : [...new Set(failed)].join();
}

/** Who answers for the socket, for a Pod on the worker and for one on another, each masqueraded or not. */
async function answers() {
  const seen = { socket: await answer(socket) };
  for (const [name, pod, masquerade] of job.translations) {
    translate(pod, masquerade);
    seen[name] = await answer(dnat);
  }
  return seen;
}

/** Whether the switch knows the EIP by the link-layer address of the worker after the worker has asked for the switch. */
async function switchLearns() {
  const [{ address }] = JSON.parse(runIn('worker', 'ip', '-j', 'link', 'show', 'eth0'));
  ip('switch', 'neigh', 'replace', at.worker, 'lladdr', address, 'dev', 'eth0', 'nud', 'permanent');
  ip('switch', 'neigh', 'replace', socket.host, 'lladdr', '02:00:00:00:00:01', 'dev', 'eth0', 'nud', 'stale');
  ip('switch', 'neigh', 'del', socket.host, 'dev', 'eth0');
  ip('worker', 'neigh', 'flush', 'all');
  const reached = await answer(socket);
  const known = JSON.parse(ip('switch', '-j', 'neigh', 'show', socket.host) || '[]');
  return { reached, learnt: known.some(({ lladdr }) => lladdr === address) };
}

async function main() {
  job.bracket = (address) => (family === '-6' ? `[${address}]` : address);
  buildNetwork();
  await startBackends({ namespace: 'worker', backends: [{ name: 'node', address: '::', port: socket.port }] });
  for (const name of ['pod', 'far']) {
    await startBackends({ namespace: name, backends: [{ name, address: at[name], port: job.podPort }] });
  }
  const seen = { without: await answers() };
  steer('rules', 'apply');
  Object.assign(seen, { withRules: await answers(), again: steer('rules', 'plan'), neighbours: await switchLearns() });
  sysctl('worker', 'net.ipv4.conf.all.arp_announce=0');
  seen.neighboursWithoutSysctl = await switchLearns();
  process.stdout.write(JSON.stringify(seen), () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`, () => process.exit(1));
});
