import type { FieldSchema } from '../../model/api-resource/api-resource';
import type { KubernetesObject, Metadata } from '../k8s';
import { rootSchema } from './structural-schema';

/** A JSON Schema (draft-07) of the restricted subset that schemas/ uses. */
export type JsonSchema = FieldSchema;

/** https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/ */
export interface CustomResourceDefinition extends KubernetesObject {
  readonly kind: 'CustomResourceDefinition';
  readonly spec: object;
}

/** What a definition is made of. */
interface DefinitionFacts {
  readonly group: string;
  readonly names: {
    readonly kind: string;
    readonly listKind: string;
    readonly plural: string;
    readonly singular: string;
    readonly shortNames?: readonly string[];
    readonly categories?: readonly string[];
  };
  readonly scope: 'Namespaced' | 'Cluster';
  readonly metadata?: Omit<Metadata, 'name'>;
  readonly versions: readonly DefinitionVersion[];
}

/** A version of a definition. */
interface DefinitionVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  /** The schema of a whole object. */
  readonly root: object;
  readonly subresources: object;
  readonly printerColumns: readonly object[];
}

/** A CustomResourceDefinition (apiextensions.k8s.io/v1): our own, and those of users. */
export function definitionObject({
  group,
  names,
  scope,
  metadata,
  versions,
}: DefinitionFacts): CustomResourceDefinition {
  const { shortNames = [], categories = [], ...own } = names;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}`, ...metadata },
    spec: {
      group,
      names: {
        ...own,
        ...(shortNames.length > 0 && { shortNames }),
        ...(categories.length > 0 && { categories }),
      },
      scope,
      versions: versions.map(versionObject),
    },
  };
}

function versionObject(version: DefinitionVersion): object {
  const { name, served, storage, deprecated = false, deprecationWarning, root, subresources, printerColumns } = version;
  return {
    name,
    served,
    storage,
    ...(deprecated && { deprecated }),
    ...(deprecationWarning !== undefined && { deprecationWarning }),
    schema: { openAPIV3Schema: root },
    ...(Object.keys(subresources).length > 0 && { subresources }),
    ...(printerColumns.length > 0 && { additionalPrinterColumns: printerColumns }),
  };
}

/** What a CustomResourceDefinition needs beside the shape: the keyword `x-balancer-crd` of a schema of ours. */
interface OwnFacts {
  readonly group: string;
  readonly version: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly plural: string;
  readonly singular: string;
  readonly subresources: readonly string[];
  readonly printerColumns: readonly object[];
}

/** The CustomResourceDefinition of a kind of ours, from its schema. */
export function customResourceDefinition(schema: JsonSchema): CustomResourceDefinition {
  const { group, version, scope, plural, singular, ...own } = schema['x-balancer-crd'] as OwnFacts;
  const kind = schema.title as string;
  const { subresources, printerColumns } = own;
  return definitionObject({
    group,
    names: { kind, listKind: `${kind}List`, plural, singular },
    scope,
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        root: ownRoot(schema),
        subresources: Object.fromEntries(subresources.map((name) => [name, {}])),
        printerColumns,
      },
    ],
  });
}

function ownRoot({ description, properties: fields, required }: JsonSchema): object {
  const { apiVersion: _, kind: __, metadata, ...own } = fields as Readonly<Record<string, JsonSchema>>;
  const { name } = (metadata?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  return rootSchema({
    description,
    fields: own,
    required: (required as string[]).filter((field) => Object.hasOwn(own, field)),
    ...(name && { name }),
  });
}
