// Clients and nginx for traffic-lab.cjs. Plain JavaScript: `node` runs it inside of the namespaces.
const { spawn } = require('node:child_process');
const dgram = require('node:dgram');
const { once } = require('node:events');
const net = require('node:net');

/** Longest time for an answer, and for nginx to start or end. */
const PATIENCE = 3000;

/** What `work` gives, or an error after `PATIENCE`. */
async function inTime(what, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${PATIENCE} ms`)), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Asks until the answer is no longer undefined. */
async function poll(what, ask) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what}: not within ${PATIENCE} ms`);
}

/** What comes back over a new TCP connection until its end; rejects where nothing does. */
async function askTcp({ port, localAddress, text = 'name\n' }) {
  const socket = net.connect({ host: '127.0.0.1', port, localAddress });
  try {
    let answer = '';
    socket.setEncoding('utf8').on('data', (data) => {
      answer += data;
    });
    socket.write(text);
    await inTime(`TCP port ${port}`, once(socket, 'end'));
    if (answer === '') throw new Error(`TCP port ${port}: closed without an answer`);
    return answer.trimEnd();
  } finally {
    socket.destroy();
  }
}

/**
 * The answer to one datagram from a new socket. `from` is its port: one that the kernel chose might be that of an earlier
 * socket, whose session nginx goes on with.
 */
async function askUdp({ port, from }) {
  const socket = dgram.createSocket('udp4');
  try {
    socket.bind(from);
    socket.send('name', port, '127.0.0.1');
    const [answer] = await inTime(`UDP port ${port}`, once(socket, 'message'));
    return String(answer);
  } finally {
    socket.close();
  }
}

/** A TCP connection that stays: `ask` sends a line and waits for the same line. */
async function openConnection(port) {
  const socket = net.connect({ host: '127.0.0.1', port });
  let text = '';
  socket.setEncoding('utf8').on('data', (data) => {
    text += data;
  });
  socket.on('error', () => {});
  const ask = async (line) => {
    text = '';
    socket.write(`${line}\n`);
    return poll(`open connection, line "${line}"`, () => (text.endsWith('\n') ? text.trimEnd() : undefined));
  };
  return { ask, close: () => socket.destroy() };
}

/** nginx in the foreground, as in a Pod; returns when its health port answers. */
async function startNginx([program, ...args], healthPort) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const nginx = { child, log: '', ended: once(child, 'exit') };
  child.stderr.setEncoding('utf8').on('data', (data) => {
    nginx.log += data;
  });
  await poll('start of nginx', async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${nginx.log}`);
    return askTcp({ port: healthPort, text: '' }).catch(() => undefined);
  });
  return nginx;
}

module.exports = { askTcp, askUdp, inTime, openConnection, poll, startNginx };
