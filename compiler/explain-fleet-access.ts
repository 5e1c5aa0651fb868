import { type ExplainedVerb, explainAccess } from './analysis/explain-access';
import type { Report } from './diagnostics';
import { neighboursIn } from './documents-in-texts';
import type { ControllerAccess } from './model/access';
import type { Neighbours } from './model/neighbours';
import type { Source, SpecDocument } from './spec/document';
import { load } from './spec/load';
import { suppressions } from './spec/suppressions';
import { type CheckedDocument, validate } from './spec/validate';
import { isStandalone, STANDALONE_KINDS, type StandaloneKind } from './standalone-kinds';

/** The permissions of one controller of a fleet. */
interface ExplainedController {
  readonly kind: string;
  readonly name: string;
  /** Where its original rules were read. */
  readonly originalSource: string;
  readonly verbs: readonly ExplainedVerb[];
}

/** The controllers of a fleet and what became of the permissions of their originals. */
export function explainFleetAccess(sources: Iterable<Source>, report: Report): ExplainedController[] {
  const accepted = suppressions(report);
  const fleet = [...accepted.watch(sources)];
  const neighbours = neighboursIn(fleet);
  return [...load(fleet, accepted.report)].flatMap((loaded) => {
    const document = accepted.adopt(loaded);
    const checked = validate(document, accepted.report);
    const access = checked && accessOf(checked, document, accepted.report, neighbours);
    if (checked === undefined || access === undefined) return [];
    const { name } = (checked.content as { readonly metadata: { readonly name: string } }).metadata;
    const { table, features } = access;
    return [{ kind: checked.kind, name, originalSource: table.originalSource, verbs: explainAccess(table, features) }];
  });
}

function accessOf(
  checked: CheckedDocument,
  document: SpecDocument,
  report: Report,
  neighbours: Neighbours,
): ControllerAccess | undefined {
  if (!isStandalone(checked.kind)) return undefined;
  const { access } = STANDALONE_KINDS[checked.kind] as StandaloneKind<unknown>;
  return access?.(checked.content, document, report, neighbours);
}
