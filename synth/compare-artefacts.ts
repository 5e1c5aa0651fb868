import { join } from 'node:path';
import type { Artefact } from '../compiler/manifest/artefact';
import { isInterrupted } from './journal';
import { readIfThere, readSums } from './output-folder';

/** How an output folder differs from what its specs say. */
export interface Drift {
  readonly path: string;
  /** `missing`: not there; `changed`: other text; `stale`: we wrote it once, and no spec makes it any more. */
  readonly state: 'missing' | 'changed' | 'stale';
}

/** Compares artefacts with a folder and changes nothing. */
export function compareArtefacts(
  folder: string,
  artefacts: Iterable<Artefact>,
): { readonly drift: readonly Drift[]; readonly interrupted: boolean } {
  const drift: Drift[] = [];
  const wanted = new Set<string>();
  for (const { path, text } of artefacts) {
    wanted.add(path);
    const bytes = readIfThere(join(folder, path));
    if (bytes === undefined) drift.push({ path, state: 'missing' });
    else if (!bytes.equals(Buffer.from(text))) drift.push({ path, state: 'changed' });
  }
  for (const path of readSums(folder).keys()) {
    if (!wanted.has(path) && readIfThere(join(folder, path))) drift.push({ path, state: 'stale' });
  }
  return { drift, interrupted: isInterrupted(folder) };
}
