/**
 * The annotations by which a Service tells Alibaba Cloud's controllers what it wants, each with the typed field that stands
 * for it. From kubernetes/cloud-provider-alibaba-cloud: pkg/controller/service/reconcile/annotation/annotations.go, and
 * its readers in clbv1/ and nlbv2/; values from docs/usage.md.
 */

/** How the value of a field is written as the text of an annotation. */
export type AnnotationForm =
  | 'text'
  | 'integer'
  /** A boolean as "on" or "off". */
  | 'on-off'
  /** A boolean as "true" or "false". */
  | 'true-false'
  /** true as "true"; false as no annotation: the controller takes any text for a yes. */
  | 'true-or-absent'
  /** Texts, with "," between them. */
  | 'list'
  /** A map as "k1=v1,k2=v2". */
  | 'pairs'
  /** zone:vswitchId[:privateAddress[:allocationId]], with "," between them. */
  | 'zone-maps'
  /** domain:certificateId, with "," between them. */
  | 'domains'
  /** Of each port that has the field: protocol:port, in lower case. */
  | 'port-protocols'
  /** Of each port that has the field: port:redirectTo. */
  | 'port-redirects'
  /** Of each port that has the field: serverGroup:port. */
  | 'port-groups'
  /** Of each port that has the field: first-last:port. */
  | 'port-ranges';

/** Protocol of a listener. */
export type ListenerProtocol = 'TCP' | 'UDP' | 'HTTP' | 'HTTPS' | 'TCPSSL';

/** An annotation and its field. Where a CLB and an NLB read it differently, there is one entry for each. */
export interface AlibabaServiceAnnotation {
  /** What follows `service.beta.kubernetes.io/alibaba-cloud-loadbalancer-`, or `prefix`. */
  readonly suffix: string;
  /** Where the name begins otherwise. */
  readonly prefix?: string;
  /** The field, below spec.provider.alibabaClb or alibabaNlb; one of a port (`ports[].`) is below spec. */
  readonly path: string;
  readonly form: AnnotationForm;
  readonly group: 'common' | 'clb' | 'nlb';
  /** Suffixes under which older controllers knew it. Every annotation also had the prefix of LEGACY_PREFIX. */
  readonly legacySuffixes: readonly string[];
  /** What it changes: a controller leaves the listeners of an existing instance alone unless it is told otherwise. */
  readonly level: 'instance' | 'listener' | 'backend';
  /** The listeners that read it; absent where all do. */
  readonly listeners?: readonly ListenerProtocol[];
}

/** How the names begin that are emitted. */
export const ANNOTATION_PREFIX = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';

/** How they began until 2019: still read by the controllers, never emitted. */
export const LEGACY_PREFIX = 'service.beta.kubernetes.io/alicloud-loadbalancer-';

type Row = readonly [suffix: string, path: string, form: AnnotationForm, listeners?: readonly ListenerProtocol[]];

function rows(
  group: AlibabaServiceAnnotation['group'],
  level: AlibabaServiceAnnotation['level'],
  list: readonly Row[],
): AlibabaServiceAnnotation[] {
  return list.map(([suffix, path, form, listeners]) => ({
    suffix,
    path,
    form,
    group,
    legacySuffixes: [],
    level,
    ...(listeners && { listeners }),
  }));
}

const LAYER_4 = ['TCP', 'UDP'] as const;
const LAYER_7 = ['HTTP', 'HTTPS'] as const;
const CHECKED_BY_HTTP = ['TCP', 'HTTP', 'HTTPS'] as const;

