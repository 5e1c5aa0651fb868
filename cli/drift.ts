import { isAbsolute, join, normalize } from 'node:path';
import { unifiedDiff } from '../compiler/analysis/unified-diff';
import { showControls } from '../compiler/diagnostics';
import type { Cause, Drift } from '../synth/compare-artefacts';

/** How much of a diff is printed: lines of one file, characters of one line, lines of all files, names of files. */
const MOST = { linesOfFile: 1000, charactersOfLine: 2000, lines: 20_000, files: 1000 } as const;

/** What there is to say of drift: for standard output, and for standard error. */
interface DriftReport {
  readonly add: (drift: Drift) => void;
  readonly diff: () => string;
  readonly talk: () => string;
  readonly count: () => number;
}

/** Collects unified diffs that `patch -p1` and `git apply` read, bounded however much drifted, and who drifted. */
export function driftReport(folder: string): DriftReport {
  const lines: string[] = [];
  const talk: string[] = [];
  let count = 0;
  let cut = 0;
  return {
    add(drift) {
      count += 1;
      if (count <= MOST.files) talk.push(`${join(folder, drift.path)}: ${drift.state}: ${causesText(drift)}`);
      const diff = diffOf(folder, drift);
      if (lines.length + diff.length > MOST.lines) cut += 1;
      else lines.push(...diff);
    },
    count: () => count,
    diff: () => lines.map((line) => `${line}\n`).join(''),
    talk() {
      const more = count > MOST.files ? [`... and ${count - MOST.files} more files`] : [];
      const unseen = cut > 0 ? [`${cut} of ${count} files are not in the diff, which would be too long`] : [];
      return [...talk, ...more, ...unseen].map((line) => `${showControls(line)}\n`).join('');
    },
  };
}

function diffOf(folder: string, { path, before, after }: Drift): string[] {
  const hunks = unifiedDiff(before, after);
  if (hunks.length === 0) return [];
  const plain = nameIn(folder, path);
  // A tab ends a name that has blanks in it.
  const name = showControls(plain) + (plain.includes(' ') ? '\t' : '');
  const head = [
    `--- ${before === undefined ? '/dev/null' : `a/${name}`}`,
    `+++ ${after === undefined ? '/dev/null' : `b/${name}`}`,
  ];
  const shown = hunks.slice(0, MOST.linesOfFile).map(shownLine);
  const left = hunks.length - shown.length;
  return [...head, ...shown, ...(left > 0 ? [`... ${left} more lines of ${name.trimEnd()}`] : [])];
}

/** From the working folder where it holds the output folder, else from the output folder. */
function nameIn(folder: string, path: string): string {
  const plain = normalize(folder);
  return isAbsolute(plain) || plain.startsWith('..') ? path : join(plain, path);
}

/** Tabs, and the line feed before "\ No newline at end of file", are the only control characters that stay. */
function shownLine(line: string): string {
  const short =
    line.length > MOST.charactersOfLine
      ? `${line.slice(0, MOST.charactersOfLine)}... ${line.length - MOST.charactersOfLine} more characters`
      : line;
  return short.replace(/[^\t\n]+/g, showControls);
}

function causesText({ causes, state }: Drift): string {
  return causes.map((cause) => causeText(cause, state)).join(', and ');
}

function causeText(cause: Cause, state: Drift['state']): string {
  switch (cause.kind) {
    case 'specs':
      return 'the specs changed since it was written';
    case 'version':
      return `cdk8s-balancer ${cause.before} wrote it, this is ${cause.now}`;
    case 'build':
      return `another build of cdk8s-balancer ${cause.version} wrote it`;
    case 'specs-or-version':
      return 'the specs or the version of cdk8s-balancer changed since it was written';
    case 'edit':
      return state === 'missing' ? 'somebody removed it' : 'somebody edited it';
    case 'line-ends':
      return 'its line ends were changed; see "eol" in gitattributes(5)';
    case 'stranger':
      return 'something that cdk8s-balancer did not write stands there';
    case 'option':
      return '--kustomization is not given';
    case 'list':
      return 'the list of what was written does not fit the files';
  }
}
