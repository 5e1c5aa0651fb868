import { leavesOf } from '../analysis/spec-variants';
import { pointersAround, type SpecDocument } from '../spec/document';
import { load } from '../spec/load';
import { nameOf } from './trace-neighbours';
import { kindOf } from './traced-field';

/** An object of a manifest, and a field of it. */
export interface ManifestField {
  readonly object: string;
  readonly pointer: string;
}

/** The object and the innermost field that stand on each line of a manifest. */
export function manifestFields(path: string, text: string): (line: number) => ManifestField | undefined {
  const lines = text.split('\n');
  const objects = [...load([{ file: path, text }], () => {})].map((document) => {
    const pointers = new Set(leavesOf(document.value).flatMap(({ pointer }) => pointersAround(pointer)));
    const fields = [...pointers].map((pointer) => ({
      pointer,
      key: document.locate(pointer, 'key').line,
      value: document.locate(pointer).line ?? Number.POSITIVE_INFINITY,
    }));
    return { document, fields };
  });
  return (line) => {
    for (const { document, fields } of objects) {
      const own = fields.filter(({ key }) => key === line);
      const field = own.at(-1) ?? fields.filter(({ value }) => value <= line).at(-1);
      if (own.length === 0 && !endsAfter(document, lines, line)) continue;
      if (field !== undefined) return { object: `${kindOf(document)} ${nameOf(document)}`, pointer: field.pointer };
    }
    return undefined;
  };
}

/** Whether a document of a manifest goes on to a line. */
function endsAfter(document: SpecDocument, lines: readonly string[], line: number): boolean {
  const first = document.locate('').line ?? 1;
  const next = lines.findIndex((own, index) => index >= first && own === '---');
  return line >= first && (next === -1 || line <= next);
}
