import type { Problems } from '../problems';

/** What the checks of a schema know beside it. */
export interface SchemaScope {
  readonly problems: Problems;
  readonly profile: 'hardened' | 'upstream';
  /** Of Kubernetes 1. */
  readonly minor: number;
}

/** Where a schema stands. */
export interface SchemaPlace {
  readonly pointer: string;
  /** Whether a rule of a schema around it may read it. */
  readonly belowRule: boolean;
  /** Whether its old value can be found: not below items of a list that has no keys. */
  readonly hasOldValue: boolean;
}
