import type { AlibabaClb, AlibabaNlb, LoadBalancerServiceListener } from '../../spec/generated/load-balancer-service';
import type { Profile } from '../balancer/balancer';
import type { ServicePortModel } from '../bgp/bgp-load-balancer';

/** A product of Alibaba Cloud: Classic Load Balancer or Network Load Balancer. */
export type AlibabaProduct = 'clb' | 'nlb';

/** The field of spec.provider that names a product. */
export const PROVIDER_FIELD = { clb: 'alibabaClb', nlb: 'alibabaNlb' } as const;

/** The class that an NLB's Service has, for its whole life: docs/nlb-usage.md of alibaba-load-balancer-controller. */
export const NLB_CLASS = 'alibabacloud.com/nlb';

/** What a port says of its listener. */
export interface ListenerModel extends LoadBalancerServiceListener {
  readonly port: number;
  /** Of the port among the ports of the spec. */
  readonly index: number;
}

/** A Service that a load balancer of Alibaba Cloud stands for, with its defaults, checked and linked. */
export interface AlibabaServiceModel {
  readonly kind: 'AlibabaService';
  readonly profile: Profile;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly product: AlibabaProduct;
  /** The fields of the provider with their defaults: ALIBABA_SERVICE_ANNOTATIONS says where each goes. */
  readonly settings: AlibabaClb | AlibabaNlb;
  /** Of the ports that say something, in their order. */
  readonly listeners: readonly ListenerModel[];
  readonly ports: readonly ServicePortModel[];
  readonly selector: Readonly<Record<string, string>>;
  /** Absent where nobody asks: Kubernetes takes Cluster. */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
}

/** The value at a path such as `acl.ids`; undefined where there is none. */
export function valueAt(settings: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], settings);
}
