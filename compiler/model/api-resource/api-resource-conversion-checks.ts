import { pointerTo } from '../../spec/document';
import type { Problems } from '../problems';
import type { ApiResourceModel, FieldSchema } from './api-resource';
import { fieldOf, fieldsOf, itemsOf, keepsUnknown, typesOf, valuesOf } from './field-schema';

/** Two schemas of one field: that of a version, and that of another. */
interface Pair {
  readonly one: FieldSchema;
  readonly other: FieldSchema;
  readonly pointer: string;
}

/**
 * Compares each version with the storage version. Conversion is "None": an object passes from one version to the other as it is,
 * and what the schema there does not know is dropped.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
 */
export function checkConversion({ versions }: ApiResourceModel, problems: Problems): void {
  const kept = versions.findIndex(({ storage }) => storage);
  const storage = versions[kept];
  if (storage === undefined) return;
  versions.forEach((version, index) => {
    if (index === kept || !version.served) return;
    for (const part of ['spec', 'status'] as const) {
      const here = `/spec/versions/${index}/schema/${part}`;
      const there = `/spec/versions/${kept}/schema/${part}`;
      const [one, other] = [version[part], storage[part]];
      if (one !== undefined && other !== undefined) {
        compare({ one, other, pointer: here }, { from: version.name, to: storage.name }, problems);
        missing({ one: other, other: one, pointer: there }, { from: storage.name, to: version.name }, problems);
      } else if (one !== undefined || other !== undefined) {
        const [has, lacks] = one === undefined ? [storage, version] : [version, storage];
        problems.add('BAL3213', one === undefined ? there : here, `${part} of "${has.name}" is not in "${lacks.name}"`);
      }
    }
  });
}

interface Names {
  readonly from: string;
  readonly to: string;
}

/** What one version has and the other lacks, and what they have in different types. */
function compare(pair: Pair, names: Names, problems: Problems): void {
  const [one, other] = [typesOf(pair.one), typesOf(pair.other)];
  // A whole number is a number, and either is a number or a text.
  const isReadable = one.every((type) => other.includes(type)) || other.every((type) => one.includes(type));
  if (one.length > 0 && other.length > 0 && !isReadable) {
    const message = `"${one.join(' or ')}" in "${names.from}" is "${other.join(' or ')}" in "${names.to}"`;
    problems.add('BAL3214', pointerTo(pair.pointer, 'type'), message);
    return;
  }
  const isMapOfOne = valuesOf(pair.one) !== undefined;
  if (isMapOfOne !== (valuesOf(pair.other) !== undefined) && !keepsUnknown(pair.one) && !keepsUnknown(pair.other)) {
    const message = `the object has ${isMapOfOne ? 'keys' : 'fields'} in "${names.from}", and not in "${names.to}"`;
    problems.add('BAL3214', pair.pointer, message);
    return;
  }
  missing(pair, names, problems, compare);
}

/** Reports the fields that only the first of two schemas has, and goes on with those that both have. */
function missing(
  { one, other, pointer }: Pair,
  names: Names,
  problems: Problems,
  goOn: (pair: Pair, names: Names, problems: Problems) => void = missing,
): void {
  if (keepsUnknown(other)) return;
  for (const [name, field] of fieldsOf(one)) {
    const at = pointerTo(`${pointer}/properties`, name);
    const twin = fieldOf(other, name);
    if (twin !== undefined) goOn({ one: field, other: twin, pointer: at }, names, problems);
    else if (valuesOf(other) === undefined) {
      problems.add('BAL3213', at, `"${name}" of "${names.from}" is not in "${names.to}"`);
    }
  }
  for (const [keyword, inner] of [
    ['items', itemsOf],
    ['additionalProperties', valuesOf],
  ] as const) {
    const [mine, theirs] = [inner(one), inner(other)];
    if (mine && theirs) goOn({ one: mine, other: theirs, pointer: `${pointer}/${keyword}` }, names, problems);
  }
}
