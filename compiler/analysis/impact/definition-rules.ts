import { pointerKeys } from '../../spec/document';
import { isPlainObject, type PlainObject } from '../../spec/leaf-differences';
import type { Leaf, ObjectRule } from './object-rule';

const SOURCE =
  'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning';

/** Keywords of a schema that people read. */
const WORDS =
  /(?<!\/properties)\/(description|title|example|externalDocs(\/[^/]+)?|x-kubernetes-validations\/\d+\/message)$/;

/** Values that objects get or may have: whatever their fields are called. */
const VALUES = /\/(default|enum|example)(\/|$)/;

/** What a change of a definition does to objects that are stored. */
export const DEFINITION_RULES: readonly ObjectRule[] = [
  {
    kinds: /^CustomResourceDefinition$/,
    pointer: /^\/spec\/(group|scope|names\/(kind|plural))$/,
    impact: 'immutable field',
    reason: 'another resource: the old definition and all of its objects have to go',
    source: 'https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/',
  },
  {
    kinds: /^CustomResourceDefinition$/,
    pointer: /^\/spec\/versions\/[^/]+\/(additionalPrinterColumns|deprecat)|^\/spec\/names\/(shortNames|categories)/,
    impact: 'none',
    reason: 'what kubectl shows, and how resources can be called',
    source: SOURCE,
  },
  {
    kinds: /^CustomResourceDefinition$/,
    pointer: /^\/spec\/versions\/[^/]+\/schema\//,
    when: ({ path }) => WORDS.test(path) && !VALUES.test(path.replace(/\/example$/, '')),
    impact: 'none',
    reason: 'words for people',
    source: SOURCE,
  },
  {
    kinds: /^CustomResourceDefinition$/,
    pointer: /^\/spec\/versions\/[^/]+\/schema\//,
    when: isPartOfNewField,
    impact: 'permissions',
    reason: 'a new field: the API server takes it from now on',
    source: SOURCE,
  },
  {
    kinds: /^CustomResourceDefinition$/,
    pointer: /^\/spec\/versions\/[^/]+\/schema\//,
    impact: 'unknown',
    reason:
      'stored objects that do not fit any more cannot be written again, and fields that are gone are dropped: look which there are',
    source: SOURCE,
  },
];

/** Whether a leaf of a schema belongs to a property that was not there before: no stored object has it. */
function isPartOfNewField({ path, before }: Leaf, was: PlainObject): boolean {
  // A default is written into every object that is read.
  if (before !== undefined || VALUES.test(path)) return false;
  const ends = [...path.matchAll(/\/properties\/[^/]+/g)].map(({ index, 0: own }) => index + own.length);
  return ends.some((end) => pointerKeys(path.slice(0, end)).reduce<unknown>(fieldOf, was) === undefined);
}

/** A field of an object, or the item of a list that has a name. */
function fieldOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.find((item) => isPlainObject(item) && item.name === key) ?? value[Number(key)];
  return isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
