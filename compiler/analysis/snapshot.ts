import type { Report } from '../diagnostics';
import type { PlainObject } from '../spec/leaf-differences';
import { load } from '../spec/load';
import { settledObjects } from './settled-objects';

/** What a fleet becomes, or what a cluster has: to be compared with another. */
export interface Snapshot {
  readonly objects: readonly PlainObject[];
  /** Texts of plain configurations by path; of those that a ConfigMap holds too, none. */
  readonly files: ReadonlyMap<string, string>;
  /** What stays in a cluster when the other side is applied, and why: by the name of an object, a blank, and a pointer. */
  readonly staying?: ReadonlyMap<string, string>;
  /** What may be there and was not read. @default nothing */
  readonly notLookedAt?: readonly string[];
}

/** A file of an output folder. */
interface File {
  readonly path: string;
  readonly text: string;
}

/** A snapshot of artefacts. What cannot be read as YAML is reported. */
export function snapshotOf(artefacts: Iterable<File>, report: Report): Snapshot {
  return snapshot(artefacts, (manifest) => objectsIn(manifest, report));
}

/**
 * Two snapshots of what differs, and of the manifests that have to do with it: comparing them finds what comparing all finds.
 * A manifest that is the same on both sides is read only if it has an object, or the name of an object, of one that is not.
 */
export function snapshotsOf(
  before: readonly File[],
  after: readonly File[],
  report: Report,
): readonly [before: Snapshot, after: Snapshot] {
  const old = new Map(before.map(({ path, text }) => [path, text]));
  const same = new Map(after.flatMap(({ path, text }) => (old.get(path) === text ? [[path, text]] : [])));
  const changed = [...before, ...after].filter(({ path }) => !same.has(path));
  // A manifest is read once, also where it stands on both sides.
  const read = new Map<string, readonly PlainObject[]>();
  const objects = ({ path, text }: File): readonly PlainObject[] => {
    const known = read.get(text);
    if (known !== undefined) return known;
    const found = objectsIn({ path, text }, report);
    read.set(text, found);
    return found;
  };
  const isNeeded = neededBy(changed, changed.filter(isManifest).flatMap(objects));
  const ofSide = (files: readonly File[]): Snapshot =>
    snapshot(
      files.filter((file) => !same.has(file.path) || !isManifest(file) || isNeeded(file)),
      objects,
    );
  return [ofSide(before), ofSide(after)];
}

/** The names in a manifest, however it is written. */
const NAMES = /ame["']?:\s*["']?([^\s"',}]+)/g;

/** Whether a manifest that did not change says something of what changed: who reads a text, who shares a route, what a file is a copy of. */
function neededBy(changed: readonly File[], objects: readonly PlainObject[]): (manifest: File) => boolean {
  const names = new Set(objects.map(({ metadata }) => (metadata as { readonly name?: unknown } | undefined)?.name));
  const stems = new Set(changed.map(({ path }) => /^config\/([^/]+)\//.exec(path)?.[1]));
  return ({ path, text }) =>
    stems.has(path.replace(/\.k8s\.yaml$/, '')) ||
    text.includes('announcements') ||
    (names.size > 0 && hasOneOf(names, text));
}

function hasOneOf(names: ReadonlySet<unknown>, text: string): boolean {
  for (const [, name] of text.matchAll(NAMES)) if (names.has(name)) return true;
  return false;
}

function isManifest({ path }: File): boolean {
  return path.endsWith('.yaml');
}

function objectsIn({ path, text }: File, report: Report): PlainObject[] {
  return [...load([{ file: path, text }], report)].flatMap(({ value }) => settledObjects(value));
}

function snapshot(artefacts: Iterable<File>, objectsOf: (manifest: File) => readonly PlainObject[]): Snapshot {
  const objects: PlainObject[] = [];
  const files = new Map<string, string>();
  for (const file of artefacts) {
    if (isManifest(file)) objects.push(...objectsOf(file));
    else files.set(file.path, file.text);
  }
  const mounted = new Set(
    objects.filter(({ kind }) => kind === 'ConfigMap').flatMap(({ data }) => [...textsByKey(data).values()]),
  );
  return { objects, files: new Map([...files].filter(([, text]) => !mounted.has(text))) };
}

/** The texts of a ConfigMap by their keys. */
export function textsByKey(data: unknown): ReadonlyMap<string, string> {
  const texts = Object.entries((data ?? {}) as Readonly<Record<string, unknown>>);
  return new Map(texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
