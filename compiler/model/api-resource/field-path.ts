import { nearest } from '../../spec/nearest';
import { show } from '../../spec/shape-errors';
import type { FieldSchema } from './api-resource';
import { fieldOf, fieldsOf, itemsOf, keepsUnknown, typesOf, valuesOf } from './field-schema';

/** A step of a JSONPath: a field, or into a list. */
type Step = { readonly field: string } | { readonly list: string };

/** The types of the value at a path; undefined where the schema does not say. */
type PathEnd = { readonly types: readonly string[] | undefined } | { readonly fault: string };

/** Steps of the JSONPath that kubectl knows: https://kubernetes.io/docs/reference/kubectl/jsonpath/ */
const STEP =
  /\.((?:[\w-]|\\\.)+)|\['([^'\]]+)'\]|\[(\*|-?\d+|\?\(@(?:\.\w+)+\s*(?:==|!=)\s*(?:"[^"]*"|'[^']*'|\w+)\))\]/y;

/** The steps of a path, or undefined where it is none. */
function stepsOf(path: string): Step[] | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [step, plain, quoted, list] = STEP.exec(path) ?? [];
    if (step === undefined) return undefined;
    if (list !== undefined) steps.push({ list });
    else steps.push({ field: quoted?.replaceAll('\\.', '.') ?? plain!.replaceAll('\\.', '.') });
  }
  return steps.length === 0 ? undefined : steps;
}

/** Where a path leads in an object with these schemas; the API server's own metadata is not looked into. */
export function followPath(path: string, root: FieldSchema): PathEnd {
  const steps = stepsOf(path);
  if (steps === undefined) return { fault: `${show(path)} is no path that kubectl reads` };
  const [first] = steps;
  if (first !== undefined && 'field' in first && first.field === 'metadata') return { types: metadataTypes(steps) };
  let schema = root;
  for (const step of steps) {
    if (keepsUnknown(schema)) return { types: undefined };
    const next = 'field' in step ? (fieldOf(schema, step.field) ?? valuesOf(schema)) : itemsOf(schema);
    if (next === undefined) return { fault: faultAt(step, path, schema) };
    schema = next;
  }
  const types = typesOf(schema);
  if (types.join() === 'string' && typeof schema.format === 'string' && schema.format.startsWith('date'))
    return { types: ['string', 'date'] };
  return { types };
}

/** The dates of metadata, and a text for all the rest that columns show. */
function metadataTypes(steps: readonly Step[]): readonly string[] | undefined {
  const [, second] = steps;
  const name = second !== undefined && 'field' in second ? second.field : '';
  if (name === 'creationTimestamp' || name === 'deletionTimestamp') return ['string', 'date'];
  return name === 'generation' || name === 'deletionGracePeriodSeconds' ? ['integer'] : undefined;
}

function faultAt(step: Step, path: string, schema: FieldSchema): string {
  if (!('field' in step)) return `${show(path)} looks into a list where there is none`;
  const guess = nearest(
    step.field,
    fieldsOf(schema).map(([name]) => name),
  );
  return `${show(step.field)} in ${show(path)} is no field there${guess === undefined ? '' : `; did you mean "${guess}"?`}`;
}
