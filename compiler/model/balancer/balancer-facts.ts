import type { BalancerFacts } from '../bgp/service-target';
import type { BalancerModel } from './balancer';

/** What is remembered of the Balancers of a fleet for the services that name one. */
export interface BalancerIndex {
  readonly add: (balancer: Pick<BalancerModel, 'namespace' | 'name'>, facts: BalancerFacts) => void;
  readonly find: (namespace: string, name: string) => BalancerFacts | undefined;
}

/** An empty index. Most Balancers of a fleet have the same few ports: their facts are kept once. */
export function balancerIndex(): BalancerIndex {
  const facts = new Map<string, BalancerFacts>();
  const shared = new Map<string, BalancerFacts>();
  return {
    add({ namespace, name }, own) {
      const key = JSON.stringify(own);
      const known = shared.get(key) ?? own;
      shared.set(key, known);
      facts.set(`${namespace}/${name}`, known);
    },
    find: (namespace, name) => facts.get(`${namespace}/${name}`),
  };
}

/** What a service may ask of a Balancer. */
export function balancerFacts({ pod, ports }: BalancerModel): BalancerFacts {
  return {
    hostNetwork: pod.hostNetwork,
    replicas: pod.replicas,
    ports: ports.map(({ name, protocol, port }) => ({ name, protocol, port })),
  };
}
