import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

/** Runs git in a folder, as nobody in particular; what it says. */
export function git(folder: string, ...args: readonly string[]): string {
  const own = ['user.name=t', 'user.email=t@example.com', 'init.defaultBranch=main', 'protocol.file.allow=always'];
  const all = [...own.flatMap((setting) => ['-c', setting]), ...args];
  const { status, stdout, stderr } = spawnSync('git', all, { cwd: folder, encoding: 'utf8' });
  expect(status, `${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout.trim();
}
