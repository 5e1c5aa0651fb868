// The path from a client to a backend, made of namespaces and of the compiled artefacts as they are:
//
//   client 10.9.0.2 -- 10.9.0.1 switch (BIRD or FRR) 192.168.1.4 == lan == master 192.168.1.5 (gobgpd under its start script)
//                                                                     == workers (their rules, and nginx)
//                                                                     == backends 192.168.1.201 to 203
//
// `node bgp-lab.cjs JOB` runs one scenario inside of its own namespaces and prints what it saw as JSON.
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { ask, startBackends } = require('./bgp-lab-clients.cjs');
const { addLan, addNamespace, connect, inside, pause, poll, run, runIn, start } = require('./bgp-lab-tools.cjs');

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { artefacts, eip, master, workers, backends } = job;
const SWITCH = job.switch;

function buildNetwork() {
  for (const namespace of ['client', 'switch', 'backends', master.name, ...workers.map(({ name }) => name)]) {
    addNamespace(namespace);
  }
  addLan([
    { namespace: 'switch', addresses: SWITCH.addresses },
    { namespace: master.name, addresses: master.addresses },
    ...workers.map(({ name, addresses }) => ({ namespace: name, addresses })),
    { namespace: 'backends', addresses: backends.map(({ address }) => `${address}/24`) },
  ]);
  connect(
    { namespace: 'client', interface: 'eth0', addresses: ['10.9.0.2/24'] },
    { namespace: 'switch', interface: 'eth1', addresses: ['10.9.0.1/24'] },
  );
  runIn('client', 'ip', 'route', 'add', 'default', 'via', '10.9.0.1');
}

/** The host that plays the switch: its script, its routing daemon, its configuration. */
function startSwitch() {
  runIn('switch', 'sh', `${SWITCH.folder}/linux-switch.sh`, 'apply');
  return SWITCHES[SWITCH.dialect]();
}

