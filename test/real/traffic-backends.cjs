// The backends of traffic-lab.cjs: in a network of their own, like Pods, so that they may listen on the ports of nginx.
const { execFileSync, spawn } = require('node:child_process');
const dgram = require('node:dgram');
const { once } = require('node:events');
const net = require('node:net');

/** The name of the link to the network of nginx, at both ends. */
const LINK = 'lab';

/** Starts the backends in a process and a network of their own; what it returns tells them what to do. */
async function startBackends({ backends, port, protocol }) {
  const child = spawn('unshare', ['--net', process.execPath, __filename], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`the backends ended: ${status}`);
  });
  ended.catch(() => {});
  const ask = async (request) => {
    child.send(request);
    const [answer] = await Promise.race([once(child, 'message'), ended]);
    return answer;
  };
  await ask({ act: 'enter' });
  ip('link', 'add', LINK, 'type', 'veth', 'peer', 'name', LINK, 'netns', String(child.pid));
  addAddresses(['fd00::1']);
  await ask({ act: 'listen', backends, port, protocol });
  return { close: (names) => ask({ act: 'close', names }), connections: () => ask({ act: 'count' }) };
}

function addAddresses(addresses) {
  ip('link', 'set', LINK, 'up');
  for (const address of addresses) ip('-6', 'address', 'add', `${address}/64`, 'dev', LINK, 'nodad');
}

function ip(...args) {
  execFileSync('ip', args);
}

/**
 * A TCP backend: for the line "name" it answers its name and the PROXY protocol header that it got, and closes; for any
 * other line it answers the line and stays. Counts its connections.
 */
async function tcpBackend({ name, address }, port) {
  const sockets = new Set();
  const backend = { name, connections: 0 };
  const server = net.createServer((socket) => {
    backend.connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    answerLines(socket, name);
  });
  server.listen(port, address);
  await once(server, 'listening');
  backend.close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return backend;
}

function answerLines(socket, name) {
  let text = '';
  let header = '';
  socket.on('data', (data) => {
    text += data;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n')) {
      const line = text.slice(0, end).trimEnd();
      text = text.slice(end + 1);
      if (line.startsWith('PROXY ')) header = ` ${line}`;
      else if (line === 'name') socket.end(`${name}${header}\n`);
      else socket.write(`${line}\n`);
    }
  });
}

/** A UDP backend that answers each datagram with its name. */
async function udpBackend({ name, address }, port) {
  const backend = { name, connections: 0 };
  const socket = dgram.createSocket('udp6');
  socket.on('message', (_, { port: from, address: to }) => {
    backend.connections++;
    socket.send(name, from, to);
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  backend.close = () => new Promise((resolve) => socket.close(resolve));
  return backend;
}

/** What the process of the backends does when it is asked. */
function actions() {
  const running = [];
  return {
    enter: async () => {},
    async listen({ backends, port, protocol }) {
      addAddresses(backends.map(({ address }) => address));
      const start = protocol === 'UDP' ? udpBackend : tcpBackend;
      for (const backend of backends) running.push(await start(backend, port));
    },
    async close({ names }) {
      for (const { name, close } of running) if (names.includes(name)) await close();
    },
    count: async () => running.reduce((sum, { connections }) => sum + connections, 0),
  };
}

if (require.main === module) {
  const act = actions();
  process.on('message', async (request) => process.send((await act[request.act](request)) ?? null));
}

module.exports = { startBackends };
