/** How bad a diagnostic is: an `error` stops the output, a `warning` does not. */
export type Severity = 'error' | 'warning';

/** What all diagnostics of one code have in common. */
export interface CatalogueEntry {
  readonly name: string;
  readonly severity: Severity;
  /** Why this is refused or warned of: what would happen otherwise. */
  readonly reason: string;
  /** What to do, as an imperative sentence. */
  readonly hint: string;
}

/** An entry that stops the output. */
export const error = (name: string, reason: string, hint: string): CatalogueEntry => ({
  name,
  severity: 'error',
  reason,
  hint,
});

/** An entry that does not. */
export const warning = (name: string, reason: string, hint: string): CatalogueEntry => ({
  name,
  severity: 'warning',
  reason,
  hint,
});
