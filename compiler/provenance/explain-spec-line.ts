import { leavesOf } from '../analysis/spec-variants';
import type { Location } from '../diagnostics';
import { pointersAround, type SpecDocument } from '../spec/document';
import type { Effects } from './compiled-texts';
import { type Schemas, type Tracer, tracer } from './trace-fields';
import { around } from './trace-neighbours';
import { type FieldPlace, placeOf, type TracedField } from './traced-field';

/** What the fields on one line of a spec make. */
export interface MadeLines {
  readonly fields: readonly TracedField[];
  readonly lines: Tracer['lines'];
  readonly effects: Effects;
  /** Those of the fields of which nobody can tell. */
  readonly unknown: readonly FieldPlace[];
}

/** What the fields on one line of a spec make: lines by path of the artefact; undefined where the fleet does not compile. */
export function explainSpecLine(
  fleet: readonly SpecDocument[],
  file: string,
  line: number,
  schemas: Schemas,
): MadeLines | undefined {
  const fields = fleet.flatMap((document) => fieldsOnLine(document, file, line));
  const trace =
    tracer(around([...new Set(fields.map(({ document }) => document))], fleet), schemas) ?? tracer(fleet, schemas);
  if (trace === undefined) return undefined;
  const changes = fields.map((field) => trace.changeOf(field));
  return {
    fields,
    lines: trace.lines,
    effects: union(changes.flatMap((change) => change?.effects ?? [])),
    unknown: fields.filter((_, index) => changes[index] === undefined).map(placeOf),
  };
}

function fieldsOnLine(document: SpecDocument, file: string, line: number): TracedField[] {
  const isHere = ({ file: place, line: at }: Location): boolean => place === file && at === line;
  const leaves = leavesOf(document.value).filter(({ pointer }) => {
    // The value of `key:` alone on a line stands below it: the field around a leaf may be what was meant.
    return pointersAround(pointer).some(
      (prefix) => isHere(document.locate(prefix)) || isHere(document.locate(prefix, 'key')),
    );
  });
  return leaves.map((leaf) => ({ ...leaf, document }));
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
