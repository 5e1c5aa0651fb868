import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** Codes of this part. */
export const OPERATOR_CODES = {} as const satisfies Readonly<Record<string, CatalogueEntry>>;