const COMMON: readonly AlibabaServiceAnnotation[] = [
  ...rows('common', 'instance', [
    ['address-type', 'addressType', 'text'],
    ['id', 'id', 'text'],
    ['force-override-listeners', 'forceOverrideListeners', 'true-false'],
    ['name', 'name', 'text'],
    ['resource-group-id', 'resourceGroupId', 'text'],
    ['additional-resource-tags', 'tags', 'pairs'],
    ['preserve-lb-on-delete', 'preserveOnDelete', 'true-or-absent'],
    ['ip-version', 'ipVersion', 'text'],
  ]),
  ...rows('common', 'listener', [
    ['protocol-port', 'ports[].listener.protocol', 'port-protocols'],
    ['tls-cipher-policy', 'tls.cipherPolicy', 'text', ['HTTPS', 'TCPSSL']],
    ['proxy-protocol', 'proxyProtocol', 'on-off', ['TCP', 'UDP', 'TCPSSL']],
  ]),
  ...rows('common', 'backend', [
    ['vgroup-port', 'ports[].listener.serverGroup', 'port-groups'],
    ['backend-label', 'backend.labels', 'pairs'],
    ['backend-ip-version', 'backend.ipVersion', 'text'],
    ['remove-unscheduled-backend', 'backend.removeUnscheduled', 'on-off'],
    ['weight', 'backend.weight', 'integer'],
    ['default-weight', 'backend.defaultWeight', 'integer'],
    ['ignore-weight-update', 'backend.ignoreWeightUpdate', 'on-off'],
  ]),
  ...rows('common', 'backend', [['backend-type', 'backend.type', 'text']]).map((row) => ({
    ...row,
    prefix: 'service.beta.kubernetes.io/',
  })),
];

const CLB: readonly AlibabaServiceAnnotation[] = [
  ...rows('clb', 'instance', [
    ['delete-protection', 'deleteProtection', 'on-off'],
    ['modification-protection', 'modificationProtection', 'text'],
    ['instance-charge-type', 'instanceChargeType', 'text'],
    ['spec', 'spec', 'text'],
    ['charge-type', 'bandwidth.chargeType', 'text'],
    ['bandwidth', 'bandwidth.megabitsPerSecond', 'integer'],
    ['vswitch-id', 'vswitchId', 'text'],
    ['ip', 'address', 'text'],
    ['master-zoneid', 'zones.master', 'text'],
    ['slave-zoneid', 'zones.slave', 'text'],
    ['external-ip-type', 'externalIPType', 'text'],
    ['hostname', 'hostname', 'text'],
  ]),
  ...rows('clb', 'listener', [
    ['forward-port', 'ports[].listener.redirectTo', 'port-redirects', ['HTTP']],
    ['acl-status', 'acl.enabled', 'on-off'],
    ['acl-id', 'acl.ids', 'list'],
    ['acl-type', 'acl.type', 'text'],
    ['scheduler', 'scheduler', 'text'],
    ['sticky-session', 'stickySession.enabled', 'on-off', LAYER_7],
    ['sticky-session-type', 'stickySession.type', 'text', LAYER_7],
    ['cookie', 'stickySession.cookie', 'text', LAYER_7],
    ['cookie-timeout', 'stickySession.cookieTimeoutSeconds', 'integer', LAYER_7],
    ['persistence-timeout', 'persistenceTimeoutSeconds', 'integer', ['TCP']],
    ['idle-timeout', 'idleTimeoutSeconds', 'integer', LAYER_7],
    ['request-timeout', 'requestTimeoutSeconds', 'integer', LAYER_7],
    ['established-timeout', 'establishedTimeoutSeconds', 'integer', ['TCP']],
    ['connection-drain', 'connectionDrain.enabled', 'on-off', LAYER_4],
    ['connection-drain-timeout', 'connectionDrain.timeoutSeconds', 'integer', LAYER_4],
    ['xforwardedfor-proto', 'xForwardedFor.proto', 'on-off', LAYER_7],
    ['xforwardedfor-slbport', 'xForwardedFor.slbPort', 'on-off', LAYER_7],
    ['xforwardedfor-clientsrcport', 'xForwardedFor.clientSrcPort', 'on-off', LAYER_7],
    ['cert-id', 'tls.certificateId', 'text', ['HTTPS']],
    ['http2-enabled', 'tls.http2', 'on-off', ['HTTPS']],
    ['domain-extensions', 'tls.domains', 'domains', ['HTTPS']],
    ['health-check-switch', 'healthCheck.layer4', 'on-off', LAYER_4],
    ['health-check-flag', 'healthCheck.layer7', 'on-off', LAYER_7],
    ['health-check-type', 'healthCheck.type', 'text', CHECKED_BY_HTTP],
    ['health-check-uri', 'healthCheck.uri', 'text', CHECKED_BY_HTTP],
    ['health-check-domain', 'healthCheck.domain', 'text', CHECKED_BY_HTTP],
    ['health-check-httpcode', 'healthCheck.httpCodes', 'list', CHECKED_BY_HTTP],
    ['health-check-method', 'healthCheck.method', 'text', LAYER_7],
    ['health-check-connect-port', 'healthCheck.connectPort', 'integer'],
    ['health-check-interval', 'healthCheck.intervalSeconds', 'integer'],
    ['health-check-connect-timeout', 'healthCheck.connectTimeoutSeconds', 'integer', LAYER_4],
    ['health-check-timeout', 'healthCheck.timeoutSeconds', 'integer', LAYER_7],
    ['healthy-threshold', 'healthCheck.healthyThreshold', 'integer'],
    ['unhealthy-threshold', 'healthCheck.unhealthyThreshold', 'integer'],
  ]),
];

