import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { AlibabaCloudControllerManager } from '../spec/generated/alibaba-cloud-controller-manager';
import type { AlibabaCloudControllerManagerModel } from './alibaba-cloud-controller-manager';
import { problemsOf } from './problems';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlibabaCloudControllerManager(
  { metadata, spec }: AlibabaCloudControllerManager,
  document: SpecDocument,
  report: Report,
): AlibabaCloudControllerManagerModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? 'hardened';
  if (problems.anyError()) return undefined;
  return { profile, name: metadata.name, namespace: metadata.namespace ?? 'kube-system' };
}
