import type { PodRoll } from './pod-rolls';

/** What a change does to what runs, the worst first. A change that nobody has classed is `unknown`, and never `none`. */
export const IMPACTS = [
  'immutable field',
  'unknown',
  'route withdrawn',
  'traffic moves',
  'BGP session reset',
  'switch change window',
  'node rule change',
  'pod roll',
  'pods start or stop',
  'nginx reload',
  'cloud load balancer',
  'permissions',
  'route announced',
  'none',
] as const;

export type Impact = (typeof IMPACTS)[number];

/** A change with what it does. */
export interface Change {
  /** An object, such as `Deployment default/web`, or the path of a file. */
  readonly where: string;
  /** JSON pointer in an object; empty for all of it, and for a file. */
  readonly pointer: string;
  /** What was there, and what is: texts of leaves, or lines of a text. Absent where nothing was, or is. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly impact: Impact;
  readonly reason: string;
  /** How Pods are replaced, where they are. */
  readonly roll?: PodRoll['how'];
  /** ConfigMaps and Secrets that a workload reads. */
  readonly reads?: readonly string[];
  /** Whether applying leaves it as it is. */
  readonly stays?: true;
  /** The page that says so. */
  readonly source?: string;
}

/** Whether one impact is worse than another. */
export function compareImpacts(one: Impact, other: Impact): number {
  return IMPACTS.indexOf(one) - IMPACTS.indexOf(other);
}
