import { type Snapshot, snapshotOf, snapshotsOf } from '../compiler/analysis/snapshot';
import { type Diagnostic, type Report, severityOf } from '../compiler/diagnostics';
import type { Artefact } from '../compiler/manifest/artefact';
import type { Source } from '../compiler/spec/document';
import { gitFiles } from '../judge/git';
import type { CacheFile } from '../synth/cache-file';
import { holdsArtefacts, isOutputFolder, isThere, readOutputFolder } from '../synth/read-artefacts';
import { readFleet } from '../synth/read-fleet';
import { sumOf } from '../synth/sums-file';
import { type CacheOptions, cacheOf } from './cache';
import { compileWatched } from './compile-watched';
import { CLEAN, exitCodeFor, MISSING_PROGRAM, UNREADABLE, USAGE } from './exit-codes';
import { tellFirstSteps } from './first-steps';
import { readLiveSide } from './live-side';
import { refuse } from './refuse';
import { sourceLines } from './source-lines';
import { tellProblems } from './tell-problems';

/** What the two sides of a comparison are; or the exit code with which reading them ended. */
type Sides = { readonly before: Snapshot; readonly after: Snapshot } | number;

const CLUSTER = 'cluster';

/** Reads both sides. What a cluster has is asked for the objects of the other side. */
export function readSides(before: string, after: string, options: CacheOptions): Sides {
  if (before === CLUSTER && after === CLUSTER) return refuse('a cluster is compared with manifests', USAGE);
  const [first, second] = [before, after].map((side) => (side === CLUSTER ? undefined : readSide(side, options)));
  if (typeof first === 'number') return first;
  if (typeof second === 'number') return second;
  if (first !== undefined && second !== undefined) return bothSides(first, second);
  const known = read((report) => snapshotOf((first ?? second)!.artefacts, report));
  if (typeof known === 'number') return known;
  const live = readLiveSide(known);
  if ('missing' in live) return refuse(`the program "${live.missing}" is missing`, MISSING_PROGRAM);
  if ('problem' in live) return refuse(live.problem, UNREADABLE);
  const { notLookedAt } = (first ?? second)!;
  const plain = { objects: known.objects, files: new Map<string, string>(), notLookedAt };
  return first === undefined ? { before: live, after: plain } : { before: plain, after: live };
}

/** What both sides have is not read: a fleet is large, and a change is small. */
function bothSides(first: Side, second: Side): Sides {
  const before = sharing(first.artefacts, second.artefacts);
  const snapshots = read((report) => snapshotsOf(before, sharing(second.artefacts, before), report));
  if (typeof snapshots === 'number') return snapshots;
  return {
    before: { ...snapshots[0], notLookedAt: first.notLookedAt },
    after: { ...snapshots[1], notLookedAt: second.notLookedAt },
  };
}

/** The same artefacts; the text of one that is only known by its sum is taken from the other side, if that has it. */
function sharing(artefacts: readonly Artefact[], others: readonly Artefact[]): readonly Artefact[] {
  const texts = new Map(others.flatMap((other) => (other.sum === undefined ? [[other.path, other]] : [])));
  return artefacts.map((artefact) => {
    const other = artefact.sum === undefined ? undefined : texts.get(artefact.path);
    return other !== undefined && sumOf(other.text) === artefact.sum ? other : artefact;
  });
}

/** Artefacts as somebody has them: a file that is broken must not count as one without objects. */
function read<T>(make: (report: Report) => T): T | number {
  const diagnostics: Diagnostic[] = [];
  const made = make((diagnostic) => diagnostics.push(diagnostic));
  // Without lines: a path names a file of either side.
  tellProblems(diagnostics, sourceLines());
  const status = exitCodeFor(diagnostics, 'error');
  return status === CLEAN ? made : status;
}

/** Artefacts of a side, and what of it was not read. */
interface Side {
  readonly artefacts: readonly Artefact[];
  readonly notLookedAt: readonly string[];
}

function readSide(side: string, options: CacheOptions): Side | number {
  const colon = side.indexOf(':');
  // A file or a folder of that name is what was meant; Git takes ./ and absolute paths for paths too.
  if (colon > 0 && !isThere(side)) return readRevision(side.slice(0, colon), side.slice(colon + 1), options);
  if (side !== '-' && isOutputFolder(side)) return { artefacts: readOutputFolder(side), notLookedAt: [] };
  const diagnostics: Diagnostic[] = [];
  const sources = [...readFleet([side], (diagnostic) => diagnostics.push(diagnostic))];
  return compiled(side, sources, diagnostics, [], cacheOf([side], options));
}

function readRevision(revision: string, path: string, options: CacheOptions): Side | number {
  const read = gitFiles(revision, path === '' ? '.' : path, (paths) => (isOutput(paths) ? isArtefact : isSpec));
  if ('missing' in read) return refuse(`the program "${read.missing}" is missing`, MISSING_PROGRAM);
  if ('problem' in read) return refuse(read.problem, UNREADABLE);
  const { files, leftOut } = read;
  if (isOutput(files.map((file) => file.path))) return { artefacts: files, notLookedAt: leftOut };
  const named = files.map(({ path: own, text }) => {
    return { file: [`${revision}:${path}`, own].filter(Boolean).join('/'), text };
  });
  return compiled(revision, named, [], leftOut, cacheOf([`${revision}:${path}`], options));
}

/** Whether artefacts stand in the folder itself, not in one below it. */
function isOutput(paths: readonly string[]): boolean {
  return holdsArtefacts(paths.filter((path) => !path.includes('/')));
}

/** A file of specs; or the path itself, whatever it is called. */
function isSpec(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path) || path === '';
}

function isArtefact(path: string): boolean {
  return /^[^/]+\.k8s\.yaml$|^config\//.test(path);
}

function compiled(
  side: string,
  sources: readonly Source[],
  unreadable: readonly Diagnostic[],
  notLookedAt: readonly string[],
  cache: CacheFile | undefined,
): Side | number {
  const lines = sourceLines();
  const { artefacts, diagnostics } = compileWatched(lines.watch(sources), cache?.open);
  cache?.save();
  const errors = [...unreadable, ...diagnostics].filter(({ code }) => severityOf(code) === 'error');
  tellProblems(errors, lines);
  tellFirstSteps([side], errors);
  return errors.length > 0 ? exitCodeFor(errors, 'error') : { artefacts, notLookedAt };
}
