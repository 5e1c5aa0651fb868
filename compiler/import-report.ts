import { visible } from './diagnostics/show-controls';
import type { ImportEntry, ImportedFleet } from './import-fleet';

/** An import, with the files of its folders that were not read. */
interface ReportedFleet extends ImportedFleet {
  readonly leftOut?: readonly string[];
}

/** The report of an import as text: what changes meaning first, what stays the same last. */
export function importReportText({ specs, others, spaces, indented, leftOut = [] }: ReportedFleet): string {
  return visible(
    [
      ...specs.map(({ file, entries, missing, problems }) =>
        [
          `${file}\n`,
          ...problems.map((problem) => `  refused ${problem}\n`),
          ...missing.map(({ path, reason }) => `  write ${path}: ${reason}\n`),
          ...GROUPS.flatMap((effect) =>
            groupText(
              effect,
              entries.filter((entry) => entry.effect === effect),
            ),
          ),
        ].join(''),
      ),
      ...(others.length === 0 ? [] : [`no kind stands for these; they may stay as they are:\n${lines(others)}`]),
      ...spaces.map(({ file, count }) => `${file}: ${count} full-width spaces (U+3000) were read as blanks\n`),
      ...indented.map(
        ({ file, count }) => `${file}: ${count} lines were read without the indentation that they share\n`,
      ),
      ...(leftOut.length === 0 ? [] : [`${LEFT_OUT}:\n${lines(leftOut)}`]),
    ].join('\n'),
  );
}

const LEFT_OUT = 'left out: they end in none of .yaml, .yml and .json, and are neither a bird.conf nor a kubeconfig';

const GROUPS: readonly ImportEntry['effect'][] = ['fill in', 'lost', 'changed', 'not compared', 'same'];

/** Entries that share a reason stand under it. */
function groupText(effect: ImportEntry['effect'], entries: readonly ImportEntry[]): string[] {
  const byReason = new Map<string, ImportEntry[]>();
  for (const entry of entries) byReason.set(entry.reason, [...(byReason.get(entry.reason) ?? []), entry]);
  return [...byReason].map(([reason, own]) => `  ${effect}: ${reason}\n${own.map(entryText).join('')}`);
}

function entryText({ object, path, line, ...sides }: ImportEntry): string {
  const [before, after] = [
    'before' in sides ? show(sides.before) : 'nothing',
    'after' in sides ? show(sides.after) : 'nothing',
  ];
  const place = line === undefined ? path : `${path} (line ${line} of nginx.conf)`;
  return `    ${object} ${place}: ${before} -> ${after}\n`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 97)}..."` : text;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${text}\n`).join('');
}
