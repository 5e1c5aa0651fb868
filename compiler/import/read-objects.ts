import type { Diagnostic, Location, Report } from '../diagnostics';
import type { Source, SpecDocument } from '../spec/document';
import type { PlainObject } from '../spec/leaf-differences';
import { load } from '../spec/load';
import { type CleanText, cleanText } from './clean-text';
import { readYaml11 } from './read-yaml';

/** An object of the input, with the document that it stood in. */
export interface FoundObject {
  readonly object: PlainObject;
  readonly document: SpecDocument;
}

/** A file in which something was changed before it was read, and how often. */
export interface ChangedText {
  readonly file: string;
  readonly count: number;
}

/** What was read: the objects, and what was changed in the texts before they were. */
interface ReadObjects {
  readonly objects: readonly FoundObject[];
  /** Files with full-width spaces, and how many. */
  readonly spaces: readonly ChangedText[];
  /** Files that were indented as a whole, or a document of which was, and how many lines. */
  readonly indented: readonly ChangedText[];
}

/**
 * The Kubernetes objects of some files, those of lists included, with the values that the API server would read. Full-width spaces are
 * read as blanks, and what is indented as a whole as if it were not.
 */
export function readObjects(sources: Iterable<Source>, report: Report): ReadObjects {
  const texts = [...sources].map(cleanText);
  const changed = (count: (text: CleanText) => number): ChangedText[] =>
    texts.map((text) => ({ file: text.source.file, count: count(text) })).filter((entry) => entry.count > 0);
  return {
    objects: texts.flatMap((text) => objectsIn(text, report)),
    spaces: changed(({ spaces }) => spaces),
    indented: changed(({ removed }) => removed.filter((columns) => columns > 0).length),
  };
}

function objectsIn({ source, removed }: CleanText, report: Report): FoundObject[] {
  const problems: Diagnostic[] = [];
  const documents = [...load([source], (problem) => problems.push(problem))];
  const template = problems.length > 0 ? templateIn(source) : undefined;
  const told = template === undefined ? problems : [template];
  for (const problem of told) report({ ...problem, location: asWritten(problem.location, removed) });
  if (template !== undefined) return [];
  return documents.flatMap((document) => {
    const placed: SpecDocument = {
      value: kubernetesValue(document),
      text: document.text ?? '',
      locate: (pointer, part) => asWritten(document.locate(pointer, part), removed),
    };
    return itemsOf(placed.value as PlainObject).map((object) => ({ object, document: placed }));
  });
}

/** Kubernetes reads YAML 1.1: there 0644 is 420, and yes is true. */
function kubernetesValue({ value, text }: SpecDocument): unknown {
  const read = readYaml11(text ?? '');
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : value;
}

/** One mistake, not one for each brace. */
function templateIn({ file, text }: Source): Diagnostic | undefined {
  const at = text.search(/\{\{-?\s*["$.\w/]/);
  if (at === -1) return undefined;
  const before = text.slice(0, at);
  return {
    code: 'BAL1003',
    message: 'a template stands here: render it first, such as with "helm template", and import what comes out',
    location: { file, line: before.split('\n').length, column: at - before.lastIndexOf('\n'), pointer: '' },
  };
}

/** A place in the text as its author wrote it. */
function asWritten(location: Location, removed: readonly number[]): Location {
  const { line, column } = location;
  if (line === undefined || column === undefined) return location;
  return { ...location, column: column + (removed[line - 1] ?? 0) };
}

/** The object, or those of a list: items of a ServiceList do not say that they are Services. */
function itemsOf(value: PlainObject): PlainObject[] {
  const kind = String(value.kind);
  if (!kind.endsWith('List') || !Array.isArray(value.items)) return [value];
  const own = kind === 'List' ? {} : { apiVersion: value.apiVersion, kind: kind.slice(0, -'List'.length) };
  return value.items
    .filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    .map((item) => ({ ...own, ...item }));
}
