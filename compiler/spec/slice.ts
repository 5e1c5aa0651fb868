import type { Source } from './document';

/** The part of a source that holds one document. */
export interface Slice {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  /** Line of the source, from 1, on which the slice begins. */
  readonly line: number;
}
