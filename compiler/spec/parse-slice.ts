import type { Document, LineCounter, YAMLError } from 'yaml';
import type { Code, Location, Report } from '../diagnostics';
import type { Slice } from './slice';

/** As many aliases as one document may hold, counted with what they multiply to. */
const MAX_ALIASES = 100;

interface ParsedSlice {
  readonly document: Document;
  readonly counter: LineCounter;
  readonly problems: readonly Problem[];
}

interface Problem {
  readonly code: Code;
  readonly message: string;
  /** Offset in the slice. */
  readonly offset: number;
}

/** The `yaml` library is most of the time that reading costs, so that it is loaded only for texts that need it. */
const yaml = (): typeof import('yaml') => require('yaml');

/** One parse serves the value and all positions of a slice. */
const parsedSlices = new WeakMap<Slice, ParsedSlice>();

/** Parses one document with the `yaml` library; problems are reported, and then the value is undefined. */
export function parseSlice(slice: Slice, report: Report): unknown {
  const { document, counter, problems } = parsedSlice(slice);
  for (const { code, message, offset } of problems) {
    report({ code, message, location: locationAt(slice, counter, offset, '') });
  }
  if (problems.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const code = error.message.startsWith('Excessive alias count') ? 'BAL1006' : 'BAL1003';
    report({ code, message: lowerFirst(error.message), location: locationAt(slice, counter, 0, '') });
    return undefined;
  }
}

/** The syntax tree of a document and what turns its offsets into lines. */
export function parsedSlice(slice: Slice): ParsedSlice {
  const known = parsedSlices.get(slice);
  if (known) return known;
  const parsed = parse(slice.source.text.slice(slice.start, slice.end));
  parsedSlices.set(slice, parsed);
  return parsed;
}

/** The place in the file of an offset in a slice. */
export function locationAt(slice: Slice, counter: LineCounter, offset: number, pointer: string): Location {
  const { line, col } = counter.linePos(offset);
  return { file: slice.source.file, line: slice.line + Math.max(line, 1) - 1, column: Math.max(col, 1), pointer };
}

function parse(text: string): ParsedSlice {
  const { Document, LineCounter, parseAllDocuments } = yaml();
  const counter = new LineCounter();
  try {
    const options = { version: '1.2', uniqueKeys: true, merge: false, stringKeys: true, prettyErrors: false } as const;
    const documents = [...parseAllDocuments(text, { ...options, lineCounter: counter, logLevel: 'silent' })];
    const problems = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]).map(problemOf);
    const [document, second] = documents;
    if (second) problems.push(unmarked(second.range[0]));
    return { document: document ?? new Document(null), counter, problems };
  } catch (error) {
    // The library is recursive: a text of thousands of brackets ends its stack.
    if (!(error instanceof RangeError)) throw error;
    const problem: Problem = { code: 'BAL1003', message: 'the document is nested too deeply', offset: 0 };
    return { document: new Document(null), counter, problems: [problem] };
  }
}

/** A `...` line ends a document; what follows it without a `---` line belongs to none that the stream was cut into. */
function unmarked(offset: number): Problem {
  return { code: 'BAL1003', message: 'a second document begins here without a "---" line', offset };
}

function problemOf(error: YAMLError): Problem {
  const offset = error.pos[0];
  if (error.code === 'DUPLICATE_KEY') {
    return { code: 'BAL1005', message: 'the same key stands twice in this mapping', offset };
  }
  if (error.code === 'TAB_AS_INDENT') return { code: 'BAL1004', message: 'a tab is used as indentation', offset };
  if (error.message.startsWith('Missing directives-end')) {
    return { code: 'BAL1008', message: 'a directive stands before the document', offset: 0 };
  }
  return { code: 'BAL1003', message: lowerFirst(error.message.replace(/\s+/g, ' ').trim()), offset };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
