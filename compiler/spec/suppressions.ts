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
  readonly lines: number;
  readonly covers: (location: Location) => boolean;
  used: boolean;
}

/** No suppressions yet. What is accepted goes to `suppressed`. */
export function suppressions(report: Report, suppressed: (entry: Suppressed) => void = () => {}): Suppressions {
  const entries = new Map<Code, Entry[]>();
  const problems: Diagnostic[] = [];
  let failed = false;
  const add = (acceptance: Acceptance, lines: number, covers: Entry['covers']): void => {
    for (const code of acceptance.codes) {
      const { reason, location } = acceptance;
      entries.set(code, [...(entries.get(code) ?? []), { code, reason, location, lines, covers, used: false }]);
    }
  };
  return {
    *watch(sources) {
      for (const source of sources) {
        if (source.text.includes(MARKER)) {
          const read = readSuppressions(source);
          problems.push(...read.problems);
          for (const acceptance of read.acceptances) add(acceptance, ...linesOf(acceptance));
        }
        yield source;
      }
    },
    adopt: (document) => adopt(document, add, problems),
    report(diagnostic) {
      failed ||= severityOf(diagnostic.code) === 'error';
      const accepting = (entries.get(diagnostic.code) ?? []).filter(({ covers }) => covers(diagnostic.location));
      const [entry] = accepting.sort((one, other) => one.lines - other.lines);
      if (entry === undefined) return report(diagnostic);
      entry.used = true;
      suppressed({ diagnostic, reason: entry.reason, location: entry.location });
    },
    finish() {
      problems.forEach(report);
      // Where an error ended the work early, a warning may be missing for that reason.
      if (!failed) for (const entry of [...entries.values()].flat()) if (!entry.used) report(unused(entry));
    },
  };
}

function linesOf({ location, firstLine, lastLine }: LineAcceptance): [lines: number, covers: Entry['covers']] {
  const covers = ({ file, line = 0 }: Location): boolean =>
    file === location.file && line >= firstLine && line <= lastLine;
  return [lastLine - firstLine, covers];
}

function unused({ code, location }: Entry): Diagnostic {
  return { code: 'BAL1013', message: `there is no ${code} here to accept`, location };
}

/** A document whose annotation accepts something marks its locations, so that they are known again. */
function adopt(
  document: SpecDocument,
  add: (acceptance: Acceptance, lines: number, covers: Entry['covers']) => void,
  problems: Diagnostic[],
): SpecDocument {
  const { metadata } = (document.value ?? {}) as {
    readonly metadata?: { readonly annotations?: Record<string, unknown> };
  };
  const text = metadata?.annotations?.[IGNORE_ANNOTATION];
  if (typeof text !== 'string') return document;
  const own = new WeakSet<Location>();
  const place = document.locate(`/metadata/annotations/${IGNORE_ANNOTATION.replace('/', '~1')}`);
  for (const part of text.split(/[;\n]/).filter((words) => words.trim() !== '')) {
    const read = readAcceptance(part, place);
    problems.push(...read.problems);
    if (read.acceptance) add(read.acceptance, Number.POSITIVE_INFINITY, (location) => own.has(location));
  }
  return {
    value: document.value,
    get text() {
      return document.text;
    },
    locate(pointer, part) {
      const location = document.locate(pointer, part);
      own.add(location);
      return location;
    },
  };
}
