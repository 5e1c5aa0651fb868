import { spawnSync } from 'node:child_process';
import { findProgram } from '../../judge/find-program';
import { listedBinaries, nginxBinaries } from '../../judge/nginx';
import { sandboxProblem } from '../../judge/sandbox';

/** The programs that judge, by the name in messages. */
export type ProgramName = 'nginx' | 'unshare' | 'ip' | 'kubectl';

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
  return [...nginxes(env), unshare(env), plain('ip', ['-V'], env), plain('kubectl', ['version', '--client'], env)];
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

function plain(name: ProgramName, args: readonly string[], env: Environment): RealProgram {
  const path = findProgram(name, env);
  if (path === undefined) return { name };
  const { stdout } = spawnSync(path, args, { encoding: 'utf8', timeout: 5000 });
  return { name, path, version: /\d+(?:\.\d+)+/.exec(stdout ?? '')?.[0] };
}