/** A file in a folder of the machine that the sandbox shows as it is: over it comes a folder of our own. */
function placeFile(path, text) {
  run('mount', '-t', 'tmpfs', 'tmpfs', dirname(dirname(path)));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const SWITCHES = {
  bird2: async () => {
    for (const { name, password } of job.passwords)
      placeFile(`/etc/bird/passwords/${name}.conf`, `password "${password}";\n`);
    return [start(inside('switch', 'bird', '-f', '-c', `${SWITCH.folder}/bird.conf`, '-s', '/run/bird.ctl'))];
  },
  frr: async () => {
    mkdirSync('/run/frr', { recursive: true });
    run('chown', 'frr:frr', '/run/frr');
    const common = ['--vty_socket', '/run/frr', '-z', '/run/frr/zserv.api', '-u', 'frr', '-g', 'frr'];
    const daemons = ['zebra', 'bgpd'].map((name) =>
      start(inside('switch', `/usr/lib/frr/${name}`, ...common, '-i', `/run/frr/${name}.pid`, '-f', '/dev/null')),
    );
    const sockets = ['/run/frr/zebra.vty', '/run/frr/bgpd.vty'];
    await poll('start of FRR', () => (sockets.every((path) => existsSync(path)) ? true : undefined));
    runIn('switch', 'vtysh', '--vty_socket', '/run/frr', '-f', `${SWITCH.folder}/frr.conf`);
    for (const { password } of job.passwords) {
      const neighbor = master.addresses.map((address) => `neighbor ${address.split('/')[0]} password ${password}`);
      const lines = ['configure terminal', `router bgp ${SWITCH.asn}`, ...neighbor];
      runIn('switch', 'vtysh', '--vty_socket', '/run/frr', ...lines.flatMap((line) => ['-c', line]));
    }
    return daemons;
  },
};

/** The Pod of the speaker: the start script as its main process. */
function startSpeaker() {
  const env = { NODE_NAME: master.name, CONFIG_DIR: artefacts.speakers, PASSWORD_DIR: artefacts.passwords };
  return start(inside(master.name, '/bin/sh', `${artefacts.speakers}/start-speaker.sh`), env);
}

/** What the kubelet does to a Pod. */
async function stopSpeaker(speaker, signal = 'SIGTERM') {
  speaker.child.kill(signal);
  await speaker.ended;
}

function steer(worker, action) {
  const env = [`NODE_NAME=${worker.name}`, `RULES_DIR=${artefacts.nodes}`];
  return runIn(worker.name, 'env', ...env, 'sh', `${artefacts.nodes}/steer.sh`, action);
}

/** nginx as in its Pod: /run and the logs are its own. */
function startNginx(worker) {
  const own = 'mount -t tmpfs tmpfs /run/nginx && mount -t tmpfs tmpfs /var/log/nginx && exec "$@"';
  return start(inside(worker.name, 'unshare', '--mount', 'sh', '-c', own, 'sh', ...job.nginx));
}

/** The next hops of the EIP in the kernel of the switch, sorted. */
function nextHops(address = eip) {
  const family = address.includes(':') ? '-6' : '-4';
  const routes = JSON.parse(
    run('ip', 'netns', 'exec', 'switch', 'ip', family, '-j', 'route', 'show', 'exact', address) || '[]',
  );
  const live = routes.filter(({ type }) => type !== 'unreachable');
  return live.flatMap((route) => (route.nexthops ?? [route]).map(({ gateway, via }) => gateway ?? via?.host)).sort();
}

async function waitForHops(count, address = eip) {
  const wanted = () => (nextHops(address).length === count ? nextHops(address) : undefined);
  return poll(`${count} next hops for ${address}`, wanted, () => JSON.stringify(nextHops(address)) + said());
}

/** Samples the number of next hops until it is told to stop; what it saw, without repetitions. */
function watchHops() {
  const seen = [];
  const timer = setInterval(() => {
    const { length } = nextHops();
    if (seen.at(-1) !== length) seen.push(length);
  }, 25);
  return () => {
    clearInterval(timer);
    return seen;
  };
}

/** Everything that runs, so that an error can show what it said. */
const running = {};

function said() {
  return Object.entries(running)
    .map(([name, { said: text }]) => `\n--- ${name}\n${text.slice(-3000)}`)
    .join('');
}

async function bringUp() {
  buildNetwork();
  for (const [index, daemon] of (await startSwitch()).entries()) running[`switch ${index}`] = daemon;
  running.speaker = startSpeaker();
}

async function drain(worker, ...options) {
  const env = [`CONFIG_DIR=${artefacts.speakers}`, 'DRAIN_SECONDS=0'];
  return runIn(master.name, 'env', ...env, 'sh', `${artefacts.speakers}/drain-worker.sh`, ...options, worker);
}

/** A session, what it brings into the kernel of the switch, and what a drain, a restart and an end of the speaker change. */
async function session() {
  await bringUp();
  if (job.only === 'nothing') return pause(job.settleMilliseconds).then(() => ({ announced: { [eip]: nextHops() } }));
  const announced = {};
  for (const address of job.eips) announced[address] = await waitForHops(job.hops, address);
  if (job.only === 'announced') return { announced };
  await drain(workers[0].name);
  const drained = await waitForHops(job.hops - 1);
  await drain(workers[0].name, '--undo');
  await waitForHops(job.hops);
  const stopWatching = watchHops();
  await stopSpeaker(running.speaker);
  await pause(job.awayMilliseconds);
  running.speaker = startSpeaker();
  await poll('ready speaker', () => (running.speaker.said.includes('announces') ? true : undefined), said);
  await waitForHops(job.hops);
  await pause(job.settleMilliseconds);
  return { announced, drained, restart: stopWatching(), after: nextHops() };
}

/** Connections through the whole path; in between, if so told, the speaker is restarted. */
async function path() {
  await bringUp();
  await waitForHops(workers.length);
  await startBackends({ namespace: 'backends', backends });
  for (const worker of workers) {
    steer(worker, 'apply');
    running[`nginx ${worker.name}`] = startNginx(worker);
  }
  const target = { namespace: 'client', host: eip, port: job.port };
  await poll(
    'first answer',
    () => ask({ ...target, count: 20, clients: 1 }).then(({ failed }) => (failed.length ? undefined : true)),
    said,
  );
  const askNow = () => ask({ ...target, count: job.count, clients: job.clients, milliseconds: job.milliseconds });
  if (!job.restart) return { before: nextHops(), ...(await askNow()) };
  const answers = askNow();
  await pause(job.milliseconds / 4);
  await stopSpeaker(running.speaker);
  await pause(1000);
  running.speaker = startSpeaker();
  return { before: nextHops(), ...(await answers), after: await waitForHops(workers.length) };
}

const SCENARIOS = { session, path };

async function main() {
  const seen = await SCENARIOS[job.scenario]();
  process.stdout.write(JSON.stringify(seen), () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}${said()}\n`, () => process.exit(1));
});
