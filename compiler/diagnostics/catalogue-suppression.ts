import { type CatalogueEntry, warning } from './catalogue-entry';

/** What can be wrong with a `balancer-ignore`: the warning that it was to accept is told, and this too. */
export const SUPPRESSION_CODES = {
  BAL1010: warning(
    'no-reason',
    'Who comes later cannot tell whether a warning that was accepted without a reason is still acceptable.',
    'Write the reason behind the code.',
  ),
  BAL1011: warning(
    'unclear-suppression',
    'A suppression that names no code of the catalogue accepts nothing.',
    'Name one or more codes, separated by commas, and then the reason.',
  ),
  BAL1012: warning(
    'not-suppressible',
    'Only warnings can be accepted: what an error tells of would not work.',
    'Remove the code, and correct what it tells of.',
  ),
  BAL1013: warning(
    'unused-suppression',
    'What was accepted is not there any more; the next one of its code would be hidden unseen.',
    'Remove the suppression, or put it on the line, or before the field, that the warning names.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
