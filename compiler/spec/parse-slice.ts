import type { Document, LineCounter, Pair, Scalar, YAMLError } from 'yaml';
import type { Code, Location, Report } from '../diagnostics';
import { aliasedTooMuch, MAX_ALIASED } from './aliased-text';
import type { Slice } from './slice';

/** As many aliases as one document may hold, counted with what they multiply to. */
const MAX_ALIASES = 1000;

/** As many problems of a text as are told: one with more is no YAML. */
const MAX_PROBLEMS = 100;

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

const OPTIONS = { version: '1.2', uniqueKeys: false, merge: false, stringKeys: true, prettyErrors: false } as const;

function parse(text: string): ParsedSlice {
  const { Composer, Document, Parser } = yaml();
  const counter = lineCounter(text);
  try {
    const tokens = [...new Parser().parse(text)];
    const documents = [...new Composer({ ...OPTIONS, logLevel: 'silent' }).compose(tokens)];
    const [document, second] = documents;
    const problems = [
      ...tokens.filter(({ type }) => type === 'directive').map(({ offset }) => directive(offset)),
      ...documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]).flatMap(problemOf),
      ...documents.flatMap(nodeProblems),
      ...documents.flatMap(aliasProblems),
      ...(second ? [unmarked(second.range[0])] : []),
    ];
    return { document: document ?? new Document(null), counter, problems: firstOf(firstAtEachPlace(problems)) };
  } catch (error) {
    // The library is recursive: a text of thousands of brackets ends its stack.
    if (!(error instanceof RangeError)) throw error;
    return { document: new Document(null), counter, problems: [tooDeep(0)] };
  }
}

/** The library's own counter misses lines behind a quoted text that stands where none may stand. */
function lineCounter(text: string): LineCounter {
  const { LineCounter } = yaml();
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  return counter;
}

/** Duplicate keys and aliases without an anchor. The library's own check of keys takes time by the square of their number. */
function nodeProblems(document: Document): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  yaml().visit(document, {
    Node(_, node) {
      if ('anchor' in node && node.anchor) anchors.add(node.anchor);
    },
    Alias(_, { source, range }) {
      if (!anchors.has(source)) problems.push(unknownAlias(source, range?.[0] ?? 0));
    },
    Map(_, node) {
      if (node.anchor) anchors.add(node.anchor);
      problems.push(...duplicateKeys(node.items as Pair<Scalar>[]));
    },
  });
  return problems;
}

function duplicateKeys(pairs: readonly Pair<Scalar>[]): Problem[] {
  const seen = new Set<unknown>();
  return pairs.flatMap(({ key }) => {
    const value = key?.value;
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    const message = `"${String(value)}" stands twice in this mapping`;
    return [{ code: 'BAL1005', message, offset: key?.range?.[0] ?? 0 } as const];
  });
}

/** The library counts aliases, and not how long what they stand for is. */
function aliasProblems(document: Document): Problem[] {
  const offset = aliasedTooMuch(document);
  if (offset === undefined) return [];
  return [{ code: 'BAL1006', message: `aliases stand for more than "${MAX_ALIASED}" characters`, offset }];
}

function unknownAlias(name: string, offset: number): Problem {
  return { code: 'BAL1003', message: `the alias "*${name}" has no anchor "&${name}" before it`, offset };
}

function directive(offset: number): Problem {
  return { code: 'BAL1008', message: 'a directive stands before the document', offset };
}

function tooDeep(offset: number): Problem {
  return { code: 'BAL1003', message: 'the document is nested too deeply', offset };
}

/** What follows from a mistake is often reported at the same place: the first is the one to mend. */
function firstAtEachPlace(problems: readonly Problem[]): Problem[] {
  const places = new Set<number>();
  return problems.filter(({ offset }) => !places.has(offset) && places.add(offset));
}

/** The first problems, and how many there are besides. */
function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const next = problems[MAX_PROBLEMS];
  if (next === undefined) return problems;
  const message = `the text goes on like this: "${problems.length - MAX_PROBLEMS}" more problems`;
  return [...problems.slice(0, MAX_PROBLEMS), { code: 'BAL1003', message, offset: next.offset }];
}

/** A `...` line ends a document; what follows it without a `---` line belongs to none that the stream was cut into. */
function unmarked(offset: number): Problem {
  return { code: 'BAL1003', message: 'a second document begins here without a "---" line', offset };
}

/** What the library says, in our words where its own are about its own options. */
function problemOf(error: YAMLError): Problem[] {
  const offset = error.pos[0];
  if (error.code === 'TAB_AS_INDENT') return [{ code: 'BAL1004', message: 'a tab is used as indentation', offset }];
  if (error.message.startsWith('Missing directives-end')) return [];
  if (error.message.startsWith('Maximum call stack')) return [tooDeep(0)];
  const message = OUR_WORDS[error.message.split(':')[0]!] ?? lowerFirst(error.message.replace(/\s+/g, ' ').trim());
  return [{ code: 'BAL1003', message, offset }];
}

const OUR_WORDS: Readonly<Record<string, string>> = {
  'With stringKeys, all keys must be strings': 'a key is no text; if this is a template, it was not rendered',
  'Nested mappings are not allowed in compact mappings':
    'a second ": " on one line; a text with ": " in it needs quotes',
  'Implicit keys need to be on a single line': 'a field without ": " behind its name',
  'Implicit map keys need to be followed by map values': 'a field without ": " behind its name',
  'Missing closing "quote': 'a quote is opened and never closed',
  "Missing closing 'quote": 'a quote is opened and never closed',
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
