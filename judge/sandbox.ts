import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { findProgram } from './find-program';

/** What a command finds in its sandbox. */
interface SandboxOptions {
  /** Texts of files by absolute path; all of them below /run, which is empty otherwise. */
  readonly files?: Readonly<Record<string, string>>;
  /** Addresses by name: the whole of /etc/hosts. @default none */
  readonly hosts?: Readonly<Record<string, string>>;
  /** The whole of /etc/resolv.conf. @default empty */
  readonly resolvConf?: string;
  /** Time after which the command and everything that it started is killed. @default 10000 */
  readonly timeoutMilliseconds?: number;
}

/** How a command ended. */
export interface SandboxRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** First line on standard output: from here on it is the command that speaks. */
const READY = 'sandbox ready';

/**
 * Runs as the first process of the new namespaces, in the temporary folder: it stays reachable there after /tmp is covered.
 * A resolv.conf may be a link into /run. Addresses of other machines may be listened on. What the host has stays read-only.
 */
const SETUP = `set -e
cd "$1"; shift
for folder in /run /tmp /var/tmp /var/log /var/lib/nginx; do
  [ ! -d "$folder" ] || mount -t tmpfs tmpfs "$folder"
done
mkdir -p /run/nginx /var/log/nginx
cp -R files/run/. /run
for name in hosts resolv.conf; do
  target=$(readlink -m "/etc/$name")
  [ -e "$target" ] || { mkdir -p "$(dirname "$target")"; : > "$target"; }
  cp "$name" "/run/$name"
done
for family in ipv4 ipv6; do
  { echo 1 > "/proc/sys/net/$family/ip_nonlocal_bind"; } 2> /dev/null || :
done
while read -r _ point _; do
  case "$point/" in
    /proc/* | /sys/* | /dev/* | /run/* | /tmp/* | /var/tmp/* | /var/log/* | /var/lib/nginx/*) ;;
    *) mount -o remount,bind,ro "$(printf '%b' "$point")" 2> /dev/null || : ;;
  esac
done < /proc/self/mounts
for name in hosts resolv.conf; do mount --bind "/run/$name" "$(readlink -m "/etc/$name")"; done
cd /
echo '${READY}'
exec "$@"
`;

/**
 * Runs a command in mount, network and process namespaces of its own: it sees the host's files but changes none, reaches
 * no network and no name server, and nothing that it started outlives it. Works for root and for ordinary users.
 * Throws where the sandbox cannot be made, and where the command does not end in time.
 */
export function runInSandbox(command: readonly string[], options: SandboxOptions = {}): SandboxRun {
  const folder = mkdtempSync(join(tmpdir(), 'balancer-judge-'));
  try {
    writeInputs(folder, options);
    return run(folder, command, options.timeoutMilliseconds ?? 10_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a path is below one of the folders that are empty in a sandbox. */
export function isCovered(path: string): boolean {
  return /^\/(run|tmp|var\/tmp|var\/log)\//.test(path);
}

/** Why no sandbox can be made on this machine; undefined where it can. */
export function sandboxProblem(): string | undefined {
  try {
    runInSandbox(['true']);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function writeInputs(folder: string, { files = {}, hosts = {}, resolvConf = '' }: SandboxOptions): void {
  mkdirSync(join(folder, 'files/run'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    if (!normalize(path).startsWith('/run/')) throw new Error(`"${path}" is not below /run`);
    mkdirSync(dirname(join(folder, 'files', path)), { recursive: true });
    writeFileSync(join(folder, 'files', path), text);
  }
  const lines = Object.entries(hosts).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(join(folder, 'hosts'), lines.join(''));
  writeFileSync(join(folder, 'resolv.conf'), resolvConf);
}

function run(folder: string, command: readonly string[], timeout: number): SandboxRun {
  const unshare = findProgram('unshare', process.env);
  if (unshare === undefined) throw new Error('no sandbox: the program "unshare" is missing');
  const args = [...namespaces(), '/bin/sh', '-c', SETUP, 'sandbox', folder, ...command];
  // Files, not pipes: nginx opens /dev/stdout by its name, which the sockets that Node uses for pipes do not allow.
  const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
  const fds = [stdout, stderr].map((path) => openSync(path, 'a'));
  const env = { PATH: `${process.env.PATH ?? ''}:/usr/bin:/bin:/usr/sbin:/sbin`, LC_ALL: 'C' };
  const ended = spawnSync(unshare, args, { stdio: ['ignore', ...fds], timeout, killSignal: 'SIGKILL', env, cwd: '/' });
  fds.forEach(closeSync);
  const output = { stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') };
  if (!output.stdout.startsWith(`${READY}\n`)) throw new Error(`no sandbox: ${output.stderr || ended.error?.message}`);
  if (ended.status === null) throw new Error(`${command.join(' ')}: ${ended.error ?? ended.signal}\n${output.stderr}`);
  return { status: ended.status, stdout: output.stdout.slice(READY.length + 1), stderr: output.stderr };
}

/** An ordinary user needs a user namespace too, but must stay the same user in it: as its root nginx' workers die on initgroups. */
function namespaces(): string[] {
  const own = ['--mount', '--net', '--pid', '--fork', '--kill-child'];
  return process.geteuid?.() === 0 ? own : ['--user', '--map-current-user', '--keep-caps', ...own];
}
