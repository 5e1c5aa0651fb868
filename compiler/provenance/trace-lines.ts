import { compileDocuments } from '../compile';
import { MARKED_NAMES, MARKED_TEMPLATES } from '../render/generated/marked-templates';
import { withTemplates } from '../render/template';
import type { SpecDocument } from '../spec/document';

/** The line of a template. */
export interface TemplateLine {
  readonly template: string;
  readonly line: number;
}

const MARK = /\uE000(\d+):(\d+)\uE001/g;

/** Which line of which template ended each line of the artefacts, by path; undefined for lines that no template made. */
export function templateLines(
  documents: readonly SpecDocument[],
): ReadonlyMap<string, readonly (TemplateLine | undefined)[]> {
  const artefacts = withTemplates(MARKED_TEMPLATES, () => [...compileDocuments(documents, () => {})]);
  return new Map(artefacts.map(({ path, text }) => [path, text.split('\n').map(templateLine)]));
}

/** A line of which only the end comes from a template counts too: the mark stands at its end. */
function templateLine(line: string): TemplateLine | undefined {
  const mark = [...line.matchAll(MARK)].at(-1);
  return mark && { template: `templates/${MARKED_NAMES[Number(mark[1])]}.hbs`, line: Number(mark[2]) };
}
