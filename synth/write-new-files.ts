import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../compiler/diagnostics';
import type { Files } from '../compiler/manifest/config-map';

/** Writes files into a folder, all or none: one that is there already is reported, and then nothing is written. */
export function writeNewFiles(folder: string, files: Files, report: Report): void {
  const taken = Object.keys(files).filter((name) => existsSync(join(folder, name)));
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
