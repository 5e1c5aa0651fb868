import type { BgpLoadBalancerSpec } from '../../spec/generated/bgp-load-balancer';
import type { Problems } from '../problems';
import { parseQuantity } from '../values/quantity';
import type { BgpLoadBalancerModel } from './bgp-load-balancer';

type Declared = Omit<BgpLoadBalancerModel, 'services'>;

/** Longest key of a ConfigMap: https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object */
const KEY_LENGTH = 253;

/** Names of files that hold the name of a node, and are keys of a ConfigMap. */
export function checkNodeNames({ profile, speakers, workers }: Declared, _: unknown, problems: Problems): void {
  // The original has one file for all nodes.
  if (profile === 'upstream') return;
  const check = (names: readonly { readonly name: string }[], field: string, fileOf: (name: string) => string): void =>
    names.forEach(({ name }, index) => {
      const { length } = fileOf(name);
      if (length <= KEY_LENGTH) return;
      const message = `the file "${fileOf(`${name.slice(0, 20)}...`)}" would have a name of "${length}" characters`;
      problems.add('BAL3065', `/spec/${field}/${index}/name`, message);
    });
  check(workers, 'workers', (name) => `rules.${name}`);
  // A single master has a file without its name.
  if (speakers.masters.length > 1) check(speakers.masters, 'masters', (name) => `config_bgp.${name}.toml`);
}

/** https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export function checkResources(_: Declared, spec: BgpLoadBalancerSpec, problems: Problems): void {
  for (const field of ['controller', 'daemon'] as const) {
    const { requests, limits } = spec[field]?.resources ?? {};
    for (const resource of ['cpu', 'memory'] as const) {
      const request = requests?.[resource];
      const limit = limits?.[resource];
      if (request === undefined || limit === undefined) continue;
      if (parseQuantity(`${request}`) <= parseQuantity(`${limit}`)) continue;
      const message = `the request "${request}" is above the limit "${limit}"`;
      problems.add('BAL3024', `/spec/${field}/resources/requests/${resource}`, message);
    }
  }
}
