import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { AlibabaLoadBalancerController } from '../spec/generated/alibaba-load-balancer-controller';
import type { AlibabaLoadBalancerControllerModel } from './alibaba-load-balancer-controller';
import { problemsOf } from './problems';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlibabaLoadBalancerController(
  { metadata, spec }: AlibabaLoadBalancerController,
  document: SpecDocument,
  report: Report,
): AlibabaLoadBalancerControllerModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? 'hardened';
  if (problems.anyError()) return undefined;
  return { profile, name: metadata.name, namespace: metadata.namespace ?? 'kube-system' };
}
