import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The built command, as `bin` names it. */
export const COMMAND = join(__dirname, '../lib/cli/balancer.js');

/** How a run of the command ended, and all that it said. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in a folder, as a user would. */
export function balancer(cwd: string, args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** What the built command says where its standard output is a terminal. */
export function balancerOnTerminal(cwd: string, words: string, env: NodeJS.ProcessEnv = process.env): string {
  const line = `'${process.execPath}' '${COMMAND}' ${words}`;
  return spawnSync('script', ['-qec', line, '/dev/null'], { cwd, env, encoding: 'utf8' }).stdout;
}

/** A folder for one test; it goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'balancer-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A small Balancer as YAML. */
export function balancerYaml(name: string, backends: readonly string[] = ['v1'], weight = 1): string {
  const items = backends.map((backend) => `    - {name: ${backend}, weight: ${weight}, selector: {app: ${backend}}}\n`);
  return [
    'apiVersion: exposer.hliangzhao.io/v1alpha1\n',
    'kind: Balancer\n',
    `metadata: {name: ${name}}\n`,
    'spec:\n  ports: [{port: 80}]\n  backends:\n',
    ...items,
  ].join('');
}
