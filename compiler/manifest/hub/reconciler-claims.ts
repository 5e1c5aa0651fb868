import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';

/** That a document has a reconciler of a resource, and for which objects. */
export interface ReconcilerClaim {
  /** Plural and group. */
  readonly resource: string;
  /** Empty for all of them. */
  readonly namespaces: readonly string[];
  /** Labels of the objects, as one text; empty for all of them. */
  readonly selector: string;
  readonly pointer: string;
}

interface Claimed extends ReconcilerClaim {
  readonly locate: SpecDocument['locate'];
}

/** Reports resources of which two documents of a fleet reconcile the same objects. */
export function reconcilerClaims(
  report: Report,
): (claims: readonly ReconcilerClaim[], locate: SpecDocument['locate']) => void {
  const claimed = new Map<string, Claimed[]>();
  return (claims, locate) => {
    for (const claim of claims) {
      const known = claimed.get(claim.resource) ?? [];
      claimed.set(claim.resource, known);
      const rival = known.find((other) => other.locate !== locate && overlap(claim, other));
      known.push({ ...claim, locate });
      if (rival === undefined) continue;
      report({
        code: 'BAL3275',
        message: `"${claim.resource}" is reconciled by another hub too`,
        location: locate(claim.pointer),
        notes: [{ message: 'the other one is here', location: rival.locate(rival.pointer) }],
      });
    }
  };
}

/** Selectors that differ may part the objects: only what surely is the same is told. */
function overlap(one: ReconcilerClaim, other: ReconcilerClaim): boolean {
  const sameLabels = one.selector === '' || other.selector === '' || one.selector === other.selector;
  if (!sameLabels) return false;
  if (one.namespaces.length === 0 || other.namespaces.length === 0) return true;
  return one.namespaces.some((namespace) => other.namespaces.includes(namespace));
}
