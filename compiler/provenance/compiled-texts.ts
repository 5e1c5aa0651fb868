import { changedLines } from '../analysis/changed-lines';
import { compileDocuments } from '../compile';
import { type Report, severityOf } from '../diagnostics';
import type { Stages } from '../resolve-documents';
import type { SpecDocument } from '../spec/document';

/** Texts of the artefacts, by path. */
export type Texts = ReadonlyMap<string, string>;

/** What a field makes: the numbers of the lines, by path of the artefact. */
export type Effects = ReadonlyMap<string, readonly number[]>;

/** What documents become; undefined where they do not compile. */
export function textsOf(documents: readonly SpecDocument[], stages: Stages): Texts | undefined {
  let failed = false;
  const texts = new Map<string, string>();
  const report: Report = ({ code }) => {
    failed ||= severityOf(code) === 'error';
  };
  for (const { path, text } of compileDocuments(documents, report, undefined, stages)) {
    // Nobody asks what else is wrong.
    if (failed) return undefined;
    texts.set(path, text);
  }
  return failed ? undefined : texts;
}

/** What documents on trial become, whatever is wrong with them; undefined where one cannot even be printed. */
export function trialTextsOf(documents: readonly SpecDocument[], stages: Stages): Texts | undefined {
  const texts = new Map<string, string>();
  try {
    for (const { path, text } of compileDocuments(documents, () => {}, undefined, stages)) texts.set(path, text);
  } catch {
    // What was refused need not fit a template.
    return undefined;
  }
  return texts;
}

/** An artefact that goes away has changed in every line; one that only has another name is compared under that name. */
export function effectsBetween(before: Texts, after: Texts): Effects {
  const gone = [...before.keys()].filter((path) => !after.has(path));
  const come = [...after.keys()].filter((path) => !before.has(path));
  const renamed = new Map(gone.length === come.length ? gone.map((path, index) => [path, come[index]!]) : []);
  const effects = new Map<string, readonly number[]>();
  for (const [path, own] of before) {
    const other = after.get(renamed.get(path) ?? path);
    if (own === other) continue;
    const changed = changedLines(own.split('\n'), other?.split('\n') ?? []);
    if (changed.length > 0) effects.set(path, changed);
  }
  return effects;
}
