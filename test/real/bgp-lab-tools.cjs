// Namespaces, links and processes for bgp-lab.cjs. Plain JavaScript: `node` runs it inside of the namespaces.
const { spawn, spawnSync } = require('node:child_process');

/** Longest time for anything in the lab to come about. */
const PATIENCE = 25_000;

/** Runs a program to its end; throws with what it said where it fails. */
function run(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: PATIENCE });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error ?? `status ${status}`}\n${stdout}${stderr}`);
  return stdout;
}

/** The words that run a program in a namespace. */
function inside(namespace, ...command) {
  return ['ip', 'netns', 'exec', namespace, ...command];
}

/** Runs a program in a namespace to its end. */
function runIn(namespace, ...command) {
  const [program, ...args] = inside(namespace, ...command);
  return run(program, ...args);
}

function sysctl(namespace, ...settings) {
  runIn(namespace, 'sysctl', '-q', '-w', ...settings);
}

function addNamespace(name) {
  run('ip', 'netns', 'add', name);
  // Addresses of IPv6 are usable at once: nobody here has the same one.
  sysctl(name, 'net.ipv6.conf.all.accept_dad=0', 'net.ipv6.conf.default.accept_dad=0');
  runIn(name, 'ip', 'link', 'set', 'lo', 'up');
}

/** A cable from an interface of one namespace to an interface of another, with addresses such as 192.168.1.4/24. */
function connect(one, other) {
  const peer = ['peer', 'name', other.interface, 'netns', other.namespace];
  run('ip', 'link', 'add', one.interface, 'netns', one.namespace, 'type', 'veth', ...peer);
  for (const { namespace, interface: name, addresses = [] } of [one, other]) {
    for (const address of addresses) runIn(namespace, 'ip', 'address', 'add', address, 'dev', name);
    runIn(namespace, 'ip', 'link', 'set', name, 'up');
  }
}

/** A switched network: each of its members gets an interface eth0. */
function addLan(members) {
  addNamespace('lan');
  runIn('lan', 'ip', 'link', 'add', 'lan', 'type', 'bridge');
  runIn('lan', 'ip', 'link', 'set', 'lan', 'up');
  members.forEach(({ namespace, addresses }, index) => {
    connect({ namespace, interface: 'eth0', addresses }, { namespace: 'lan', interface: `port${index}` });
    runIn('lan', 'ip', 'link', 'set', `port${index}`, 'master', 'lan');
  });
}

/** A process that goes on, with what it has said so far. */
function start(command, env = {}) {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const running = { child, said: '', ended: new Promise((resolve) => child.once('exit', resolve)) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (data) => {
      running.said += data;
    });
  }
  return running;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Asks until the answer is no longer undefined; then the answer. `explain` tells what was there instead. */
async function poll(what, ask, explain = () => '') {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(20);
  }
  throw new Error(`${what}: not within ${PATIENCE} ms\n${explain()}`);
}

module.exports = { addLan, addNamespace, connect, inside, pause, poll, run, runIn, start, sysctl };
