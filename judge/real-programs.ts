import { spawnSync } from 'node:child_process';
import { findProgram } from './find-program';
import { listedBinaries, nginxBinaries } from './nginx';
import { sandboxProblem } from './sandbox';

/** The programs that judge, by the name in messages. */
export type ProgramName =
  | 'nginx'
  | 'unshare'
  | 'ip'
  | 'nft'
  | 'kubectl'
  | 'openssl'
  | 'gobgpd'
  | 'gobgp'
  | 'bird2'
  | 'bird1'
  | 'vtysh'
  | 'bgpd';

/** A program that was looked for. */
export interface RealProgram {
  readonly name: ProgramName;
  /** Absent where it is missing. */
  readonly path?: string;
  readonly version?: string;
  /** Why it counts as missing. */
  readonly problem?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Which programs there are; a path in BALANCER_NGINX that is no nginx with stream is a missing one. */
export function realPrograms(env: Environment): RealProgram[] {
  return [
    ...nginxes(env),
    unshare(env),
    plain('ip', ['-V'], env),
    plain('nft', ['--version'], env),
    plain('kubectl', ['version', '--client'], env),
    plain('openssl', ['version'], env),
    plain('gobgpd', ['--version'], env),
    plain('gobgp', ['--version'], env),
    bird('bird2', 'bird', env),
    bird('bird1', env.BALANCER_BIRD1 ?? BIRD1, env),
    plain('vtysh', ['--help'], env),
    plain('bgpd', ['-v'], env, ['/usr/lib/frr/bgpd']),
  ];
}

/** Where scripts/install-judges.sh unpacks BIRD 1.6: Debian does not install it beside BIRD 2. */
const BIRD1 = '/usr/local/lib/balancer-judges/bird1/usr/sbin/bird';

/** BIRD of one major version; both print it to standard error. */
function bird(name: 'bird1' | 'bird2', file: string, env: Environment): RealProgram {
  const path = findProgram(file, env);
  if (path === undefined) return { name };
  const { stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 5000 });
  const version = /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0];
  return version?.startsWith(name.slice(-1))
    ? { name, path, version }
    : { name, problem: `${path} is BIRD ${version}` };
}

/** Those of the needed programs that are missing. */
export function missingPrograms(programs: readonly RealProgram[], needed: readonly ProgramName[]): string[] {
  return programs.filter(({ name, path }) => needed.includes(name) && path === undefined).map(describeProgram);
}

/** A program in a few words. */
export function describeProgram({ name, path, version, problem }: RealProgram): string {
  if (path === undefined) return problem === undefined ? name : `${name} (${problem})`;
  return `${name} ${version ?? '?'} (${path})`;
}

function nginxes(env: Environment): RealProgram[] {
  const found = nginxBinaries(env);
  const absent = listedBinaries(env).filter((listed) => found.every(({ path }) => path !== listed));
  const programs: RealProgram[] = [
    ...found.map(({ path, version }) => ({ name: 'nginx' as const, path, version })),
    ...absent.map((path) => ({ name: 'nginx' as const, problem: `${path} is no nginx with stream` })),
  ];
  return programs.length > 0 ? programs : [{ name: 'nginx', problem: 'with its stream module' }];
}

/** On some machines the program is there, and namespaces are forbidden. */
function unshare(env: Environment): RealProgram {
  const program = plain('unshare', ['--version'], env);
  const problem = program.path === undefined ? undefined : sandboxProblem();
  return problem === undefined ? program : { name: 'unshare', problem: problem.trim() };
}

function plain(
  name: ProgramName,
  args: readonly string[],
  env: Environment,
  files: readonly string[] = [name],
): RealProgram {
  const path = files.map((file) => findProgram(file, env)).find((found) => found !== undefined);
  if (path === undefined) return { name };
  const { stdout } = spawnSync(path, args, { encoding: 'utf8', timeout: 5000 });
  return { name, path, version: /\d+(?:\.\d+)+/.exec(stdout ?? '')?.[0] };
}
