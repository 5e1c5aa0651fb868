import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '../compiler/diagnostics';
import type { Artefact } from '../compiler/manifest/artefact';
import { commit, discard, recover, type Step, stagedPath } from './journal';
import { formatSums, isOurs, isThere, readIfThere, readSums, STAGE_FOLDER, SUMS_FILE, sumOf } from './output-folder';

/** What a run changed: paths below the output folder. */
export interface Written {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * Writes artefacts into a folder, all or none: each new text waits beside the folder's files until the stream has ended
 * and `failed` says that nothing went wrong; then a journal is written and the files take their places by renames.
 * Only what differs is touched; what an earlier run wrote and nobody makes any more is removed; strangers' files stay.
 */
export function writeArtefacts(
  folder: string,
  artefacts: Iterable<Artefact>,
  report: Report,
  failed: () => boolean,
): Written | undefined {
  const existed = isThere(folder);
  if (existed) recover(folder);
  const before = readSums(folder);
  const stage = stageFor(folder, before, report);
  for (const artefact of artefacts) {
    if (!failed()) stage.add(artefact);
  }
  if (failed()) {
    discard(folder);
    if (!existed) rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  const removed = [...before.keys()].filter((path) => !stage.sums.has(path) && readIfThere(join(folder, path)));
  stage.addSums();
  commit(folder, [...stage.steps, ...removed.map((path): Step => ({ remove: path }))]);
  return { written: stage.written, removed, unchanged: stage.sums.size - stage.written.length };
}

interface Stage {
  readonly add: (artefact: Artefact) => void;
  readonly addSums: () => void;
  readonly steps: readonly Step[];
  readonly sums: ReadonlyMap<string, string>;
  readonly written: readonly string[];
}

function stageFor(folder: string, before: ReadonlyMap<string, string>, report: Report): Stage {
  const steps: Step[] = [];
  const sums = new Map<string, string>();
  const written: string[] = [];
  const checked = new Set<string>();
  const put = (path: string, text: string): void => {
    if (steps.length === 0) mkdirSync(join(folder, STAGE_FOLDER), { recursive: true });
    writeFileSync(stagedPath(folder, steps.length), text);
    steps.push({ place: path, staged: steps.length });
  };
  return {
    steps,
    sums,
    written,
    add({ path, text }) {
      sums.set(path, sumOf(text));
      const bytes = readIfThere(join(folder, path));
      if (bytes?.equals(Buffer.from(text))) return;
      const problem = bytes && isOurs(path, bytes, before) ? undefined : obstacle(folder, path, checked);
      if (problem !== undefined) {
        report({ code: 'BAL5002', message: problem, location: { file: join(folder, path), pointer: '' } });
        return;
      }
      put(path, text);
      written.push(path);
    },
    addSums() {
      const text = formatSums(sums);
      if (readIfThere(join(folder, SUMS_FILE))?.toString('utf8') !== text) put(SUMS_FILE, text);
    },
  };
}

/** What keeps a new file from its place: a stranger's file, or a link that would lead it out of the folder. */
function obstacle(folder: string, path: string, checked: Set<string>): string | undefined {
  if (isThere(join(folder, path))) return 'a file that cdk8s-balancer did not write is in the way';
  for (let parent = dirname(path); parent !== '.' && !checked.has(parent); parent = dirname(parent)) {
    const stats = lstatSync(join(folder, parent), { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isDirectory()) return `"${parent}" is not a folder`;
    checked.add(parent);
  }
  return undefined;
}
