import type { SpecDocument } from '../spec/document';
import type { Effects } from './compiled-texts';
import { type ManifestField, manifestFields } from './manifest-fields';
import { type Schemas, type Tracer, tracer } from './trace-fields';
import { type TemplateLine, templateLines } from './trace-lines';
import { around, nameOf, neededFor } from './trace-neighbours';
import { type FieldPlace, kindOf, placeOf, type TracedField } from './traced-field';

/** A field of a spec on which a line depends. */
export interface Origin extends FieldPlace {
  /** How many lines of all artefacts depend on it: a field with few makes just them. */
  readonly lines: number;
  /** No other value is accepted as long as the other fields stay: it was seen with one that is refused. */
  readonly isOnlyValue?: true;
}

/** Where a line of an artefact comes from. */
export interface ExplainedLine {
  readonly text: string;
  /** The object and the field, in a manifest. */
  readonly field?: ManifestField;
  readonly template?: TemplateLine;
  /** The fields that change the line, those that make the fewest lines first. */
  readonly origins: readonly Origin[];
  /** Fields that no spec has, and that would change the line. */
  readonly defaults: readonly { readonly kind: string; readonly pointer: string }[];
  /** Where no field of a spec was found: the fields of which nobody can tell, since no other value becomes anything. */
  readonly unknown: readonly FieldPlace[];
}

/** Why there is no answer. */
export type NoLine = 'broken' | 'no artefact' | 'no line';

/** Answers for one line after the other; what was found out for one artefact serves all of its lines. */
export type LineExplainer = (path: string, line: number) => ExplainedLine | NoLine;

/** What is known of the artefact at a path. */
interface TracedArtefact {
  /** Of the documents around it. */
  readonly trace: Tracer;
  /** Of those that make it: few, so that all of their fields can be tried. */
  readonly core: Tracer;
  readonly owners: readonly SpecDocument[];
  /** The fields that may reach it. */
  readonly fields: readonly TracedField[];
  readonly lines: readonly string[];
  readonly templates: readonly (TemplateLine | undefined)[];
  readonly fieldAt: (line: number) => ManifestField | undefined;
}

/** Says where a line of an artefact comes from: each field that could have made it is changed, and the fleet compiled again. */
export function lineExplainer(fleet: readonly SpecDocument[], schemas: Schemas): LineExplainer {
  const traced = new Map<string, TracedArtefact | NoLine>();
  return (path, line) => {
    const artefact = traced.get(path) ?? traceArtefact(path, fleet, schemas);
    traced.set(path, artefact);
    return typeof artefact === 'string' ? artefact : explainLine(artefact, path, line);
  };
}

function traceArtefact(path: string, fleet: readonly SpecDocument[], schemas: Schemas): TracedArtefact | NoLine {
  const named = fleet.filter((document) => mayOwn(document, path));
  const close = tracer(around(named, fleet), schemas);
  const trace = close?.lines.has(path) ? close : tracer(fleet, schemas);
  if (trace === undefined) return 'broken';
  const lines = trace.lines.get(path);
  if (lines === undefined) return 'no artefact';
  const needed = neededFor(path, trace.documents, named);
  const core = needed.length === trace.documents.length ? trace : (tracer(needed, schemas) ?? trace);
  const owners = named.length > 0 ? named : core.documents;
  const fields = core.fieldsReaching(path);
  const templates = templateLines(core.documents).get(path) ?? [];
  const fieldAt = path.endsWith('.yaml') ? manifestFields(path, lines.join('\n')) : () => undefined;
  return { trace, core, owners, fields, lines, templates, fieldAt };
}

function explainLine(artefact: TracedArtefact, path: string, line: number): ExplainedLine | NoLine {
  const { trace, core, owners, fields, lines, templates, fieldAt } = artefact;
  const text = lines[line - 1];
  if (text === undefined) return 'no line';
  const unknown: TracedField[] = [];
  const origins = fields.flatMap((field): Origin[] => {
    const own = core.changeOf(field);
    if (own === undefined) unknown.push(field);
    if (!own?.effects.get(path)?.includes(line)) return [];
    // Few documents make an artefact: what counts is then counted in all that are around it.
    const { effects, isAccepted } = trace.changeOf(field) ?? own;
    const origin = { ...placeOf(field), lines: countOf(effects) };
    return [isAccepted ? origin : { ...origin, isOnlyValue: true }];
  });
  origins.sort((one, other) => one.lines - other.lines);
  const field = fieldAt(line);
  const template = templates[line - 1];
  const isExplained = origins.some(({ pointer }) => pointer.startsWith('/spec/'));
  return {
    text,
    ...(field && { field }),
    ...(template && { template }),
    origins,
    defaults: isExplained ? [] : owners.flatMap((owner) => defaultsOf(core, owner, path, line)),
    unknown: isExplained ? [] : unknown.map(placeOf),
  };
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
