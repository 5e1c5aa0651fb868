import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject, Metadata } from '../compiler/manifest/k8s';

/** A value, or a function that is asked for it at synth. */
export type Deferred<T> = T | (() => T);

/** The value behind a deferred one. */
export function settle<T extends object>(value: Deferred<T>): T {
  return typeof value === 'function' ? (value as () => T)() : value;
}

/** What must be known of an object when it enters the tree. */
interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

/**
 * Puts an object into the tree as a plain `ApiObject`, so that JSON patches and metadata calls work on it. Its fields
 * are asked for at synth, when everything that can be added to it has been.
 */
export function addObject<Field extends string>(
  scope: Construct,
  id: string,
  head: Head,
  fields: readonly Field[],
  body: () => KubernetesObject & { readonly [Key in Field]?: unknown },
): ApiObject {
  const { name, namespace, labels, annotations } = head.metadata;
  const lazy = fields.map((field) => [field, Lazy.any({ produce: () => body()[field] })]);
  return new ApiObject(scope, id, {
    apiVersion: head.apiVersion,
    kind: head.kind,
    // Copies: cdk8s writes into what it is given.
    metadata: { name, namespace, labels: { ...labels }, annotations: { ...annotations } },
    ...Object.fromEntries(lazy),
  });
}

/** Takes back the namespace that a chart stamps on every object: for cluster-scoped ones. */
export function withoutNamespace(object: ApiObject): ApiObject {
  if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
