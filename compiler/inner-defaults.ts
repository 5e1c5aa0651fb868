import type { InnerDefaults } from './analysis/default-of-field';
import { ALB_FIELD_DEFAULTS, LISTENER_DEFAULTS, LOAD_BALANCER_DEFAULTS } from './model/alb/alb-ingress-defaults';
import {
  OVERRIDE_HOSTNAME,
  PRINTED_FLAGS,
} from './model/alibaba-controllers/alibaba-cloud-controller-manager-defaults';
import { MANAGER_FLAGS } from './model/alibaba-controllers/cloud-manager-flags';
import { CREDENTIALS_DEFAULTS } from './model/alibaba-controllers/credentials-defaults';
import {
  CHECK_TIMEOUT_SECONDS,
  CIPHER_POLICY,
  GROUP_ENABLED,
  HTTP_CHECK,
  LOCAL_SCHEDULER,
} from './model/alibaba-service/alibaba-service-defaults';
import { VERSION_DEFAULTS } from './model/api-resource/api-resource-defaults';
import { API_SERVER_FIELD_DEFAULTS } from './model/api-server/custom-api-server-defaults';
import type { Profile } from './model/balancer/balancer';
import { BALANCER_FIELD_DEFAULTS, PORT_DEFAULTS } from './model/balancer/balancer-defaults';
import { MAXIMUM_PATHS, SERVICE_PROTOCOL, SWITCH_PASSIVE } from './model/bgp/bgp-defaults';
import { DEFAULT_PROFILE } from './model/default-profile';
import { HUB_FIELD_DEFAULTS } from './model/hub/reconciler-hub-defaults';
import type { ManagerFlags } from './spec/generated/alibaba-cloud-controller-manager';

/** Every kind has profiles. */
const PROFILE: InnerDefaults = { profile: both(DEFAULT_PROFILE) };

/** Defaults of a kind that has no other ones within objects. */
export const PLAIN_INNER_DEFAULTS: InnerDefaults = PROFILE;

/** Defaults within ports of a Balancer; where they differ by protocol, each is named. */
export const BALANCER_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
  accessLog: both(BALANCER_FIELD_DEFAULTS.accessLog),
  hostNetwork: both(BALANCER_FIELD_DEFAULTS.hostNetwork),
  'ports[].protocol': both(BALANCER_FIELD_DEFAULTS.protocol),
  'ports[].method': both(BALANCER_FIELD_DEFAULTS.method),
  'ports[].proxyProtocol.accept': both(BALANCER_FIELD_DEFAULTS.proxyProtocol.accept),
  'ports[].proxyProtocol.send': both(BALANCER_FIELD_DEFAULTS.proxyProtocol.send),
  'backends[].backup': both(BALANCER_FIELD_DEFAULTS.backup),
  'service.type': both(BALANCER_FIELD_DEFAULTS.serviceType),
  'ports[].connectTimeoutSeconds': { hardened: PORT_DEFAULTS.hardened.TCP.connectTimeoutSeconds },
  'ports[].idleTimeoutSeconds': {
    hardened: {
      TCP: PORT_DEFAULTS.hardened.TCP.idleTimeoutSeconds,
      UDP: PORT_DEFAULTS.hardened.UDP.idleTimeoutSeconds,
    },
  },
};

/** Defaults within switches of a BgpLoadBalancer. */
export const BGP_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
  'switches[].maximumPaths': both(MAXIMUM_PATHS),
  'switches[].passive': both(SWITCH_PASSIVE),
};

/** Defaults within a LoadBalancerService; where one needs something else in the spec, that is named. */
export const SERVICE_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
  'ports[].protocol': both(SERVICE_PROTOCOL),
  'provider.alibabaClb.acl.enabled': both(GROUP_ENABLED),
  'provider.alibabaClb.stickySession.enabled': both(GROUP_ENABLED),
  'provider.alibabaClb.connectionDrain.enabled': both(GROUP_ENABLED),
  'provider.alibabaClb.scheduler': { hardened: { Local: LOCAL_SCHEDULER } },
  'provider.alibabaClb.tls.cipherPolicy': { hardened: { HTTPS: CIPHER_POLICY } },
  'provider.alibabaClb.healthCheck.intervalSeconds': { hardened: { layer7: HTTP_CHECK.intervalSeconds } },
  'provider.alibabaClb.healthCheck.timeoutSeconds': { hardened: { layer7: CHECK_TIMEOUT_SECONDS } },
  'provider.alibabaClb.healthCheck.healthyThreshold': { hardened: { layer7: HTTP_CHECK.healthyThreshold } },
  'provider.alibabaClb.healthCheck.unhealthyThreshold': { hardened: { layer7: HTTP_CHECK.unhealthyThreshold } },
  'provider.alibabaNlb.connectionDrain.enabled': both(GROUP_ENABLED),
  'provider.alibabaNlb.healthCheck.enabled': both(GROUP_ENABLED),
  'provider.alibabaNlb.tls.alpn.enabled': both(GROUP_ENABLED),
  'provider.alibabaNlb.tls.cipherPolicy': { hardened: { TCPSSL: CIPHER_POLICY } },
};

