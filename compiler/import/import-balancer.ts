import type { FoundObject } from './read-objects';
import type { Recognised } from './recognised';

/** The Balancers of 001: a custom resource is a spec as it stands. It goes on being a resource, until somebody decides otherwise. */
export function importBalancers(objects: readonly FoundObject[]): readonly Recognised[] {
  return objects.flatMap((found) => {
    const { object } = found;
    if (object.kind !== 'Balancer' || object.apiVersion !== 'exposer.hliangzhao.io/v1alpha1') return [];
    const { status: _, spec, ...rest } = object as unknown as Recognised['spec'] & { readonly status?: unknown };
    return [
      {
        spec: { ...rest, spec: { profile: 'upstream', delivery: 'resource', ...spec } },
        consumed: [found],
        missing: [],
      },
    ];
  });
}
