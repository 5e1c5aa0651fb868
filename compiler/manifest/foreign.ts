import { CLUSTER_SCOPED } from '../spec/cluster-scoped';
import type { SpecDocument } from '../spec/document';
import { type ForeignObject, groupOf } from '../spec/validate';
import { type Rendered, stemOf } from './artefact';
import type { KubernetesObject } from './k8s';
import { printYaml } from './yaml/yaml-writer';

/** A Kubernetes document that is not ours: its own text, and what it counts as in the cross-checks. */
export function renderForeign(content: ForeignObject, document: SpecDocument): Rendered {
  const objects = objectsIn(content).map(withNamespace);
  const { kind, metadata, apiVersion } = withNamespace(content);
  return {
    stem: stemOf(kind, groupOf(apiVersion), metadata.name, metadata.namespace),
    objects,
    files: {},
    verbatim: document.text ?? printYaml(content),
  };
}

function objectsIn(content: ForeignObject): readonly ForeignObject[] {
  const items = content.kind === 'List' ? content.items : undefined;
  return Array.isArray(items) ? items : [content];
}

/** An object without a namespace goes where `kubectl apply` puts it: into "default". */
function withNamespace(object: ForeignObject): KubernetesObject {
  const { name, namespace } = object.metadata;
  return {
    ...object,
    metadata: CLUSTER_SCOPED.has(object.kind) ? { name } : { name, namespace: namespace ?? 'default' },
  };
}