/** Defaults within the load balancer and the listeners of an AlbIngress. */
export const ALB_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
  'ingressClass.isDefault': both(ALB_FIELD_DEFAULTS.isDefaultClass),
  'ingresses[].rules[].paths[].path': both(ALB_FIELD_DEFAULTS.path),
  'ingresses[].rules[].paths[].pathType': both(ALB_FIELD_DEFAULTS.pathType),
  'ingresses[].healthCheck.enabled': both(ALB_FIELD_DEFAULTS.healthCheckEnabled),
  'ingresses[].forwarding[].actions[].insertHeader.coverEnabled': both(ALB_FIELD_DEFAULTS.coverEnabled),
  'loadBalancer.deletionProtectionEnabled': { hardened: LOAD_BALANCER_DEFAULTS.deletionProtectionEnabled },
  'loadBalancer.modificationProtectionConfig': { hardened: LOAD_BALANCER_DEFAULTS.modificationProtectionConfig },
  'listeners[].xForwardedForConfig': { hardened: LISTENER_DEFAULTS.xForwardedForConfig },
};

const { tokenKey, tls, etcdTls, rootPath, volume, kubeconfig } = API_SERVER_FIELD_DEFAULTS;

/** Defaults within objects of a CustomApiServer. */
export const API_SERVER_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
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

/** Defaults within versions of an ApiResource. */
export const API_RESOURCE_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
  'versions[].served': both(VERSION_DEFAULTS.served),
  'versions[].deprecated': both(VERSION_DEFAULTS.deprecated),
};

/** Defaults within a ReconcilerHub. */
export const HUB_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
  'reconcilers[].enabled': both(HUB_FIELD_DEFAULTS.reconcilerEnabled),
  'manager.kubeconfig.key': both(HUB_FIELD_DEFAULTS.kubeconfigKey),
  'web.userConfigSecret.key': both(HUB_FIELD_DEFAULTS.userConfigKey),
};

const { secret, externalSecret } = CREDENTIALS_DEFAULTS;

/** Defaults within the credentials of a controller of Alibaba Cloud. */
export const CONTROLLER_INNER_DEFAULTS: InnerDefaults = {
  ...PROFILE,
  'credentials.secret.accessKeyIdKey': both(secret.accessKeyIdKey),
  'credentials.secret.accessKeySecretKey': both(secret.accessKeySecretKey),
  'credentials.externalSecret.store.kind': both(externalSecret.storeKind),
  'credentials.externalSecret.refreshInterval': both(externalSecret.refreshInterval),
};

/** The flags that some version prints in some profile. */
const PRINTED = MANAGER_FLAGS.map(({ field }) => field).filter((field) =>
  Object.values(PRINTED_FLAGS).some(({ hardened, upstream }) => (hardened[field] ?? upstream[field]) !== undefined),
);

/** The same of the AlibabaCloudControllerManager, with the flags that are printed; where they differ by version, each is named. */
export const MANAGER_INNER_DEFAULTS: InnerDefaults = {
  ...CONTROLLER_INNER_DEFAULTS,
  'nodes[].overrideHostname': OVERRIDE_HOSTNAME,
  ...Object.fromEntries(
    PRINTED.map((field) => [
      `flags.${field}`,
      { hardened: printed(field, 'hardened'), upstream: printed(field, 'upstream') },
    ]),
  ),
};

function printed(field: keyof ManagerFlags, profile: Profile): unknown {
  const [old, current] = [PRINTED_FLAGS['v1.9'], PRINTED_FLAGS.v2].map((flags) => flags[profile][field]);
  if (old === current) return old;
  return { ...(old !== undefined && { 'v1.9': old }), ...(current !== undefined && { v2: current }) };
}

function both(value: unknown): { readonly hardened: unknown; readonly upstream: unknown } {
  return { hardened: value, upstream: value };
}
