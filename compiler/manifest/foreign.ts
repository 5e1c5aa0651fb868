import type { SpecDocument } from '../spec/document';
import { isPlainObject, type PlainObject } from '../spec/leaf-differences';
import { type ForeignObject, groupOf } from '../spec/validate';
import { type Rendered, stemOf } from './artefact';
import type { KubernetesObject } from './k8s';
import { printYaml } from './yaml-writer';

/** Built-in kinds without a namespace: `kubectl api-resources --namespaced=false`, Kubernetes 1.30. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'APIService',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'ComponentStatus',
  'CSIDriver',
  'CSINode',
  'CustomResourceDefinition',
  'FlowSchema',
  'GatewayClass',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

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

/** The objects of a manifest as the API server has them: without lists around them, each in its namespace, Secrets by `data`. */
export function settledObjects(value: unknown): PlainObject[] {
  if (!isPlainObject(value)) return [];
  if (value.kind === 'List' && Array.isArray(value.items)) return value.items.flatMap(settledObjects);
  const metadata = isPlainObject(value.metadata) ? value.metadata : {};
  const isPlaced = metadata.namespace !== undefined || CLUSTER_SCOPED.has(String(value.kind));
  const placed = isPlaced ? value : { ...value, metadata: { ...metadata, namespace: 'default' } };
  return [value.kind === 'Secret' ? withoutStringData(placed) : placed];
}

/** https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/: `stringData` is written into `data`. */
function withoutStringData({ stringData, ...secret }: PlainObject): PlainObject {
  if (!isPlainObject(stringData)) return secret;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { ...secret, data: { ...(isPlainObject(secret.data) && secret.data), ...Object.fromEntries(encoded) } };
}
