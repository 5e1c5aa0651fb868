import type { ApiResourceModel, ApiResourceVersionModel, FieldSchema } from '../model/api-resource/api-resource';
import { requiredOf } from '../model/api-resource/field-schema';

/** What a version says of a whole object, as one schema: apiVersion, kind and metadata come to spec and status. */
export function resourceSchema(
  { group, kind, scope, description }: ApiResourceModel,
  { name: version, spec, status }: Pick<ApiResourceVersionModel, 'name' | 'spec' | 'status'>,
): FieldSchema {
  const apiVersion = { type: 'string', description: 'API group and version.', const: `${group}/${version}` };
  return {
    title: kind,
    type: 'object',
    ...(description !== '' && { description }),
    required: ['apiVersion', 'kind', 'metadata', ...(isSpecRequired(spec) ? ['spec'] : [])],
    properties: {
      apiVersion,
      kind: { type: 'string', description: 'Kind of the object.', const: kind },
      metadata: metadataSchema(kind, scope),
      spec: { title: `${kind}Spec`, ...spec },
      ...(status && { status: { title: `${kind}Status`, ...status } }),
    },
  };
}

/** Whether there is a field that must be written. */
export function isSpecRequired(spec: FieldSchema): boolean {
  return requiredOf(spec).length > 0;
}

/** The fields of metadata that people write: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
function metadataSchema(kind: string, scope: ApiResourceModel['scope']): FieldSchema {
  const text = { type: 'string' };
  const texts = { type: 'object', additionalProperties: text };
  return {
    title: `${kind}Metadata`,
    type: 'object',
    description: 'Standard object metadata.',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: {
      name: { ...text, description: 'Name of the object.' },
      ...(scope === 'Namespaced' && { namespace: { ...text, description: 'Namespace of the object.' } }),
      labels: { ...texts, description: 'Labels.' },
      annotations: { ...texts, description: 'Annotations.' },
    },
  };
}
