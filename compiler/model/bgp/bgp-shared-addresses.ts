import type { Problems } from '../problems';
import type { LoadBalancerServiceModel } from './bgp-load-balancer';

/** A service with the place where its workers are named. */
interface SharingService {
  readonly service: LoadBalancerServiceModel;
  /** Whether the spec names them. */
  readonly namesNodes: boolean;
  readonly problems: Problems;
}

/**
 * Services with an EIP in common have the same workers: a route knows no ports, and a worker has the rules, the sockets
 * and with externalTrafficPolicy Local the Pods of its own services only.
 */
export function checkSharedAddresses(services: readonly SharingService[]): void {
  const first = new Map<string, { readonly sharing: SharingService; readonly pointer: string }>();
  for (const sharing of services) {
    const { service, problems } = sharing;
    service.externalIPs.forEach(({ address }, index) => {
      const pointer = `/spec/externalIPs/${index}`;
      const earlier = first.get(address);
      if (earlier === undefined) first.set(address, { sharing, pointer });
      else if (!sameWorkers(earlier.sharing.service, service)) {
        const message = `"${address}" is also the EIP of Service "${nameOf(earlier.sharing.service)}", which has other nodes`;
        const location = earlier.sharing.problems.locate(earlier.pointer);
        problems.add('BAL3063', sharing.namesNodes ? '/spec/nodes' : pointer, message, [
          { message: 'the other one is here', location },
        ]);
      }
    });
  }
}

/** Both are in the order of the load balancer. */
function sameWorkers(
  { workers: one }: LoadBalancerServiceModel,
  { workers: other }: LoadBalancerServiceModel,
): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

function nameOf({ namespace, name }: LoadBalancerServiceModel): string {
  return `${namespace}/${name}`;
}
