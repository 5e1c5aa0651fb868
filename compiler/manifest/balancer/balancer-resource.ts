import type { Location, Report } from '../../diagnostics';
import type { BalancerModel } from '../../model/balancer/balancer';
import type { BalancerSpec } from '../../spec/generated/balancer';
import type { KubernetesObject } from '../k8s';

const API_VERSION = 'exposer.hliangzhao.io/v1alpha1';

/** A Balancer as a custom resource. */
interface BalancerResource extends KubernetesObject {
  readonly spec: BalancerSpec;
}

/** What is known of the resource before its spec is. */
export function balancerResourceHead(
  { name, namespace, labels }: Pick<BalancerModel, 'name' | 'namespace' | 'labels'>,
  annotations: Readonly<Record<string, string>> = {},
): KubernetesObject {
  return {
    apiVersion: API_VERSION,
    kind: 'Balancer',
    metadata: {
      name,
      namespace,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
  };
}

/** The custom resource from which an operator makes the objects: the user's own spec. */
export function balancerResource(
  model: Pick<BalancerModel, 'name' | 'namespace' | 'labels'>,
  { annotations, spec }: NonNullable<BalancerModel['resource']>,
): BalancerResource {
  return { ...balancerResourceHead(model, annotations), spec };
}

/** Warns of resources of one name in two namespaces: hliangzhao/balancer@1ee2ae1:pkg/controllers/balancer/backend_servers.go. */
export function namesakes(report: Report): (object: KubernetesObject, locate: (pointer: string) => Location) => void {
  const first = new Map<string, { readonly namespace?: string; readonly locate: (pointer: string) => Location }>();
  return ({ apiVersion, kind, metadata }, locate) => {
    if (kind !== 'Balancer' || apiVersion !== API_VERSION) return;
    const { name, namespace } = metadata;
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, { ...(namespace && { namespace }), locate });
    else if (earlier.namespace !== namespace) {
      report({
        code: 'BAL3167',
        message: `two namespaces leave a Balancer "${name}" to an operator: "${earlier.namespace}" and "${namespace}"`,
        location: locate('/metadata/name'),
        notes: [{ message: 'the other one is here', location: earlier.locate('/metadata/name') }],
      });
    }
  };
}
