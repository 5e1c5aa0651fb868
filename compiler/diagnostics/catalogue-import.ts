import type { CatalogueEntry } from './catalogue-entry';

/** Codes of this part. */
export const IMPORT_CODES = {} as const satisfies Readonly<Record<string, CatalogueEntry>>;
