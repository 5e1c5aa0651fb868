import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../compiler/diagnostics';
import type { Artefact } from '../compiler/manifest/artefact';
import { commit, discard, recover, type Step, stagedPath } from './journal';
import { isOurs, isThere, obstacleAt, parentObstacle, readBelow, readIfThere, STAGE_FOLDER } from './output-folder';
import { formatList, holds, type Origin, readList, SUMS_FILE, sumOf, type WrittenList } from './sums-file';
import { leavesWorkingFolder } from './working-folder';

/** What a run changed: paths below the output folder. */
export interface Written {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Those among them that somebody had changed since they were written. */
  readonly edited: readonly string[];
  readonly unchanged: number;
}

/** What a run may do, and what it was made from. */
export interface WriteOptions {
  readonly report: Report;
  /** Whether a problem so far forbids to write anything. */
  readonly failed: () => boolean;
  /** Asked after the last artefact. */
  readonly origin: () => Origin;
}

/**
 * Writes artefacts into a folder, all or none: each new text waits beside the folder's files until the stream has ended
 * and `failed` says that nothing went wrong; then a journal is written and the files take their places by renames.
 * Only what differs is touched; what an earlier run wrote and nobody makes any more is removed; strangers' files stay.
 */
export function writeArtefacts(
  folder: string,
  artefacts: Iterable<Artefact>,
  { report, failed, origin }: WriteOptions,
): Written | undefined {
  if (leavesWorkingFolder(folder)) {
    const message = 'a symbolic link leads out of the working folder';
    report({ code: 'BAL5003', message, location: { file: folder, pointer: '' } });
    return undefined;
  }
  const existed = isThere(folder);
  if (existed && !recover(folder, report)) return undefined;
  const before = readList(folder);
  const stage = stageFor(folder, before, report);
  try {
    for (const artefact of artefacts) if (!failed()) stage.add(artefact);
    if (!failed()) stage.finish(origin());
  } catch (error) {
    abandon(folder, existed);
    throw error;
  }
  if (failed()) {
    abandon(folder, existed);
    return undefined;
  }
  commit(folder, stage.steps);
  const { written, removed, edited, sums } = stage;
  return { written, removed, edited, unchanged: sums.size - written.length };
}

/** Leaves the folder as it was found. */
function abandon(folder: string, existed: boolean): void {
  discard(folder);
  if (!existed) rmSync(folder, { recursive: true, force: true });
}

/** The steps from the state of a folder to the new one; new files wait in the stage folder. */
interface Stage {
  readonly add: (artefact: Artefact) => void;
  /** After the last artefact: what goes, and the new list. */
  readonly finish: (origin: Origin) => void;
  readonly steps: readonly Step[];
  readonly sums: ReadonlyMap<string, string>;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly edited: readonly string[];
}

function stageFor(folder: string, before: WrittenList, report: Report): Stage {
  const steps: Step[] = [];
  const sums = new Map<string, string>();
  const written: string[] = [];
  const removed: string[] = [];
  const edited: string[] = [];
  const known = new Set<string>();
  const twins = twinsOf(folder, report);
  const put = (path: string, text: string | Uint8Array): void => {
    if (steps.length === 0) mkdirSync(join(folder, STAGE_FOLDER), { recursive: true });
    writeFileSync(stagedPath(folder, steps.length), text, { flag: 'wx' });
    steps.push({ place: path, staged: steps.length });
  };
  return {
    steps,
    sums,
    written,
    removed,
    edited,
    add(artefact) {
      const { path } = artefact;
      twins(path);
      const bytes = readBelow(folder, path, known);
      if (bytes !== undefined && holds(bytes, artefact)) {
        sums.set(path, artefact.sum ?? sumOf(bytes));
        return;
      }
      const wanted = Buffer.from(artefact.text);
      sums.set(path, sumOf(wanted));
      const problem = bytes && isOurs(path, bytes, before.sums) ? undefined : obstacle(folder, path, known);
      if (problem !== undefined) {
        report({ code: 'BAL5002', message: problem, location: { file: join(folder, path), pointer: '' } });
        return;
      }
      if (bytes && isEdited(path, bytes, before)) edited.push(path);
      put(path, wanted);
      written.push(path);
    },
    finish(origin) {
      for (const path of before.sums.keys()) {
        const bytes = sums.has(path) ? undefined : readBelow(folder, path, known);
        if (bytes === undefined) continue;
        if (isEdited(path, bytes, before)) edited.push(path);
        removed.push(path);
      }
      const text = formatList({ sums, origin });
      if (readIfThere(join(folder, SUMS_FILE))?.toString('utf8') !== text) put(SUMS_FILE, text);
      if (removed.length > 0 && steps.length === 0) mkdirSync(join(folder, STAGE_FOLDER), { recursive: true });
      steps.push(...removed.map((path): Step => ({ remove: path })));
    },
  };
}

/** Whether somebody changed a file since it was written; the ends of its lines, which Git may change, do not count. */
function isEdited(path: string, bytes: Buffer, { sums }: WrittenList): boolean {
  const listed = sums.get(path);
  return (
    listed !== undefined && sumOf(bytes) !== listed && sumOf(bytes.toString('utf8').replaceAll('\r\n', '\n')) !== listed
  );
}

/** What keeps a new file from its place: a stranger's file, or a link that would lead it out of the folder. */
function obstacle(folder: string, path: string, known: Set<string>): string | undefined {
  return parentObstacle(folder, path, known) ?? obstacleAt(join(folder, path));
}

/** Reports paths that are one file where case does not count, as on macOS and Windows. */
function twinsOf(folder: string, report: Report): (path: string) => void {
  const seen = new Map<string, string>();
  return (path) => {
    const folded = path.toLowerCase();
    const twin = seen.get(folded);
    if (twin === undefined) seen.set(folded, path);
    else if (twin !== path) {
      const message = `"${path}" and "${twin}" are one file where case does not count`;
      report({ code: 'BAL3028', message, location: { file: join(folder, path), pointer: '' } });
    }
  };
}
