import type { CatalogueEntry } from './catalogue-entry';

/** What can be wrong with an ApiResource: from 3200 on. */
export const API_RESOURCE_CODES = {} as const satisfies Readonly<Record<string, CatalogueEntry>>;
