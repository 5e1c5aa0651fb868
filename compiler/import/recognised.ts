import type { PlainObject } from '../spec/leaf-differences';
import type { UpstreamNames } from './nginx-conf-fields';
import type { FoundObject } from './read-objects';

/** A spec that takes the place of some objects. */
export interface Recognised {
  readonly spec: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
    readonly spec: Readonly<Record<string, unknown>>;
  };
  readonly consumed: readonly FoundObject[];
  /** Configurations of programs outside of the cluster that went into it, read: `kind` is the name of the file, `metadata.name` whose it is. */
  readonly files?: readonly PlainObject[];
  /** What the objects do not say, and the writer of the spec has to: JSON pointers and why. */
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
  /** What is compiled to compare: the spec with stand-ins for its blanks, or it in several forms. The spec itself if absent. */
  readonly compared?: readonly Recognised['spec'][];
  /** Objects to compare with, where they were not read as such. */
  readonly originals?: readonly PlainObject[];
  /** The nginx.conf among the objects, whose lines the report names. */
  readonly confText?: string;
  /** Names that upstreams have in the output, by those of the objects. */
  readonly upstreams?: UpstreamNames;
}

/** What stands where the objects say nothing: the compiler refuses it, so that nobody forgets it. */
export function blank(what: string): string {
  return `\${${what}}`;
}
