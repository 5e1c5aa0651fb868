import { projectObject } from '../compiler/analysis/project-object';
import { type Snapshot, snapshotOf, snapshotsOf } from '../compiler/analysis/snapshot';
import { compileAll } from '../compiler/compile';
import { compareDiagnostics, type Diagnostic, formatText, severityOf } from '../compiler/diagnostics';
import { visible } from '../compiler/diagnostics/show-controls';
import type { KubernetesObject } from '../compiler/manifest/k8s';
import { printDocuments } from '../compiler/manifest/yaml-writer';
import type { Source } from '../compiler/spec/document';
import { identityOf, type PlainObject } from '../compiler/spec/leaf-differences';
import { clusterObjects } from '../judge/cluster';
import { type GitFile, gitFiles, readGitFiles } from '../judge/git';
import { holdsArtefacts, isOutputFolder, readOutputFolder } from '../synth/read-artefacts';
import { readFleet } from '../synth/read-fleet';
import { exitCodeFor, UNREADABLE, USAGE } from './exit-codes';

/** What the two sides of a comparison are; or the exit code with which reading them ended. */
export type Sides = { readonly before: Snapshot; readonly after: Snapshot } | number;

const CLUSTER = 'cluster';

/** The files of one side; of a revision only their names, until it is known which of them the other side has too. */
type Side = { readonly texts: Files } | { readonly inGit: readonly GitFile[] };

type Files = readonly { readonly path: string; readonly text: string }[];

/** Reads both sides. What a cluster has is asked for the objects of the other side. */
export function readSides(before: string, after: string): Sides {
  if (before === CLUSTER && after === CLUSTER) return refuse('a cluster is compared with manifests', USAGE);
  const [first, second] = [before, after].map((side) => (side === CLUSTER ? undefined : readSide(side)));
  if (typeof first === 'number') return first;
  if (typeof second === 'number') return second;
  if (first !== undefined && second !== undefined) return bothSides(first, second);
  const texts = textsOf((first ?? second)!, new Map());
  if (typeof texts === 'number') return texts;
  const known = snapshotOf(texts);
  const live = liveSnapshot(known);
  if (typeof live === 'number') return live;
  const plain = { objects: known.objects, files: new Map<string, string>() };
  return first === undefined ? { before: live, after: plain } : { before: plain, after: live };
}

function bothSides(first: Side, second: Side): Sides {
  const old = textsOf(first, knownIn(second));
  if (typeof old === 'number') return old;
  const now = textsOf(second, new Map(old.map(({ path, text }) => [path, text])));
  if (typeof now === 'number') return now;
  const [before, after] = snapshotsOf(old, now);
  return { before, after };
}

function knownIn(side: Side): ReadonlyMap<string, string> {
  return new Map('texts' in side ? side.texts.map(({ path, text }) => [path, text]) : []);
}

function textsOf(side: Side, known: ReadonlyMap<string, string>): Files | number {
  if ('texts' in side) return side.texts;
  const read = readGitFiles(side.inGit, known);
  return 'problem' in read ? refuse(read.problem, UNREADABLE) : read.files;
}

function readSide(side: string): Side | number {
  const colon = side.indexOf(':');
  if (colon > 0) return readRevision(side.slice(0, colon), side.slice(colon + 1));
  if (side !== '-' && isOutputFolder(side)) return { texts: readOutputFolder(side) };
  const diagnostics: Diagnostic[] = [];
  const sources = [...readFleet([side], (diagnostic) => diagnostics.push(diagnostic))];
  return compiled(sources, diagnostics);
}

function readRevision(revision: string, path: string): Side | number {
  const found = gitFiles(revision, path === '' ? '.' : path);
  if ('problem' in found) return refuse(found.problem, UNREADABLE);
  const { files } = found;
  if (holdsArtefacts(files.map((file) => file.path))) return { inGit: files.filter((file) => isArtefact(file.path)) };
  const specs = files.filter((file) => /\.(ya?ml|json)$/i.test(file.path) || file.path === '');
  const read = readGitFiles(specs, new Map());
  if ('problem' in read) return refuse(read.problem, UNREADABLE);
  return compiled(
    read.files.map((file) => ({ file: [`${revision}:${path}`, file.path].filter(Boolean).join('/'), text: file.text })),
    [],
  );
}

function isArtefact(path: string): boolean {
  return /^[^/]+\.k8s\.yaml$|^config\//.test(path);
}

function compiled(sources: readonly Source[], unreadable: readonly Diagnostic[]): Side | number {
  const { artefacts, diagnostics } = compileAll(sources);
  const errors = [...unreadable, ...diagnostics].filter(({ code }) => severityOf(code) === 'error');
  process.stderr.write(formatText(errors.sort(compareDiagnostics)));
  return errors.length > 0 ? exitCodeFor(errors, 'error') : { texts: artefacts };
}

function liveSnapshot({ objects }: Snapshot): Snapshot | number {
  const answer = clusterObjects(printDocuments(objects as unknown as readonly KubernetesObject[]));
  if ('problem' in answer) return refuse(answer.problem, UNREADABLE);
  const wanted = new Map(objects.map((object) => [identityOf(object), object]));
  const live = (answer.objects as readonly PlainObject[]).map((object) => {
    return projectObject(object, wanted.get(identityOf(object)) ?? object);
  });
  return { objects: live, files: new Map() };
}

function refuse(problem: string, code: number): number {
  process.stderr.write(`error: ${visible(problem)}\n`);
  return code;
}
