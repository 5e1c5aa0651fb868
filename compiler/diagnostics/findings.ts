import type { Diagnostic } from './diagnostic';
import type { View } from './format';
import type { CodeExample } from './generated/examples';
import type { Suppressed } from './suppressed';

/** What a check found, and what a report may need to know of it. */
export interface Findings extends View {
  /** In the order in which they are shown. */
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
  /** The files that were looked at, as messages name them. */
  readonly files: readonly string[];
  /** Whether a diagnostic is bad enough to fail the run. */
  readonly isFailure: (diagnostic: Diagnostic) => boolean;
  /** Wrong and right specs by code, for reports that explain a code. */
  readonly examples: Readonly<Record<string, CodeExample>>;
  /** The version of the tool. */
  readonly version: string;
}
