/** What a difference means for who adopts the output. */
export type Effect =
  /** Kubernetes, or the program, takes both for the same. */
  | 'same'
  /** Something runs otherwise than before. */
  | 'changed'
  /** Nothing in the spec says it: it is gone unless somebody adds it. */
  | 'lost'
  /** Somebody has to write a value. */
  | 'fill in';

/** Why a leaf differs. */
export interface Reason {
  readonly effect: Effect;
  readonly reason: string;
}

/** The leaves that a reason is for. */
export interface Rule extends Reason {
  /** The object, such as `ClusterRole` or `Deployment kube-system/web`. */
  readonly object?: RegExp;
  readonly path: RegExp;
  readonly sides?: 'added' | 'missing' | 'changed';
  /** The value in the output, as a text. */
  readonly after?: RegExp;
}
