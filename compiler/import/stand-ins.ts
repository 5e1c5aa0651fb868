import { fillBgpSpec } from './bgp-stand-ins';
import { isPlaceholder } from './placeholder';
import type { Recognised } from './recognised';

/** What stands for a blank while the output is compared; of other fields no output is made. */
const BY_FIELD: Readonly<Record<string, string>> = {
  image: 'placeholder.invalid/image:fill-in',
  clusterCIDR: '10.244.0.0/16',
  server: 'https://placeholder.invalid:6443',
  ramRole: 'placeholder',
};

/** The documents that are compiled for a spec: blanks filled, and around a service of a BgpLoadBalancer one that has its addresses. */
export function withStandIns(spec: Recognised['spec']): object[] {
  if (spec.kind === 'BgpLoadBalancer') return [{ ...spec, spec: fillBgpSpec(spec.spec) }];
  const filled = fill(spec, '') as Recognised['spec'];
  const provider = filled.spec.provider as { readonly bgpLoadBalancer?: string } | undefined;
  if (provider?.bgpLoadBalancer === undefined) return [filled];
  const { nodes: _, ...rest } = filled.spec;
  return [
    loadBalancerAround(provider.bgpLoadBalancer, rest.externalIPs as readonly unknown[]),
    { ...filled, spec: rest },
  ];
}

function fill(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, field));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, key)]));
  }
  return isPlaceholder(value) ? (BY_FIELD[field] ?? value) : value;
}

function loadBalancerAround(name: string, addresses: readonly unknown[]): object {
  const families = addresses.some((address) => String(address).includes(':')) ? ['192.0.2', '2001:db8::'] : ['192.0.2'];
  const machine = (host: number): object => ({
    address: `192.0.2.${host}`,
    ...(families.length > 1 && { ipv6Address: `2001:db8::${host}` }),
  });
  return {
    apiVersion: 'cdk8s-balancer.dev/v1alpha1',
    kind: 'BgpLoadBalancer',
    metadata: { name },
    spec: {
      profile: 'hardened',
      asn: 64512,
      cni: 'calico',
      masters: [{ name: 'master', ...machine(1) }],
      switches: [{ name: 'switch', ...machine(2), asn: 64513, dialect: 'bird2' }],
      workers: [{ name: 'worker', ...machine(3) }],
      networks: {
        nodes: ['192.0.2.0/24', ...(families.length > 1 ? ['2001:db8::/64'] : [])],
        pods: ['198.51.100.0/25', ...(families.length > 1 ? ['2001:db8:1::/64'] : [])],
        services: ['198.51.100.128/25', ...(families.length > 1 ? ['2001:db8:2::/64'] : [])],
      },
      pools: [{ name: 'all', addresses }],
    },
  };
}
