import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { CustomApiServer } from '../spec/generated/custom-api-server';
import type { CustomApiServerModel } from './custom-api-server';
import { problemsOf } from './problems';

/** The model of a CustomApiServer; undefined where something is wrong, which is reported. */
export function resolveCustomApiServer(
  { metadata, spec }: CustomApiServer,
  document: SpecDocument,
  report: Report,
): CustomApiServerModel | undefined {
  const problems = problemsOf(document, report);
  const model: CustomApiServerModel = {
    profile: spec.profile ?? 'hardened',
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
  };
  return problems.anyError() ? undefined : model;
}
