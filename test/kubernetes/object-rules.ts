/** Rules for every object: metadata, labels, and what a ConfigMap or a CustomResourceDefinition may be. */
import type { ConfigMap, KubernetesObject } from '../../compiler/manifest/k8s';
import { ofKind, podOf, type Rule, when } from './rule';
import { isDns1035Label, isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue } from './syntax';

/** Kinds without a namespace, as far as manifests here have them. */
export const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'AlbConfig',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);

/** The API server names objects of RBAC by path segments: any text without slashes and percent signs. */
const isPathSegment = (name: string): boolean => !/[/%]/.test(name) && !['', '.', '..'].includes(name);

/** Names have the form of their kind. */
export const nameForm: Rule = ({ apiVersion, kind, metadata }) => {
  const { name } = metadata;
  if (apiVersion.startsWith('rbac.')) return when(!isPathSegment(name), `name "${name}" is no path segment`);
  if (kind === 'Service') return when(!isDns1035Label(name), `name "${name}" is no DNS-1035 label`);
  return when(!isDnsSubdomain(name), `name "${name}" is no DNS subdomain`);
};

/** Namespaced objects say where they belong, others do not. */
export const namespace: Rule = ({ kind, metadata }) => {
  if (CLUSTER_SCOPED.has(kind)) return when(metadata.namespace !== undefined, 'is cluster-scoped, but has a namespace');
  if (metadata.namespace === undefined) return ['has no namespace'];
  return when(!isDnsLabel(metadata.namespace), `namespace "${metadata.namespace}" is no DNS label`);
};

/** No object twice. */
export const unique: Rule = (object, all) => {
  const same = (other: KubernetesObject): boolean =>
    other.kind === object.kind &&
    other.apiVersion.split('/')[0] === object.apiVersion.split('/')[0] &&
    other.metadata.name === object.metadata.name &&
    other.metadata.namespace === object.metadata.namespace;
  return when(all.find(same) !== object, 'is there twice');
};

/** A null deletes a field in a patch, and is refused or dropped elsewhere. */
export const noNulls: Rule = (object) => nullsIn(object, '');

function nullsIn(value: unknown, path: string): string[] {
  if (value === null) return [`${path} is null`];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, field]) => nullsIn(field, `${path}/${key}`));
}

/** Labels have a syntax, wherever they stand. */
export const labelSyntax: Rule = (object) => {
  const maps: unknown[] = [object.metadata.labels, podOf(object)?.metadata?.labels, ...labelMaps(object)];
  return maps
    .flatMap((map) => Object.entries(map ?? {}))
    .flatMap(([key, value]) => [
      ...when(!isLabelKey(key), `label key "${key}" is malformed`),
      ...when(!isLabelValue(value), `label ${key} has the malformed value ${JSON.stringify(value)}`),
    ]);
};

/** The maps of labels in selectors, at any depth. */
function labelMaps(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => {
    if (key === 'matchLabels' || key === 'nodeSelector') return [field];
    if (key === 'openAPIV3Schema') return [];
    return labelMaps(field);
  });
}

const ANNOTATION_BYTES = 256 * 1024;

/** Annotations are strings with keys like those of labels, of 256 KiB together. */
export const annotations: Rule = (object) => {
  const entries = [object.metadata, podOf(object)?.metadata ?? {}].flatMap((m) => Object.entries(m.annotations ?? {}));
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key + String(value)), 0);
  return [
    ...entries.flatMap(([key, value]) => [
      ...when(!isLabelKey(key.toLowerCase()), `annotation key "${key}" is malformed`),
      ...when(typeof value !== 'string', `annotation ${key} is no string`),
    ]),
    ...when(bytes > ANNOTATION_BYTES, `annotations have ${bytes} bytes`),
  ];
};

const CONFIG_MAP_BYTES = 1024 * 1024;

/** Keys of a ConfigMap are file names, and all of it has at most 1 MiB. */
export const configMapData = ofKind<ConfigMap>('ConfigMap', ({ data = {}, binaryData = {} }) => {
  const keys = [...Object.keys(data), ...Object.keys(binaryData)];
  const bytes = Object.values({ ...data, ...binaryData }).reduce(
    (sum, text) => sum + Buffer.byteLength(String(text)),
    0,
  );
  const bad = keys.filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key.startsWith('..'));
  return [
    ...bad.map((key) => `key "${key}" is no file name`),
    ...when(bytes > CONFIG_MAP_BYTES, `data has ${bytes} bytes`),
  ];
});

interface Definition extends KubernetesObject {
  readonly spec: { readonly group: string; readonly names: { readonly plural: string } };
}

/** A CustomResourceDefinition is named after its plural and its group. */
export const definitionName = ofKind<Definition>('CustomResourceDefinition', ({ metadata, spec }) => {
  const name = `${spec.names.plural}.${spec.group}`;
  return when(metadata.name !== name, `is not named "${name}"`);
});
