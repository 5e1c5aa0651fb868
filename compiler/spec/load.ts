import type { Report } from '../diagnostics';
import type { Source, SpecDocument } from './document';
import { locateInSlice } from './locate';
import { parseSlice } from './parse-slice';
import { NOT_PLAIN, readPlainYaml } from './read-plain-yaml';
import { show } from './shape-errors';
import type { Slice } from './slice';

/** Reads sources one document at a time: YAML 1.2 core, duplicate keys refused, aliases bounded. */
export function* load(sources: Iterable<Source>, report: Report): Generator<SpecDocument> {
  for (const source of sources) {
    for (const slice of documentSlices(source)) {
      const document = readSlice(slice, report);
      if (document !== undefined) yield document;
    }
  }
}

/** The documents whose text contains a word, and no others: those are not even parsed. What cannot be read is left out. */
export function* loadContaining(sources: Iterable<Source>, word: string): Generator<SpecDocument> {
  for (const source of sources) {
    let at = source.text.indexOf(word);
    if (at === -1) continue;
    for (const slice of documentSlices(source)) {
      if (at === -1) break;
      if (at >= slice.end) continue;
      at = source.text.indexOf(word, slice.end);
      const document = readSlice(slice, () => {});
      if (document !== undefined) yield document;
    }
  }
}

/** The document in a slice of a source; undefined where there is none, or none that can be read. */
export function readSlice(slice: Slice, report: Report): SpecDocument | undefined {
  const plain = readPlainYaml(slice.source.text, slice.start, slice.end);
  const value = plain === NOT_PLAIN ? parseSlice(slice, report) : plain;
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) {
    report({
      code: 'BAL1007',
      message: `expected an object, got ${show(value)}`,
      location: locateInSlice(slice, '', 'value'),
    });
    return undefined;
  }
  return {
    value,
    get text() {
      return sliceText(slice);
    },
    locate: (pointer, part = 'value') => locateInSlice(slice, pointer, part),
  };
}

/**
 * The documents of a stream. A line that begins with `---` starts a document wherever it stands
 * (YAML 1.2, section 9.1.2: no scalar may contain one), so that the text can be cut before it is parsed.
 */
export function* documentSlices(source: Source): Generator<Slice> {
  const { text } = source;
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  for (;;) {
    const next = nextMarker(text, start);
    yield { source, start, end: next === -1 ? text.length : next, line };
    if (next === -1) return;
    line += countLines(text, start, next);
    start = next;
  }
}

/** The index of the next line after `from` that begins with `---`, or -1. */
function nextMarker(text: string, from: number): number {
  for (let at = text.indexOf('\n---', from); at !== -1; at = text.indexOf('\n---', at + 4)) {
    const after = text[at + 4];
    if (after === undefined || after === '\n' || after === '\r' || after === ' ' || after === '\t') return at + 1;
  }
  return -1;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function sliceText({ source, start, end }: Slice): string {
  const text = source.text.slice(start, end).replaceAll('\r\n', '\n');
  // Only an empty marker line says nothing: an object, a tag or an anchor may stand behind the marker.
  const body = text.replace(/^---[ \t]*(?:#[^\n]*)?(?:\n|$)/, '');
  return body.endsWith('\n') ? body : `${body}\n`;
}
