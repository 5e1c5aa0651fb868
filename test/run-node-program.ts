import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './run-balancer';

const MODULES = join(__dirname, '../node_modules');

/** A folder for one test, with the packages of the project. */
export function folderWithPackages(): string {
  const folder = temporaryFolder();
  symlinkSync(MODULES, join(folder, 'node_modules'));
  return folder;
}

/** Runs a program of node_modules, without its look for news on the network. */
export function runNodeProgram(cwd: string, program: string, args: readonly string[]): void {
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', HOME: cwd };
  try {
    execFileSync(join(MODULES, '.bin', program), args, { cwd, env, stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: Buffer; readonly stderr?: Buffer };
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
