import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { ReconcilerHub } from '../spec/generated/reconciler-hub';
import { problemsOf } from './problems';
import type { ReconcilerHubModel } from './reconciler-hub';

/** The model of a ReconcilerHub; undefined where something is wrong, which is reported. */
export function resolveReconcilerHub(
  { metadata, spec }: ReconcilerHub,
  document: SpecDocument,
  report: Report,
): ReconcilerHubModel | undefined {
  const problems = problemsOf(document, report);
  const model: ReconcilerHubModel = {
    profile: spec.profile ?? 'hardened',
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
  };
  return problems.anyError() ? undefined : model;
}
