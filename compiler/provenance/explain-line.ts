import { leavesOf } from '../analysis/spec-variants';
import type { Location } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import { load } from '../spec/load';
import { type Effects, fieldsOf, kindOf, type Schemas, type TracedField, type Tracer, tracer } from './trace-fields';
import { type TemplateLine, templateLines } from './trace-lines';
import { around, nameOf, neededFor } from './trace-neighbours';

/** A field of a spec on which a line depends. */
export interface Origin {
  readonly pointer: string;
  readonly value: unknown;
  readonly location: Location;
  /** How many lines of all artefacts depend on it: a field with few makes just them. */
  readonly lines: number;
}

/** Where a line of an artefact comes from. */
export interface ExplainedLine {
  readonly text: string;
  /** The object and the field, in a manifest. */
  readonly field?: { readonly object: string; readonly pointer: string };
  readonly template?: TemplateLine;
  /** The fields that change the line, those that make the fewest lines first. */
  readonly origins: readonly Origin[];
  /** Fields that no spec has, and that would change the line. */
  readonly defaults: readonly { readonly kind: string; readonly pointer: string }[];
}

/** Why there is no answer. */
export type NoLine = 'broken' | 'no artefact' | 'no line';

/** Where a line of an artefact comes from: each field that could have made it is changed, and the fleet compiled again. */
export function explainLine(
  fleet: readonly SpecDocument[],
  path: string,
  line: number,
  schemas: Schemas,
): ExplainedLine | NoLine {
  const named = fleet.filter((document) => mayOwn(document, path));
  const close = tracer(around(named, fleet), schemas);
  const trace = close?.lines.has(path) ? close : tracer(fleet, schemas);
  if (trace === undefined) return 'broken';
  const lines = trace.lines.get(path);
  if (lines === undefined) return 'no artefact';
  const text = lines[line - 1];
  if (text === undefined) return 'no line';
  // Few documents make an artefact: their fields are tried on them alone, and only what counts is then counted in all.
  const core = tracer(neededFor(path, trace.documents, named), schemas) ?? trace;
  const owners = named.length > 0 ? named : core.documents;
  const origins = fieldsOf(core.documents).flatMap((field): Origin[] => {
    const own = core.effectsOf(field);
    if (!own?.get(path)?.includes(line)) return [];
    const { pointer, value, document } = field;
    const effects = core.documents.length === trace.documents.length ? own : (trace.effectsOf(field) ?? own);
    return [{ pointer, value, location: document.locate(pointer), lines: countOf(effects) }];
  });
  origins.sort((one, other) => one.lines - other.lines);
  const field = path.endsWith('.yaml') ? fieldAt(path, lines.join('\n'), line) : undefined;
  const template = templateLines(core.documents).get(path)?.[line - 1];
  const isExplained = origins.some(({ pointer }) => pointer.startsWith('/spec/'));
  return {
    text,
    ...(field && { field }),
    ...(template && { template }),
    origins,
    defaults: isExplained ? [] : owners.flatMap((owner) => defaultsOf(core, owner, path, line)),
  };
}

/** What the fields on one line of a spec make: lines by path of the artefact; undefined where the fleet does not compile. */
export function explainSpecLine(
  fleet: readonly SpecDocument[],
  file: string,
  line: number,
  schemas: Schemas,
): { readonly fields: readonly TracedField[]; readonly lines: Tracer['lines']; readonly effects: Effects } | undefined {
  const isHere = ({ file: place, line: at }: Location): boolean => place === file && at === line;
  const fields = fleet.flatMap((document) => {
    const leaves = leavesOf(document.value).filter(({ pointer }) => {
      // The value of `key:` alone on a line stands below it: the field around a leaf may be what was meant.
      return prefixesOf(pointer).some(
        (prefix) => isHere(document.locate(prefix)) || isHere(document.locate(prefix, 'key')),
      );
    });
    return leaves.map((leaf) => ({ ...leaf, document }));
  });
  const trace =
    tracer(around([...new Set(fields.map(({ document }) => document))], fleet), schemas) ?? tracer(fleet, schemas);
  if (trace === undefined) return undefined;
  return { fields, lines: trace.lines, effects: union(fields.map((field) => trace.effectsOf(field) ?? new Map())) };
}

function union(all: readonly Effects[]): Effects {
  const lines = new Map<string, Set<number>>();
  for (const effects of all) {
    for (const [path, numbers] of effects) {
      const own = lines.get(path) ?? new Set();
      for (const number of numbers) own.add(number);
      lines.set(path, own);
    }
  }
  return new Map([...lines].map(([path, numbers]) => [path, [...numbers].sort((one, other) => one - other)]));
}

/** A pointer and all pointers to what is around it, the document itself aside. */
function prefixesOf(pointer: string): string[] {
  const keys = pointer.split('/').slice(1);
  return keys.map((_, index) => `/${keys.slice(0, index + 1).join('/')}`);
}

function countOf(effects: Effects): number {
  return [...effects.values()].reduce((sum, lines) => sum + lines.length, 0);
}

function defaultsOf(trace: Tracer, owner: SpecDocument, path: string, line: number): ExplainedLine['defaults'] {
  const fields = [...trace.absentFields(owner)].filter(({ effects }) => effects.get(path)?.includes(line));
  return fields.map(({ pointer }) => ({ kind: kindOf(owner), pointer }));
}

/** Whether an artefact has the kind and the name of a document in its path. */
function mayOwn(document: SpecDocument, path: string): boolean {
  const stem = path.replace(/^config\//, '');
  return stem.startsWith(`${kindOf(document).toLowerCase()}.`) && stem.includes(`.${nameOf(document)}`.toLowerCase());
}

/** The object and the innermost field of a manifest that stand on a line. */
function fieldAt(path: string, text: string, line: number): ExplainedLine['field'] {
  for (const document of load([{ file: path, text }], () => {})) {
    const pointers = leavesOf(document.value).flatMap(({ pointer }) => prefixesOf(pointer));
    const own = pointers.filter((pointer) => document.locate(pointer, 'key').line === line);
    const inside = pointers.filter((pointer) => (document.locate(pointer).line ?? Number.POSITIVE_INFINITY) <= line);
    const pointer = own.at(-1) ?? inside.at(-1);
    if (own.length === 0 && !endsAfter(document, text, line)) continue;
    if (pointer !== undefined) return { object: `${kindOf(document)} ${nameOf(document)}`, pointer };
  }
  return undefined;
}

/** Whether a document of a manifest goes on to a line. */
function endsAfter(document: SpecDocument, text: string, line: number): boolean {
  const first = document.locate('').line ?? 1;
  const lines = text.split('\n');
  const next = lines.findIndex((own, index) => index >= first && own === '---');
  return line >= first && (next === -1 || line <= next);
}
