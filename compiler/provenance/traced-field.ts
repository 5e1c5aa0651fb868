import { type Leaf, leavesOf } from '../analysis/spec-variants';
import type { Location } from '../diagnostics';
import type { SpecDocument } from '../spec/document';

/** A field of a document. */
export interface TracedField extends Leaf {
  readonly document: SpecDocument;
}

/** A field of a spec, and where it stands. */
export interface FieldPlace extends Leaf {
  readonly location: Location;
}

/** All leaves of some documents. */
export function fieldsOf(documents: readonly SpecDocument[]): TracedField[] {
  return documents.flatMap((document) =>
    leavesOf(document.value)
      .filter(({ pointer }) => pointer !== '/apiVersion' && pointer !== '/kind')
      .map((leaf) => ({ ...leaf, document })),
  );
}

/** The place of a field, for those who print it. */
export function placeOf({ document, pointer, value }: TracedField): FieldPlace {
  return { pointer, value, location: document.locate(pointer) };
}

/** Kind of a document that may be anything. */
export function kindOf({ value }: SpecDocument): string {
  return String((value as { readonly kind?: unknown }).kind);
}
