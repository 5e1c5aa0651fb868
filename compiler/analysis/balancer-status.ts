import type { BalancerModel } from '../model/balancer/balancer';
import { BALANCER_NAME_LABEL } from '../model/values/names';

/** The status that 001 defines for a Balancer. Both count Service objects, not healthy Pods. */
export interface BalancerStatus {
  /** Backend Services that exist and are wanted. */
  readonly activeBackendsNum: number;
  /** Backend Services that exist and are not wanted any more. */
  readonly obsoleteBackendsNum: number;
}

/** A Service that exists, as `kubectl get services -o json` shows it. */
export interface ExistingService {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/**
 * The status of a Balancer from the Services that exist. Only Services with its label in its own namespace count: the
 * original looks at all namespaces, and so counts, and deletes, those of a Balancer of the same name elsewhere.
 */
export function balancerStatus(model: BalancerModel, services: readonly ExistingService[]): BalancerStatus {
  const wanted = new Set(model.backends.flatMap(({ target }) => (target.kind === 'pods' ? [target.serviceName] : [])));
  const own = services.filter(({ metadata }) => {
    const namespace = metadata.namespace ?? 'default';
    return namespace === model.namespace && metadata.labels?.[BALANCER_NAME_LABEL] === model.name;
  });
  const active = own.filter(({ metadata }) => wanted.has(metadata.name)).length;
  return { activeBackendsNum: active, obsoleteBackendsNum: own.length - active };
}