const NLB: readonly AlibabaServiceAnnotation[] = [
  ...rows('nlb', 'instance', [
    ['zone-maps', 'zoneMaps', 'zone-maps'],
    ['ipv6-address-type', 'ipv6AddressType', 'text'],
    ['security-group-ids', 'securityGroupIds', 'list'],
    ['bandwidth-package-id', 'bandwidthPackageId', 'text'],
    ['cross-zone-enabled', 'crossZone', 'on-off'],
  ]),
  ...rows('nlb', 'listener', [
    ['listener-port-range', 'ports[].listener.range', 'port-ranges'],
    ['idle-timeout', 'idleTimeoutSeconds', 'integer'],
    ['cps', 'connectionsPerSecond', 'integer'],
    ['ppv2-pvl-ep-id-enabled', 'proxyProtocolDetails.privateLinkEndpointId', 'on-off'],
    ['ppv2-pvl-eps-id-enabled', 'proxyProtocolDetails.privateLinkEndpointServiceId', 'on-off'],
    ['ppv2-pvl-vpc-id-enabled', 'proxyProtocolDetails.vpcId', 'on-off'],
    ['cert-id', 'tls.certificateIds', 'list', ['TCPSSL']],
    ['additional-cert-ids', 'tls.additionalCertificateIds', 'list', ['TCPSSL']],
    ['cacert', 'tls.mutualAuthentication', 'on-off', ['TCPSSL']],
    ['cacert-id', 'tls.caCertificateIds', 'list', ['TCPSSL']],
    ['alpn', 'tls.alpn.enabled', 'on-off', ['TCPSSL']],
    ['alpn-policy', 'tls.alpn.policy', 'text', ['TCPSSL']],
  ]),
  ...rows('nlb', 'backend', [
    ['scheduler', 'scheduler', 'text'],
    ['connection-drain', 'connectionDrain.enabled', 'on-off'],
    ['connection-drain-timeout', 'connectionDrain.timeoutSeconds', 'integer'],
    ['preserve-client-ip', 'preserveClientIP', 'on-off'],
    ['server-group-type', 'serverGroupType', 'text'],
    ['health-check-flag', 'healthCheck.enabled', 'on-off'],
    ['health-check-type', 'healthCheck.type', 'text'],
    ['health-check-uri', 'healthCheck.uri', 'text'],
    ['health-check-domain', 'healthCheck.domain', 'text'],
    ['health-check-httpcode', 'healthCheck.httpCodes', 'list'],
    ['health-check-method', 'healthCheck.method', 'text'],
    ['health-check-connect-port', 'healthCheck.connectPort', 'integer'],
    ['health-check-interval', 'healthCheck.intervalSeconds', 'integer'],
    ['health-check-connect-timeout', 'healthCheck.connectTimeoutSeconds', 'integer'],
    ['healthy-threshold', 'healthCheck.healthyThreshold', 'integer'],
    ['unhealthy-threshold', 'healthCheck.unhealthyThreshold', 'integer'],
  ]),
];

/** Every annotation that has a typed field: what is rendered, and what an import reads. */
export const ALIBABA_SERVICE_ANNOTATIONS: readonly AlibabaServiceAnnotation[] = [...COMMON, ...CLB, ...NLB];

/** The entries that a product reads. */
export function annotationsOf(product: 'clb' | 'nlb'): readonly AlibabaServiceAnnotation[] {
  return ALIBABA_SERVICE_ANNOTATIONS.filter(({ group }) => group === 'common' || group === product);
}

/** The whole name of an annotation, as it is emitted. */
export function annotationName({ prefix = ANNOTATION_PREFIX, suffix }: AlibabaServiceAnnotation): string {
  return prefix + suffix;
}
