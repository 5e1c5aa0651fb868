import { nameOfObject } from '../compiler/analysis/impact/object-names';
import { projectObject } from '../compiler/analysis/project-object';
import { settledObjects } from '../compiler/analysis/settled-objects';
import { type Snapshot, snapshotOf, snapshotsOf } from '../compiler/analysis/snapshot';
import { type Diagnostic, type Report, severityOf } from '../compiler/diagnostics';
import { visible } from '../compiler/diagnostics/show-controls';
import type { Artefact } from '../compiler/manifest/artefact';
import type { KubernetesObject } from '../compiler/manifest/k8s';
import { printDocuments } from '../compiler/manifest/yaml/yaml-writer';
import type { Source } from '../compiler/spec/document';
import { clusterObjects } from '../judge/cluster';
import { gitFiles } from '../judge/git';
import { holdsArtefacts, isOutputFolder, isThere, readOutputFolder } from '../synth/read-artefacts';
import { readFleet } from '../synth/read-fleet';
import { compileWatched } from './compile-watched';
import { CLEAN, exitCodeFor, UNREADABLE, USAGE } from './exit-codes';
import { tellFirstSteps } from './first-steps';
import { sourceLines } from './source-lines';
import { tellProblems } from './tell-problems';

/** What the two sides of a comparison are; or the exit code with which reading them ended. */
export type Sides = { readonly before: Snapshot; readonly after: Snapshot } | number;

const CLUSTER = 'cluster';

/** Reads both sides. What a cluster has is asked for the objects of the other side. */
export function readSides(before: string, after: string): Sides {
  if (before === CLUSTER && after === CLUSTER) return refuse('a cluster is compared with manifests', USAGE);
  const [first, second] = [before, after].map((side) => (side === CLUSTER ? undefined : readSide(side)));
  if (typeof first === 'number') return first;
  if (typeof second === 'number') return second;
  if (first !== undefined && second !== undefined) return bothSides(first, second);
  const known = read((report) => snapshotOf((first ?? second)!, report));
  if (typeof known === 'number') return known;
  const live = liveSnapshot(known);
  if (typeof live === 'number') return live;
  const plain = { objects: known.objects, files: new Map<string, string>() };
  return first === undefined ? { before: live, after: plain } : { before: plain, after: live };
}

/** What both sides have is not read: a fleet is large, and a change is small. */
function bothSides(first: readonly Artefact[], second: readonly Artefact[]): Sides {
  const snapshots = read((report) => snapshotsOf(first, second, report));
  return typeof snapshots === 'number' ? snapshots : { before: snapshots[0], after: snapshots[1] };
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

function readSide(side: string): readonly Artefact[] | number {
  const colon = side.indexOf(':');
  // A file or a folder of that name is what was meant; Git takes ./ and absolute paths for paths too.
  if (colon > 0 && !isThere(side)) return readRevision(side.slice(0, colon), side.slice(colon + 1));
  if (side !== '-' && isOutputFolder(side)) return readOutputFolder(side);
  const diagnostics: Diagnostic[] = [];
  const sources = [...readFleet([side], (diagnostic) => diagnostics.push(diagnostic))];
  return compiled(side, sources, diagnostics);
}

function readRevision(revision: string, path: string): readonly Artefact[] | number {
  const read = gitFiles(revision, path === '' ? '.' : path, (paths) => (isOutput(paths) ? isArtefact : isSpec));
  if ('problem' in read) return refuse(read.problem, UNREADABLE);
  const { files } = read;
  if (isOutput(files.map((file) => file.path))) return files;
  const named = files.map(({ path: own, text }) => {
    return { file: [`${revision}:${path}`, own].filter(Boolean).join('/'), text };
  });
  return compiled(revision, named, []);
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
): readonly Artefact[] | number {
  const lines = sourceLines();
  const { artefacts, diagnostics } = compileWatched(lines.watch(sources));
  const errors = [...unreadable, ...diagnostics].filter(({ code }) => severityOf(code) === 'error');
  tellProblems(errors, lines);
  tellFirstSteps([side], errors);
  return errors.length > 0 ? exitCodeFor(errors, 'error') : artefacts;
}

function liveSnapshot({ objects }: Snapshot): Snapshot | number {
  const answer = clusterObjects(printDocuments(objects as unknown as readonly KubernetesObject[]));
  if ('problem' in answer) return refuse(answer.problem, UNREADABLE);
  const wanted = new Map(objects.map((object) => [nameOfObject(object), object]));
  const live = answer.objects.flatMap(settledObjects).map((object) => {
    return projectObject(object, wanted.get(nameOfObject(object)) ?? object);
  });
  return { objects: live, files: new Map() };
}

function refuse(problem: string, code: number): number {
  process.stderr.write(`error: ${visible(problem)}\n`);
  return code;
}
