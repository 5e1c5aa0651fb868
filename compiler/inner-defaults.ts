import type { InnerDefaults } from './analysis/default-of-field';
import { LISTENER_DEFAULTS, LOAD_BALANCER_DEFAULTS } from './model/alb/alb-ingress-defaults';
import { API_SERVER_FIELD_DEFAULTS } from './model/api-server/custom-api-server-defaults';
import { PORT_DEFAULTS } from './model/balancer/balancer-defaults';
import { MAXIMUM_PATHS } from './model/bgp/bgp-defaults';

/** Defaults within ports of a Balancer; where they differ by protocol, each is named. */
export const BALANCER_INNER_DEFAULTS: InnerDefaults = {
  'ports[].connectTimeoutSeconds': { hardened: PORT_DEFAULTS.hardened.TCP.connectTimeoutSeconds },
  'ports[].idleTimeoutSeconds': {
    hardened: {
      TCP: PORT_DEFAULTS.hardened.TCP.idleTimeoutSeconds,
      UDP: PORT_DEFAULTS.hardened.UDP.idleTimeoutSeconds,
    },
  },
};

/** Defaults within switches of a BgpLoadBalancer. */
export const BGP_INNER_DEFAULTS: InnerDefaults = { 'switches[].maximumPaths': both(MAXIMUM_PATHS) };

/** Defaults within the load balancer and the listeners of an AlbIngress. */
export const ALB_INNER_DEFAULTS: InnerDefaults = {
  'loadBalancer.deletionProtectionEnabled': { hardened: LOAD_BALANCER_DEFAULTS.deletionProtectionEnabled },
  'loadBalancer.modificationProtectionConfig': { hardened: LOAD_BALANCER_DEFAULTS.modificationProtectionConfig },
  'listeners[].xForwardedForConfig': { hardened: LISTENER_DEFAULTS.xForwardedForConfig },
};

const { tokenKey, tls, etcdTls, rootPath, volume, kubeconfig } = API_SERVER_FIELD_DEFAULTS;

/** Defaults within objects of a CustomApiServer. */
export const API_SERVER_INNER_DEFAULTS: InnerDefaults = {
  'tokenAuthFile.key': both(tokenKey),
  'tls.certKey': both(tls.certKey),
  'tls.keyKey': both(tls.keyKey),
  'backend.etcd.tls.caKey': both(etcdTls.caKey),
  'backend.etcd.tls.certKey': both(etcdTls.certKey),
  'backend.etcd.tls.keyKey': both(etcdTls.keyKey),
  'backend.file.rootPath': rootPath,
  'backend.file.volume.size': both(volume.size),
  'backend.file.volume.accessModes': both(volume.accessModes),
  'kubeconfig.certificateAuthority': both(kubeconfig.certificateAuthority),
  'kubeconfig.tokenFile': both(kubeconfig.tokenFile),
};

function both(value: unknown): { readonly hardened: unknown; readonly upstream: unknown } {
  return { hardened: value, upstream: value };
}
