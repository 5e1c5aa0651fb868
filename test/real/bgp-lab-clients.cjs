// The clients and the backends of bgp-lab.cjs: processes of their own, each in its namespace.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');

/** Longest time for one answer. */
const PATIENCE = 2000;

/** Runs this file in a namespace; the process is told its task and answers once. */
async function inNamespace(namespace, task) {
  const args = ['netns', 'exec', namespace, process.execPath, __filename];
  const child = spawn('ip', args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`${task.act} in ${namespace} ended with ${status}`);
  });
  ended.catch(() => {});
  child.send(task);
  const [answer] = await Promise.race([once(child, 'message'), ended]);
  return answer;
}

/** Servers that answer with their name and with the address that asked, one after the other connection. */
function startBackends({ namespace, backends }) {
  return inNamespace(namespace, { act: 'serve', backends });
}

/** Opens connections, several at a time: until there were `count`, or for `milliseconds`. What came back, counted. */
function ask({ namespace, ...task }) {
  return inNamespace(namespace, { act: 'ask', ...task });
}

async function serve({ backends }) {
  for (const { name, address, port } of backends) {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.end(`${name} ${socket.remoteAddress}\n`);
    });
    server.listen(port, address);
    await once(server, 'listening');
  }
  return true;
}

async function connectOnce({ host, port }) {
  const socket = net.connect({ host, port });
  const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), PATIENCE);
  try {
    let answer = '';
    socket.setEncoding('utf8').on('data', (data) => {
      answer += data;
    });
    await once(socket, 'end');
    if (answer === '') throw new Error('closed without an answer');
    return answer.trimEnd();
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function askAll({ host, port, count, clients, milliseconds }) {
  const answers = {};
  const failed = [];
  const end = milliseconds === undefined ? undefined : Date.now() + milliseconds;
  let asked = 0;
  const more = () => asked < count && (end === undefined || Date.now() < end);
  const client = async () => {
    while (more()) {
      asked += 1;
      await connectOnce({ host, port }).then(
        (answer) => {
          answers[answer] = (answers[answer] ?? 0) + 1;
        },
        ({ message }) => failed.push(message),
      );
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { asked, answers, failed };
}

if (require.main === module) {
  const ACTS = { serve, ask: askAll };
  process.once('message', async (task) => process.send(await ACTS[task.act](task)));
}

module.exports = { ask, startBackends };
