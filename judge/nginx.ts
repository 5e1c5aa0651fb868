import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasFeature, parseVersion } from '../compiler/model/balancer/nginx-version';
import { findProgram } from './find-program';
import { runInSandbox } from './sandbox';

/** An nginx that can judge stream configurations. */
export interface NginxBinary {
  readonly path: string;
  /** Such as "1.22.1". */
  readonly version: string;
  /** The module to load first; absent where stream is built in. */
  readonly streamModule?: string;
}

/** What nginx says about a configuration. */
type NginxJudgement = { readonly ok: true } | { readonly ok: false; readonly problems: readonly NginxProblem[] };

/** Why nginx refuses a configuration. */
interface NginxProblem {
  /** Line of nginx.conf, from 1; absent where nginx names none. */
  readonly line?: number;
  readonly message: string;
}

/** Environment variable with more nginx binaries, separated like in PATH. */
const MORE_BINARIES = 'BALANCER_NGINX';

const CONF = '/run/judge/nginx.conf';

/** What find-resolver would have written in a Pod. */
const RESOLVER = { '/run/nginx/resolver.conf': 'resolver 127.0.0.1;\n' };

/** The nginx of PATH and those that BALANCER_NGINX lists, as far as they exist and know stream. */
export function nginxBinaries(env: Readonly<Record<string, string | undefined>>): NginxBinary[] {
  const paths = ['nginx', ...listedBinaries(env)].map((name) => findProgram(name, env));
  return [...new Set(paths.filter((path) => path !== undefined))]
    .map(nginxBinary)
    .filter((binary) => binary !== undefined);
}

/** The paths in BALANCER_NGINX, whether there or not. */
export function listedBinaries(env: Readonly<Record<string, string | undefined>>): string[] {
  return (env[MORE_BINARIES] ?? '').split(delimiter).filter((path) => path !== '');
}

function nginxBinary(path: string): NginxBinary | undefined {
  const { stderr } = spawnSync(path, ['-V'], { encoding: 'utf8', timeout: 5000 });
  const version = /^nginx version: \S+?\/(\d+\.\d+\.\d+)/m.exec(stderr ?? '')?.[1];
  const stream = / --with-stream(=dynamic)?(?=\s)/.exec(stderr ?? '');
  if (version === undefined || stream === null) return undefined;
  if (stream[1] === undefined) return { path, version };
  const folder = / --modules-path=(\S+)/.exec(stderr)?.[1] ?? '/usr/lib/nginx/modules';
  const streamModule = join(folder, 'ngx_stream_module.so');
  return existsSync(streamModule) ? { path, version, streamModule } : undefined;
}

/** Arguments that run a configuration with nothing added to its text. `directives` are more for `-g`. */
export function nginxArguments(binary: NginxBinary, conf: string, directives: readonly string[] = []): string[] {
  const { version, streamModule } = binary;
  const all = [...(streamModule === undefined ? [] : [`load_module ${streamModule};`]), ...directives];
  const errors = hasFeature(parseVersion(version), 'errorLogFlag') ? ['-e', 'stderr'] : [];
  return [...errors, '-c', conf, ...(all.length === 0 ? [] : ['-g', all.join(' ')])];
}

/**
 * Asks nginx (`nginx -t`) whether it would start with a configuration, in a sandbox where every upstream host resolves:
 * nginx -t binds the listeners, resolves the hosts and opens the logs. https://nginx.org/en/docs/switches.html
 * `files` are more files by absolute path below /run. Throws where there is no sandbox.
 */
export function judgeNginxConf(
  binary: NginxBinary,
  conf: string,
  { files = {} }: { readonly files?: Readonly<Record<string, string>> } = {},
): NginxJudgement {
  const command = [binary.path, '-t', ...nginxArguments(binary, CONF)];
  const hosts = Object.fromEntries(upstreamHosts(conf).map((host) => [host, '127.0.0.1']));
  const { status, stderr } = runInSandbox(command, { files: { ...RESOLVER, ...files, [CONF]: conf }, hosts });
  if (status === 0) return { ok: true };
  const problems = problemsIn(stderr);
  return { ok: false, problems: problems.length > 0 ? problems : [{ message: stderr.trim() || `status ${status}` }] };
}

/** The names that nginx looks up at its start: only what may stand in /etc/hosts, the rest is for nginx to refuse. */
function upstreamHosts(conf: string): string[] {
  const targets = [...conf.matchAll(/\b(?:server|proxy_pass)\s+([^\s;{}]+)/g)].map(([, target = '']) => target);
  const hosts = targets.map((target) => target.replace(/:\d+$/, ''));
  return [...new Set(hosts)].filter((host) => /^[A-Za-z0-9_.-]+$/.test(host) && !/^[\d.]+$/.test(host));
}

/** Once nginx has read its configuration it says the same twice: to standard error, and to its log. */
function problemsIn(stderr: string): NginxProblem[] {
  const said = stderr.matchAll(/ ?\[(?:emerg|alert|crit|error)\] (?:\d+#\d+: )?(.*)$/gm);
  return [...new Set(Array.from(said, ([, text = '']) => text))].map((text) => {
    const place = / in (\S+):(\d+)$/.exec(text);
    if (place === null || place[1] !== CONF) return { message: text };
    return { line: Number(place[2]), message: text.slice(0, place.index) };
  });
}
