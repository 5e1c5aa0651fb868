// One worker between a switch and a gateway that leads nowhere, with a Pod behind it:
//
//   client 10.9.0.2 -- 10.9.0.1 switch 192.168.1.4 == lan == worker 192.168.1.14 -- 10.244.1.2 pod
//                                                  == gateway 192.168.1.1, the worker's default route
//
// `node steering-lab.cjs JOB` runs the rendered steer.sh over sets of rules and prints what it saw as JSON.
const { readFileSync } = require('node:fs');
const { ask, startBackends } = require('./bgp-lab-clients.cjs');
const { addLan, addNamespace, connect, inside, run, runIn, sysctl } = require('./bgp-lab-tools.cjs');

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { socket, dnat, worker } = job;

function buildNetwork() {
  for (const namespace of ['client', 'switch', 'gateway', 'worker', 'pod']) addNamespace(namespace);
  addLan([
    { namespace: 'switch', addresses: ['192.168.1.4/24'] },
    { namespace: 'gateway', addresses: ['192.168.1.1/24'] },
    { namespace: 'worker', addresses: ['192.168.1.14/24'] },
  ]);
  connect(
    { namespace: 'client', interface: 'eth0', addresses: ['10.9.0.2/24'] },
    { namespace: 'switch', interface: 'eth1', addresses: ['10.9.0.1/24'] },
  );
  connect(
    { namespace: 'pod', interface: 'eth0', addresses: ['10.244.1.2/24'] },
    { namespace: 'worker', interface: 'pod', addresses: ['10.244.1.1/24'] },
  );
  for (const namespace of ['switch', 'worker']) sysctl(namespace, 'net.ipv4.ip_forward=1');
  runIn('client', 'ip', 'route', 'add', 'default', 'via', '10.9.0.1');
  runIn('pod', 'ip', 'route', 'add', 'default', 'via', '10.244.1.1');
  runIn('worker', 'ip', 'route', 'add', 'default', 'via', '192.168.1.1');
  for (const { host } of [socket, dnat]) runIn('switch', 'ip', 'route', 'add', host, 'via', '192.168.1.14');
  // What others keep on the node; the rule has a priority between ours.
  runIn(
    'worker',
    'ip',
    'rule',
    'add',
    'priority',
    '900',
    'from',
    '192.0.2.0/24',
    'lookup',
    '200',
    'protocol',
    'static',
  );
  runIn('worker', 'ip', 'route', 'add', '198.51.100.0/24', 'via', '192.168.1.1', 'table', '101', 'proto', 'static');
}

/** What kube-proxy does for a Service with externalIPs, without masquerading. */
function translate() {
  const rule = `ip daddr ${dnat.host} tcp dport ${dnat.port} dnat to 10.244.1.2:${job.podPort}`;
  const chain = `chain in { type nat hook prerouting priority dstnat; ${rule}; }`;
  runIn('worker', 'nft', `table ip services { ${chain}; }`);
}

function steer(rules, action) {
  const folder = `${job.folder}/${rules}`;
  return runIn('worker', 'env', `NODE_NAME=${worker}`, `RULES_DIR=${folder}`, 'sh', `${job.folder}/steer.sh`, action);
}

/** All rules and routes of the worker, as the kernel lists them. */
function state() {
  const words = [['-4'], ['-6']].flatMap(([family]) => [
    [family, 'rule', 'show'],
    [family, 'route', 'show', 'table', 'all'],
  ]);
  return words.map((list) => run(...inside('worker', 'ip', '-d', ...list))).join('');
}

/** Which of the two EIPs answer, each by whom, or why not. */
async function answers() {
  const reached = {};
  for (const [name, { host, port }] of Object.entries({ socket, dnat })) {
    const { answers: heard, failed } = await ask({ namespace: 'client', host, port, count: 3, clients: 3 });
    reached[name] = failed.length === 0 ? Object.keys(heard).join() : [...new Set(failed)].join();
  }
  return reached;
}

/** Whether the worker tells its neighbours that an EIP is its own. */
async function tellsNeighbours() {
  runIn('gateway', 'ip', 'neigh', 'flush', 'all');
  await ask({ namespace: 'gateway', host: socket.host, port: socket.port, count: 1, clients: 1 });
  return /lladdr/.test(runIn('gateway', 'ip', 'neigh', 'show', socket.host));
}

async function main() {
  buildNetwork();
  translate();
  await startBackends({ namespace: 'worker', backends: [{ name: 'node', address: '0.0.0.0', port: socket.port }] });
  await startBackends({ namespace: 'pod', backends: [{ name: 'pod', address: '10.244.1.2', port: job.podPort }] });
  runIn('gateway', 'ip', 'route', 'add', socket.host, 'dev', 'eth0');
  const seen = { before: state(), without: await answers(), plan: steer('both', 'plan') };
  steer('both', 'apply');
  Object.assign(seen, { applied: state(), withRules: await answers(), againPlan: steer('both', 'plan') });
  steer('both', 'apply');
  Object.assign(seen, { again: state(), tells: await tellsNeighbours() });
  sysctl('worker', 'net.ipv4.conf.all.arp_ignore=0');
  Object.assign(seen, { tellsWithoutSysctl: await tellsNeighbours(), repaired: steer('both', 'plan') });
  Object.assign(seen, { movePlan: steer('dnatOnly', 'plan') });
  steer('dnatOnly', 'apply');
  Object.assign(seen, { moved: state(), afterMove: await answers() });
  const counterProofs = {};
  for (const name of job.counterProofs) {
    steer(name, 'apply');
    counterProofs[name] = await answers();
  }
  steer('both', 'apply');
  steer('both', 'remove');
  Object.assign(seen, { counterProofs, after: state(), afterRemove: await answers() });
  process.stdout.write(JSON.stringify(seen), () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`, () => process.exit(1));
});
