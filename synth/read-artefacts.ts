import { existsSync, readdirSync, statSync } from 'node:fs';
import type { Artefact } from '../compiler/manifest/artefact';
import { readBelow } from './output-folder';
import { KUSTOMIZATION_FILE, readList, SUMS_FILE } from './sums-file';

/** Artefacts as they stand in an output folder; those that are not there are left out. */
export function readArtefacts(folder: string, artefacts: Iterable<Artefact>): Artefact[] {
  return [...artefacts].flatMap(({ path }) => {
    const text = readBelow(folder, path)?.toString('utf8');
    return text === undefined ? [] : [{ path, text }];
  });
}

/** Whether a folder holds artefacts, and no specs. */
export function holdsArtefacts(names: Iterable<string>): boolean {
  return [...names].some((name) => name === SUMS_FILE || name.endsWith('.k8s.yaml'));
}

/** All artefacts of an output folder, by its list and by the names of manifests. Links are not followed. */
export function readOutputFolder(folder: string): Artefact[] {
  const listed = [...readList(folder).sums.keys()].filter((path) => path !== KUSTOMIZATION_FILE);
  const manifests = readdirSync(folder).filter((name) => name.endsWith('.k8s.yaml'));
  const paths = [...new Set([...listed, ...manifests])].sort();
  return readArtefacts(
    folder,
    paths.map((path) => ({ path, text: '' })),
  );
}

/** Whether a path is a folder with artefacts. */
export function isOutputFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true && holdsArtefacts(readdirSync(path));
}

/** Whether a path leads to anything. */
export function isThere(path: string): boolean {
  return existsSync(path);
}
