import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { AlbIngress } from '../spec/generated/alb-ingress';
import type { AlbIngressModel } from './alb-ingress';
import { problemsOf } from './problems';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlbIngress(
  { metadata, spec }: AlbIngress,
  document: SpecDocument,
  report: Report,
): AlbIngressModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? 'hardened';
  if (problems.anyError()) return undefined;
  return { profile, name: metadata.name, namespace: metadata.namespace ?? 'default' };
}
