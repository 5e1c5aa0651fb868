import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NginxBinary, nginxArguments } from '../../judge/nginx';
import { runInSandbox } from '../../judge/sandbox';
import { type CompiledBalancer, SAMPLE_BACKENDS, sampleHost } from './compiled-balancer';

const FOLDER = '/run/lab';
const CONF = `${FOLDER}/nginx.conf`;

/** Where the backends are: behind a link, in a network of their own. */
const BACKENDS = SAMPLE_BACKENDS.map(({ name }, index) => ({ name, address: `fd00::${11 + index}` }));

/** What traffic-lab.cjs is told: which scenario, and its options. */
export interface Scenario {
  readonly scenario: 'tcp' | 'udp' | 'reload' | 'addresses' | 'health' | 'quit';
  readonly protocol?: 'TCP' | 'UDP';
  readonly port?: number;
  readonly [option: string]: unknown;
}

/** Runs a compiled nginx.conf, as it is, in the real nginx with backends and clients around it; what the clients saw. */
export function runTraffic<Seen>(binary: NginxBinary, balancer: CompiledBalancer, scenario: Scenario): Seen {
  const job = { protocol: 'TCP', port: 80, healthPort: 9180, backends: BACKENDS, ...scenario };
  const files = {
    [CONF]: balancer.conf,
    [`${FOLDER}/job.json`]: JSON.stringify({ ...job, nginx: nginxCommand(binary, balancer) }),
    [`${FOLDER}/traffic-lab.cjs`]: sourceOf('traffic-lab.cjs'),
    [`${FOLDER}/traffic-tools.cjs`]: sourceOf('traffic-tools.cjs'),
    [`${FOLDER}/traffic-backends.cjs`]: sourceOf('traffic-backends.cjs'),
  };
  const hosts = Object.fromEntries(BACKENDS.map(({ name, address }) => [sampleHost(name), address]));
  const command = [process.execPath, `${FOLDER}/traffic-lab.cjs`, `${FOLDER}/job.json`];
  const { status, stdout, stderr } = runInSandbox(command, { files, hosts, timeoutMilliseconds: 20_000 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The command of the Deployment, with the path of this binary and of this file, and with the module where stream is one. */
function nginxCommand(binary: NginxBinary, { command }: CompiledBalancer): string[] {
  const [, ...args] = command.map((word) => (word === '/etc/nginx/nginx.conf' ? CONF : word));
  const directives = args.at(-1) ?? '';
  const expected = nginxArguments({ ...binary, streamModule: undefined }, CONF, [directives]);
  if (args.join('\n') !== expected.join('\n')) throw new Error(`not the command expected: ${command.join(' ')}`);
  return [binary.path, ...nginxArguments(binary, CONF, [directives])];
}

function sourceOf(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}
