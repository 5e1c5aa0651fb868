import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { BalancerOperator } from '../spec/generated/balancer-operator';
import type { BalancerOperatorModel } from './balancer-operator';
import { problemsOf } from './problems';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveBalancerOperator(
  { metadata, spec }: BalancerOperator,
  document: SpecDocument,
  report: Report,
): BalancerOperatorModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? 'hardened';
  if (problems.anyError()) return undefined;
  return { profile, name: metadata.name, namespace: metadata.namespace ?? 'balancer-system' };
}
