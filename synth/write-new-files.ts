import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../compiler/diagnostics';
import type { Files } from '../compiler/manifest/config-map';
import { leavesWorkingFolder } from './working-folder';

/** Writes files into a folder, all or none: one that is there already is reported, and then nothing is written. */
export function writeNewFiles(folder: string, files: Files, report: Report): void {
  if (leavesWorkingFolder(folder)) {
    const message = 'a symbolic link leads out of the working folder';
    report({ code: 'BAL5003', message, location: { file: folder, pointer: '' } });
    return;
  }
  const taken = Object.keys(files).filter((name) => lstatSync(join(folder, name), { throwIfNoEntry: false }));
  for (const name of taken) {
    report({ code: 'BAL5002', message: 'a file is in the way', location: { file: join(folder, name), pointer: '' } });
  }
  if (taken.length > 0) return;
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { flag: 'wx' });
  } catch (error) {
    report({ code: 'BAL5001', message: (error as Error).message, location: { file: folder, pointer: '' } });
  }
}
