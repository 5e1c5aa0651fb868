import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { ApiResource } from '../spec/generated/api-resource';
import type { ApiResourceModel } from './api-resource';
import { problemsOf } from './problems';

/** The model of a ApiResource; undefined where something is wrong, which is reported. */
export function resolveApiResource(
  { metadata, spec }: ApiResource,
  document: SpecDocument,
  report: Report,
): ApiResourceModel | undefined {
  const problems = problemsOf(document, report);
  const model: ApiResourceModel = {
    profile: spec.profile ?? 'hardened',
    name: metadata.name,
    group: spec.group,
    kind: '',
    listKind: '',
    plural: '',
    singular: '',
    shortNames: [],
    categories: [],
    scope: 'Namespaced',
    description: '',
    versions: [],
    labels: {},
    annotations: {},
  };
  return problems.anyError() ? undefined : model;
}
