import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { KubernetesObject, Service } from '../k8s';

/** Which Service of a fleet leads which port of which external address to itself. */
export interface ExternalIPClaims {
  /** Adds the claims of a Service, whose ports are given as `80/TCP`; a second one for the same is reported. */
  readonly add: (service: KubernetesObject, ports: readonly string[], locate: SpecDocument['locate']) => void;
}

/** No claims. */
export function externalIPClaims(report: Report): ExternalIPClaims {
  const first = new Map<
    string,
    { readonly service: KubernetesObject; readonly locate: SpecDocument['locate']; readonly pointer: string }
  >();
  return {
    add(service, ports, locate) {
      const { externalIPs } = ((service as Service).spec ?? {}) as { readonly externalIPs?: unknown };
      // A Service of a stranger was checked by nobody.
      const addresses: readonly unknown[] = Array.isArray(externalIPs) ? externalIPs : [];
      addresses.forEach((address, index) => {
        const pointer = `/spec/externalIPs/${index}`;
        for (const port of ports.filter((word) => word.includes('/'))) {
          const claim = `${String(address)} ${port}`;
          const earlier = first.get(claim);
          if (earlier === undefined) first.set(claim, { service, locate, pointer });
          else {
            const taken = earlier.service === service ? 'stands twice in this Service' : 'is taken by another Service';
            report({
              code: 'BAL3044',
              message: `"${port}" of "${String(address)}" ${taken}`,
              location: locate(pointer),
              notes: [{ message: 'the other one is here', location: earlier.locate(earlier.pointer) }],
            });
          }
        }
      });
    },
  };
}
