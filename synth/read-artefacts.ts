import { join } from 'node:path';
import type { Artefact } from '../compiler/manifest/artefact';
import { readIfThere } from './output-folder';

/** Artefacts as they stand in an output folder; those that are not there are left out. */
export function readArtefacts(folder: string, artefacts: Iterable<Artefact>): Artefact[] {
  return [...artefacts].flatMap(({ path }) => {
    const text = readIfThere(join(folder, path))?.toString('utf8');
    return text === undefined ? [] : [{ path, text }];
  });
}
