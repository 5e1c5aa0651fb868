/** What the value of a keyword must be. */
export type KeywordValue =
  | 'text'
  | 'flag'
  | 'true'
  | 'number'
  | 'count'
  | 'texts'
  | 'list'
  | 'schema'
  | 'fields'
  | 'rules'
  | 'any';

/** A keyword: what its value is, and for which types of fields it means something; absent: for all. */
interface Keyword {
  readonly value: KeywordValue;
  readonly types?: readonly string[];
}

const NUMBERS = ['integer', 'number'];
const INTEGER_OR_TEXT = [...NUMBERS, 'string'];

/**
 * The keywords of the restricted JSON Schema: those that have a meaning in draft-07, in a structural schema and in TypeScript alike.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>(
  Object.entries({
    type: { value: 'any' },
    title: { value: 'text' },
    description: { value: 'text' },
    default: { value: 'any' },
    examples: { value: 'list' },
    enum: { value: 'list', types: [...INTEGER_OR_TEXT] },
    'x-balancer-cel': { value: 'rules' },
    'x-kubernetes-int-or-string': { value: 'true' },
    format: { value: 'text', types: INTEGER_OR_TEXT },
    pattern: { value: 'text', types: ['string'] },
    'x-expect': { value: 'text', types: ['string'] },
    minLength: { value: 'count', types: ['string'] },
    maxLength: { value: 'count', types: ['string'] },
    minimum: { value: 'number', types: NUMBERS },
    maximum: { value: 'number', types: NUMBERS },
    multipleOf: { value: 'number', types: NUMBERS },
    items: { value: 'schema', types: ['array'] },
    minItems: { value: 'count', types: ['array'] },
    maxItems: { value: 'count', types: ['array'] },
    'x-kubernetes-list-type': { value: 'text', types: ['array'] },
    'x-kubernetes-list-map-keys': { value: 'texts', types: ['array'] },
    properties: { value: 'fields', types: ['object'] },
    required: { value: 'texts', types: ['object'] },
    additionalProperties: { value: 'any', types: ['object'] },
    minProperties: { value: 'count', types: ['object'] },
    maxProperties: { value: 'count', types: ['object'] },
    'x-kubernetes-map-type': { value: 'text', types: ['object'] },
    'x-kubernetes-preserve-unknown-fields': { value: 'true', types: ['object'] },
  } satisfies Readonly<Record<string, Keyword>>),
);

/** Keywords that people know from elsewhere, and what to write in their place. */
export const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['$ref', 'write the schema out: a CustomResourceDefinition has no references'],
  ['$schema', 'the dialect is given'],
  ['$id', 'the schema has no address of its own'],
  ['definitions', 'write the schemas out where they are used'],
  ['const', 'write an enum with one value'],
  ['allOf', 'write the fields out, or a rule in x-balancer-cel'],
  ['anyOf', 'write a rule in x-balancer-cel, or x-kubernetes-int-or-string: true'],
  ['oneOf', 'write a rule in x-balancer-cel'],
  ['not', 'write a rule in x-balancer-cel'],
  ['if', 'write a rule in x-balancer-cel'],
  ['dependencies', 'write a rule in x-balancer-cel'],
  ['exclusiveMinimum', 'write minimum, or a rule in x-balancer-cel'],
  ['exclusiveMaximum', 'write maximum, or a rule in x-balancer-cel'],
  ['uniqueItems', 'write x-kubernetes-list-type: set'],
  ['patternProperties', 'write additionalProperties, and a rule in x-balancer-cel for the names'],
  ['propertyNames', 'write a rule in x-balancer-cel for the names'],
  ['nullable', 'leave the field out of required: an absent field is enough'],
  ['example', 'write examples'],
  ['x-kubernetes-validations', 'write x-balancer-cel'],
  ['x-kubernetes-embedded-resource', 'write x-kubernetes-preserve-unknown-fields: true'],
  ['x-crd-default', 'write default'],
]);

/** Types of fields. */
export const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const;

/** Formats that the API server checks, by type: https://kubernetes.io/docs/reference/kubernetes-api/ (apiextensions, supported formats). */
export const FORMATS: ReadonlyMap<string, readonly string[]> = new Map([
  ['integer', ['int32', 'int64']],
  ['number', ['float', 'double']],
  [
    'string',
    ['byte', 'date', 'date-time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'cidr', 'uri', 'uuid', 'password'],
  ],
]);

/** Values of keywords that take one of a few texts. */
export const CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['x-kubernetes-list-type', ['atomic', 'set', 'map']],
  ['x-kubernetes-map-type', ['atomic', 'granular']],
]);
