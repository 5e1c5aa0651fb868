import type { CatalogueEntry } from './catalogue-entry';

/** What can be wrong with a ReconcilerHub: from 3260 on. */
export const RECONCILER_HUB_CODES = {} as const satisfies Readonly<Record<string, CatalogueEntry>>;
