import type { BgpLoadBalancerSpec } from '../../spec/generated/bgp-load-balancer';
import type { LoadBalancerServiceSpec } from '../../spec/generated/load-balancer-service';

/** Fields of a BgpLoadBalancer that a profile may fill. */
type BgpDefaults = Pick<
  BgpLoadBalancerSpec,
  | 'kubernetesVersion'
  | 'passive'
  | 'timers'
  | 'gracefulRestart'
  | 'addPaths'
  | 'drainSeconds'
  | 'steering'
  | 'controller'
  | 'daemon'
>;

/** Timers that notice a dead peer within ten seconds; those of RFC 4271 need a minute and a half. */
const TIMERS = { keepaliveSeconds: 3, holdSeconds: 9, connectRetrySeconds: 5 } as const;

const STEERING = {
  inRoutingTable: 100,
  replyRoutingTable: 101,
  rulePriority: 1000,
  deployModel: 'barematel',
} as const;

const BOTH = {
  kubernetesVersion: '1.30',
  passive: false,
  timers: TIMERS,
  gracefulRestart: { enabled: true, restartSeconds: 120 },
  addPaths: { enabled: true, sendMax: 8 },
  drainSeconds: 30,
  steering: STEERING,
} as const;

/** What is filled in for a field of a BgpLoadBalancer that a spec leaves out, by profile. */
export const BGP_DEFAULTS = {
  hardened: {
    ...BOTH,
    controller: {
      image: 'jauderho/gobgp:v3.37.0',
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    },
    daemon: {
      image: 'nicolaka/netshoot:v0.13',
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
    },
  },
  upstream: BOTH,
} as const satisfies Readonly<Record<'hardened' | 'upstream', BgpDefaults>>;

/** Port of the speakers by network plugin: calico has port 179 for itself. */
export const PORT_BY_CNI = { flannel: 179, calico: 1790 } as const;

/** Most next hops of one route at a switch that does not say. */
export const MAXIMUM_PATHS = 8;

/** Whether a switch waits for the speakers, where it does not say. */
export const SWITCH_PASSIVE = false;

/** Mark of our rules and routes: no number that iproute2 names (`/etc/iproute2/rt_protos`). */
export const STEERING_PROTOCOL = 202;

/** What is filled in for a field of a LoadBalancerService that a spec leaves out, by profile. */
export const SERVICE_DEFAULTS: Readonly<
  Record<'hardened' | 'upstream', Pick<LoadBalancerServiceSpec, 'kubernetesVersion' | 'externalTrafficPolicy'>>
> = {
  hardened: { kubernetesVersion: '1.30', externalTrafficPolicy: 'Cluster' },
  upstream: { kubernetesVersion: '1.30', externalTrafficPolicy: 'Cluster' },
};

/** Protocol of a port of a LoadBalancerService that does not say. */
export const SERVICE_PROTOCOL = 'TCP';
