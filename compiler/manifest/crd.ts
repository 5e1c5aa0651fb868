/** A JSON Schema (draft-07) of the restricted subset that schemas/ uses. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** What a CustomResourceDefinition needs beside the shape: the keyword `x-balancer-crd` of a schema. */
interface CrdFacts {
  readonly group: string;
  readonly version: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly plural: string;
  readonly singular: string;
  readonly subresources: readonly string[];
  readonly printerColumns: readonly object[];
}

/** Keywords that a structural schema takes as they are. */
const KEPT: ReadonlySet<string> = new Set([
  'type',
  'description',
  'enum',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'maxProperties',
  'required',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
]);

/**
 * The CustomResourceDefinition (apiextensions.k8s.io/v1) of a kind, from its schema. Structural: types stand outside of
 * anyOf, pruning takes the place of additionalProperties false, and `x-balancer-cel` becomes x-kubernetes-validations.
 */
export function customResourceDefinition(schema: JsonSchema): object {
  const { group, version, scope, plural, singular, subresources, printerColumns } = schema[
    'x-balancer-crd'
  ] as CrdFacts;
  const kind = schema.title as string;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, listKind: `${kind}List`, plural, singular },
      scope,
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: rootSchema(schema) },
          subresources: Object.fromEntries(subresources.map((name) => [name, {}])),
          additionalPrinterColumns: printerColumns,
        },
      ],
    },
  };
}

/** The API server checks apiVersion and kind itself; of metadata only the name may be restricted. */
function rootSchema(schema: JsonSchema): object {
  const properties = schema.properties as Readonly<Record<string, JsonSchema>>;
  const own = Object.entries(properties).filter(([name]) => !['apiVersion', 'kind', 'metadata'].includes(name));
  const { name } = (properties.metadata?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  return {
    type: 'object',
    description: schema.description,
    required: (schema.required as string[]).filter((field) => own.some(([key]) => key === field)),
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', ...(name && { properties: { name: structural(name) } }) },
      ...Object.fromEntries(own.map(([key, field]) => [key, structural(field)])),
    },
  };
}

function structural(schema: JsonSchema): object {
  const kept = Object.entries(schema).filter(([keyword]) => KEPT.has(keyword));
  const result: Record<string, unknown> = Object.fromEntries(kept);
  if (schema['x-kubernetes-int-or-string'] === true) return intOrString(schema);
  if (schema['x-crd-default'] !== undefined) result.default = schema['x-crd-default'];
  if (schema['x-balancer-cel'] !== undefined) result['x-kubernetes-validations'] = schema['x-balancer-cel'];
  if (schema.items !== undefined) result.items = structural(schema.items as JsonSchema);
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties as Readonly<Record<string, JsonSchema>>);
    result.properties = Object.fromEntries(properties.map(([name, field]) => [name, structural(field)]));
  }
  const values = schema.additionalProperties;
  if (typeof values === 'object' && values !== null) result.additionalProperties = structural(values as JsonSchema);
  return result;
}

/** A structural schema gives such a field no type; each bound applies to values of its own type only. */
function intOrString(schema: JsonSchema): object {
  const bounds = ['minimum', 'maximum', 'maxLength', 'pattern'].filter((keyword) => schema[keyword] !== undefined);
  return {
    description: schema.description,
    anyOf: [{ type: 'integer' }, { type: 'string' }],
    ...Object.fromEntries(bounds.map((keyword) => [keyword, schema[keyword]])),
    'x-kubernetes-int-or-string': true,
  };
}
