import type { PlainObject } from '../../spec/leaf-differences';
import type { Impact } from './impact';

/** What a change of a field of an object does. */
export interface ObjectRule {
  readonly kinds: RegExp;
  /** JSON pointers; `^` begins at the object. */
  readonly pointer: RegExp;
  /** What else has to hold, of the leaf and of the object as it was. @default nothing */
  readonly when?: (leaf: Leaf, was: PlainObject) => boolean;
  readonly impact: Impact;
  readonly reason: string;
  readonly source?: string;
}

/** A leaf of an object on both sides; absent where it is not there. */
export interface Leaf {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What it does that an object comes or goes, by its kind, and by its spec where that decides. */
export type WholeRule = readonly [kinds: RegExp, impact: Impact, reason: string, when?: (spec: PlainObject) => boolean];
