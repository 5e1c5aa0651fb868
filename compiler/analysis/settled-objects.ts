import { CLUSTER_SCOPED } from '../spec/cluster-scoped';
import { isPlainObject, type PlainObject } from '../spec/leaf-differences';

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
