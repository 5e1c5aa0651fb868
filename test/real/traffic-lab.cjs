// One scenario of traffic.test.ts. Runs inside of its own namespaces: `node traffic-lab.cjs JOB`, prints what it saw as JSON.
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { startBackends } = require('./traffic-backends.cjs');
const { askTcp, askUdp, inTime, openConnection, poll, startNginx } = require('./traffic-tools.cjs');

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { port, healthPort } = job;

/** Answers to `count` questions, one after the other. */
async function inSequence(count, ask) {
  const answers = [];
  for (let i = 0; i < count; i++) answers.push(await ask(i).catch(({ message }) => `failed: ${message}`));
  return answers;
}

/** The hook of the Pod starts when this file is there. */
const STOP = '/run/lab/stop';

/** nginx as the first process of its container, like in a Pod, and beside it the hook that ends it. */
function inContainer() {
  const both = `hook=$1; shift; { until [ -e ${STOP} ]; do sleep 0.01; done; exec /bin/sh -ec "$hook"; } & exec "$@"`;
  return ['unshare', '--pid', '--fork', '--kill-child', '/bin/sh', '-c', both, 'sh', job.hook, ...job.nginx];
}

const SCENARIOS = {
  /** Connections one after the other, and more of them after backends were closed. */
  async tcp({ backends }) {
    const before = await inSequence(job.count, () => askTcp({ port }));
    await backends.close(job.closed);
    const after = await inSequence(job.countAfter, () => askTcp({ port }));
    return { before, after };
  },

  async udp() {
    return { before: await inSequence(job.count, (i) => askUdp({ port, from: 20_000 + i })), after: [] };
  },

  /** Clients that open connections all the time, and one whose connection stays, while nginx is reloaded. */
  async reload({ nginx }) {
    const steady = await openConnection(port);
    const end = Date.now() + job.milliseconds;
    const failures = [];
    let answers = 0;
    const client = async () => {
      while (Date.now() < end && answers < job.mostConnections) {
        await askTcp({ port }).then(
          () => answers++,
          ({ message }) => failures.push(message),
        );
      }
    };
    const reloads = async () => {
      for (let i = 1; i <= job.reloads; i++) {
        await new Promise((resolve) => setTimeout(resolve, job.milliseconds / (job.reloads + 1)));
        nginx.child.kill('SIGHUP');
        const done = () => count(nginx.log, /gracefully shutting down/g) >= i * job.workers || undefined;
        await poll(`end of the workers before reload ${i}`, done);
      }
    };
    await Promise.all([reloads(), ...Array.from({ length: job.clients }, client)]);
    const answer = await steady.ask('still here');
    steady.close();
    return { failures, answers, steady: answer, reloads: count(nginx.log, /SIGHUP\) received/g) };
  },

  /** Several connections from each local address. */
  async addresses() {
    const byAddress = {};
    for (const localAddress of job.addresses) {
      byAddress[localAddress] = await inSequence(job.count, () => askTcp({ port, localAddress, text: job.text }));
    }
    return { byAddress };
  },

  async health({ backends }) {
    const answers = await inSequence(job.count, () => askTcp({ port: healthPort, text: '' }));
    return { answers, connections: await backends.connections() };
  },

  /** The end of the Pod while a connection is open. */
  async quit({ nginx }) {
    const open = await openConnection(port);
    const before = await open.ask('before');
    writeFileSync(STOP, '');
    const refused = await poll('refusal of new connections', () =>
      askTcp({ port }).then(
        () => undefined,
        ({ code }) => code ?? undefined,
      ),
    );
    const after = await open.ask('after');
    const running = nginx.child.exitCode === null;
    open.close();
    const [status] = await inTime('end of nginx', nginx.ended);
    return { before, refused, after, running, status };
  },
};

function count(text, pattern) {
  return (text.match(pattern) ?? []).length;
}

async function main() {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  const backends = await startBackends(job);
  const nginx = await startNginx(job.hook ? inContainer() : job.nginx, healthPort);
  const seen = await SCENARIOS[job.scenario]({ nginx, backends });
  const complaints = nginx.log.split('\n').filter((line) => /\[(warn|error|crit|alert|emerg)\]/.test(line));
  process.stdout.write(JSON.stringify({ ...seen, complaints }), () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`, () => process.exit(1));
});
