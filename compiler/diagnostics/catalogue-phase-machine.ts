import type { CatalogueEntry } from './catalogue-entry';

/** What can be wrong with a PhaseMachine: from 3230 on. */
export const PHASE_MACHINE_CODES = {} as const satisfies Readonly<Record<string, CatalogueEntry>>;
