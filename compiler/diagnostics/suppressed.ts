import type { Diagnostic, Location } from './diagnostic';

/** A warning that somebody has looked at and accepted. */
export interface Suppressed {
  readonly diagnostic: Diagnostic;
  readonly reason: string;
  /** Where the reason stands. */
  readonly location: Location;
}
