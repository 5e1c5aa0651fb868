import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where system programs are, also for users whose PATH does not say so. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/** The absolute path of a program, from PATH and the folders of system programs; undefined when it is missing. */
export function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  const folders = [...(env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
