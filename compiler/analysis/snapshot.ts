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

/** Whether a manifest that did not change says something of what changed: who reads a text, who shares a route, what a file is a copy of. */
function neededBy(changed: readonly File[], objects: readonly PlainObject[]): (manifest: File) => boolean {
  const names = new Set(objects.map(({ metadata }) => (metadata as { readonly name?: unknown } | undefined)?.name));
  // Names that Kubernetes has stand in a text as they are. What else stands for a name cannot be found without reading.
  if ([...names].some((name) => !isPlainName(name))) return () => true;
  const stems = new Set(changed.flatMap(({ path }) => stemOf(path) ?? []));
  const isNamed = namedIn(names as ReadonlySet<string>);
  return ({ path, text }) =>
    stems.has(path.replace(/\.k8s\.yaml$/, '')) || text.includes('announcements') || ESCAPE.test(text) || isNamed(text);
}

/** A name that no YAML reader takes for another value: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
function isPlainName(name: unknown): boolean {
  return typeof name === 'string' && /^[a-z][a-z0-9.-]*$/.test(name) && !/^(true|false|null|undefined)$/.test(name);
}

/** In a quoted text of YAML, signs that stand for others: https://yaml.org/spec/1.2.2/#57-escaped-characters */
const ESCAPE = /\\([xuU]|\r?\n)/;

/** More names than this are looked for word by word. */
const FEW_NAMES = 16;

function namedIn(names: ReadonlySet<string>): (text: string) => boolean {
  if (names.size <= FEW_NAMES) {
    const few = [...names];
    return (text) => few.some((name) => text.includes(name));
  }
  return (text) => {
    for (const [word] of text.matchAll(/[a-zA-Z0-9.-]+/g)) if (names.has(word)) return true;
    return false;
  };
}

/** The manifest, without its ending, that a configuration comes with. */
function stemOf(path: string): string | undefined {
  return /^config\/([^/]+)\//.exec(path)?.[1];
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
  // A configuration is a copy of a text in the manifest that it comes with, and of no other.
  const mounted = new Map<string, ReadonlySet<string>>();
  for (const file of artefacts) {
    if (!isManifest(file)) {
      files.set(file.path, file.text);
      continue;
    }
    const own = objectsOf(file);
    objects.push(...own);
    const maps = own.filter(({ kind }) => kind === 'ConfigMap');
    mounted.set(
      file.path.replace(/\.k8s\.yaml$/, ''),
      new Set(maps.flatMap(({ data }) => [...textsByKey(data).values()])),
    );
  }
  const isCopy = (path: string, text: string): boolean => mounted.get(stemOf(path) ?? '')?.has(text) === true;
  return { objects, files: new Map([...files].filter(([path, text]) => !isCopy(path, text))) };
}

/** The texts of a ConfigMap by their keys. */
export function textsByKey(data: unknown): ReadonlyMap<string, string> {
  const texts = Object.entries((data ?? {}) as Readonly<Record<string, unknown>>);
  return new Map(texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
