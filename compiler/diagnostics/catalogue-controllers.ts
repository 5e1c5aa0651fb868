import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** Codes of this part. */
export const CONTROLLER_CODES = {} as const satisfies Readonly<Record<string, CatalogueEntry>>;
