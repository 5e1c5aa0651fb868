import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { KubernetesObject } from '../k8s';

type Locate = SpecDocument['locate'];

/** A name that a definition takes. */
interface Taken {
  readonly pointer: string;
  readonly name: string;
  /** Names of resources and names of kinds are apart. */
  readonly space: 'resource' | 'kind';
}

/**
 * Reports definitions that want a name which another one in the group has: the API server accepts the first
 * (https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/, NamesAccepted).
 */
export function definitionNames(report: Report): (object: KubernetesObject, locate: Locate) => void {
  const owners = new Map<string, { readonly definition: string; readonly locate: Locate; readonly pointer: string }>();
  return (object, locate) => {
    if (object.kind !== 'CustomResourceDefinition') return;
    const { spec } = object as KubernetesObject & {
      readonly spec?: { readonly group?: unknown; readonly names?: unknown };
    };
    const definition = object.metadata.name;
    for (const { pointer, name, space } of takenBy(spec?.names)) {
      const key = `${String(spec?.group)}/${space}/${name}`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, { definition, locate, pointer });
      else if (owner.definition !== definition) {
        report({
          code: 'BAL3217',
          message: `"${name}" is a name of "${owner.definition}" already`,
          location: locate(pointer),
          notes: [{ message: 'the other one is here', location: owner.locate(owner.pointer) }],
        });
      }
    }
  };
}

/** Nobody has checked the definition of a stranger: what is not as expected is left out. */
function takenBy(names: unknown): readonly Taken[] {
  const fields = (typeof names === 'object' && names !== null ? names : {}) as Readonly<Record<string, unknown>>;
  const shortNames: readonly unknown[] = Array.isArray(fields.shortNames) ? fields.shortNames : [];
  const all: readonly (readonly [pointer: string, name: unknown, space: Taken['space']])[] = [
    ['plural', fields.plural, 'resource'],
    ['singular', fields.singular, 'resource'],
    ...shortNames.map((name, index) => [`shortNames/${index}`, name, 'resource'] as const),
    ['kind', fields.kind, 'kind'],
    ['listKind', fields.listKind, 'kind'],
  ];
  return all.flatMap(([field, name, space]) => {
    return typeof name === 'string' && name !== '' ? [{ pointer: `/spec/names/${field}`, name, space }] : [];
  });
}
