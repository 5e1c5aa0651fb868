import type { CatalogueEntry } from './catalogue-entry';

/** What can be wrong with a CustomApiServer: from 3290 on. */
export const CUSTOM_API_SERVER_CODES = {} as const satisfies Readonly<Record<string, CatalogueEntry>>;
