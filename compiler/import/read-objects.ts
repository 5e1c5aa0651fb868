import type { Report } from '../diagnostics';
import type { Source, SpecDocument } from '../spec/document';
import type { PlainObject } from '../spec/leaf-differences';
import { load } from '../spec/load';

/** The ideographic space (U+3000), which comes with copies from documents in Chinese: YAML takes it for a part of words. */
const IDEOGRAPHIC_SPACE = /\u3000/g;

/** An object of the input, with the document that it stood in. */
export interface FoundObject {
  readonly object: PlainObject;
  readonly document: SpecDocument;
}

/** What was read: the objects, and what was changed in the texts before they were. */
export interface ReadObjects {
  readonly objects: readonly FoundObject[];
  /** Files with full-width spaces, and how many. */
  readonly spaces: readonly { readonly file: string; readonly count: number }[];
}

/** The Kubernetes objects of some files, those of lists included. Full-width spaces are read as blanks. */
export function readObjects(sources: Iterable<Source>, report: Report): ReadObjects {
  const spaces: { readonly file: string; readonly count: number }[] = [];
  const clean = [...sources].map(({ file, text }) => {
    const count = text.match(IDEOGRAPHIC_SPACE)?.length ?? 0;
    if (count > 0) spaces.push({ file, count });
    return { file, text: text.replace(IDEOGRAPHIC_SPACE, ' ') };
  });
  const objects = [...load(clean, report)].flatMap((document) => {
    const value = document.value as PlainObject;
    return itemsOf(value).map((object) => ({ object, document }));
  });
  return { objects, spaces };
}

/** The object, or those of a list: items of a ServiceList do not say that they are Services. */
function itemsOf(value: PlainObject): PlainObject[] {
  const kind = String(value.kind);
  if (!kind.endsWith('List') || !Array.isArray(value.items)) return [value];
  const own = kind === 'List' ? {} : { apiVersion: value.apiVersion, kind: kind.slice(0, -'List'.length) };
  return value.items
    .filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    .map((item) => ({ ...own, ...item }));
}
