import { type Code, type Diagnostic, type Location, type Report, type Suppressed, severityOf } from '../diagnostics';
import type { Source, SpecDocument } from './document';
import { type LineAcceptance, MARKER, readSuppressions } from './suppression-comments';
import { type Acceptance, readAcceptance } from './suppression-text';

/** The annotation of an object that accepts warnings of it, where there are no comments: `CODE reason; CODE reason`. */
export const IGNORE_ANNOTATION = 'cdk8s-balancer.dev/ignore';

/** The warnings that the user has accepted, kept from a report. */
export interface Suppressions {
  /** The same sources; their comments are read as they pass by. */
  readonly watch: (sources: Iterable<Source>) => Generator<Source>;
  /** The same document; its annotation is read. */
  readonly adopt: (document: SpecDocument) => SpecDocument;
  /** Passes on what is not accepted. */
  readonly report: Report;
  /** Tells what is wrong with the suppressions themselves; after everything else. */
  readonly finish: () => void;
}

/** One code of a suppression, and whether it was needed. */
interface Entry {
  readonly code: Code;
  readonly reason: string;
  readonly location: Location;
  used: boolean;
}

/** What was read so far. */
interface Read {
  readonly entries: Entry[];
  /** What is wrong with suppressions. */
  readonly problems: Diagnostic[];
  readonly files: Map<string, EntriesOfFile>;
  /** The entries of annotations, by the locations of their objects. */
  readonly owners: WeakMap<Location, readonly Entry[]>;
}

/** No suppressions yet. What is accepted goes to `suppressed`. */
export function suppressions(report: Report, suppressed: (entry: Suppressed) => void = () => {}): Suppressions {
  const read: Read = { entries: [], problems: [], files: new Map(), owners: new WeakMap() };
  let failed = false;
  return {
    *watch(sources) {
      for (const source of sources) {
        if (source.text.includes(MARKER)) readComments(source, read);
        yield source;
      }
    },
    adopt: (document) => readAnnotation(document, read),
    report(diagnostic) {
      failed ||= severityOf(diagnostic.code) === 'error';
      const entry = accepting(diagnostic, read);
      if (entry === undefined) return report(diagnostic);
      entry.used = true;
      suppressed({ diagnostic, reason: entry.reason, location: entry.location });
    },
    finish() {
      read.problems.forEach(report);
      // Where an error ended the work early, a warning may be missing for that reason.
      if (!failed) for (const entry of read.entries) if (!entry.used) report(unused(entry));
    },
  };
}

function accepting({ code, location }: Diagnostic, { files, owners }: Read): Entry | undefined {
  const near = files.get(location.file)?.(location.line ?? 0) ?? [];
  return [...near, ...(owners.get(location) ?? [])].find((entry) => entry.code === code);
}

function entriesOf({ codes, reason, location }: Acceptance, { entries }: Read): readonly Entry[] {
  const added = codes.map((code) => ({ code, reason, location, used: false }));
  entries.push(...added);
  return added;
}

function readComments(source: Source, read: Read): void {
  if (read.files.has(source.file)) return;
  const { acceptances, problems } = readSuppressions(source);
  for (const problem of problems) read.problems.push(problem);
  read.files.set(
    source.file,
    inFile(acceptances, (acceptance) => entriesOf(acceptance, read)),
  );
}

/** The same document; one whose annotation accepts something has its locations remembered. */
function readAnnotation(document: SpecDocument, read: Read): SpecDocument {
  const text = acceptanceIn(document);
  if (typeof text !== 'string') return document;
  const place = document.locate(`/metadata/annotations/${IGNORE_ANNOTATION.replace('/', '~1')}`);
  const own: Entry[] = [];
  for (const part of text.split(/[;\n]/).filter((words) => words.trim() !== '')) {
    const { acceptance, problems } = readAcceptance(part, place);
    read.problems.push(...problems);
    if (acceptance) own.push(...entriesOf(acceptance, read));
  }
  return own.length === 0 ? document : marking(document, (location) => read.owners.set(location, own));
}

/** The annotation of a document that accepts warnings of it, whatever stands in it. */
export function acceptanceIn({ value }: SpecDocument): unknown {
  const { metadata } = (value ?? {}) as {
    readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> };
  };
  return metadata?.annotations?.[IGNORE_ANNOTATION];
}

/** What is accepted on a line, the nearest first. */
type EntriesOfFile = (line: number) => readonly Entry[];

/** A look-up, and no walk through all of them: a file may have thousands of warnings and as many comments. */
function inFile(
  acceptances: readonly LineAcceptance[],
  entriesOf: (acceptance: Acceptance) => readonly Entry[],
): EntriesOfFile {
  const fields = new Map<number, Entry[]>();
  const documents: { readonly firstLine: number; readonly lastLine: number; readonly entries: Entry[] }[] = [];
  for (const acceptance of acceptances) {
    const { extent, firstLine, lastLine } = acceptance;
    const added = entriesOf(acceptance);
    if (extent === 'document') {
      const last = documents.at(-1);
      if (last?.firstLine === firstLine) last.entries.push(...added);
      else documents.push({ firstLine, lastLine, entries: [...added] });
    } else
      for (let line = firstLine; line <= lastLine; line += 1) fields.set(line, [...(fields.get(line) ?? []), ...added]);
  }
  return (line) => {
    let [low, high] = [0, documents.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (documents[middle]!.firstLine <= line) low = middle + 1;
      else high = middle;
    }
    const document = documents[low - 1];
    const around = document !== undefined && line <= document.lastLine ? document.entries : [];
    return [...(fields.get(line) ?? []), ...around];
  };
}

function unused({ code, location }: Entry): Diagnostic {
  return { code: 'BAL1013', message: `there is no ${code} here to accept`, location };
}

/** The same document; its locations are shown to `mark`, so that they are known again in a report. */
function marking(document: SpecDocument, mark: (location: Location) => void): SpecDocument {
  return {
    value: document.value,
    ...(document.isTrial && { isTrial: document.isTrial }),
    get text() {
      return document.text;
    },
    locate(pointer, part) {
      const location = document.locate(pointer, part);
      mark(location);
      return location;
    },
  };
}
