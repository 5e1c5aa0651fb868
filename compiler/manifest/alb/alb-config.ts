import type { AlbConfigModel } from '../../model/alb/alb-ingress';
import { ALB_FIELD_DEFAULTS } from '../../model/alb/alb-ingress-defaults';
import type { AlbListener, AlbLoadBalancer, AlbXForwardedFor } from '../../spec/generated/alb-ingress';
import type { KubernetesObject, Metadata } from '../k8s';

/**
 * Cluster-scoped, and without a schema: the controller makes its definition when it starts. Fields as in
 * alibaba/alibaba-load-balancer-controller@a9b1da3, pkg/apis/alibabacloud/v1/albconfig_types.go.
 */
interface AlbConfig extends KubernetesObject {
  readonly apiVersion: 'alibabacloud.com/v1';
  readonly kind: 'AlbConfig';
  readonly spec: {
    /** Spelled as in the spec of an AlbIngress. */
    readonly config: AlbLoadBalancer;
    readonly listeners: readonly AlbConfigListener[];
  };
}

interface AlbConfigListener extends Omit<AlbListener, 'certificates' | 'caCertificates' | 'xForwardedForConfig'> {
  readonly certificates?: readonly AlbConfigCertificate[];
  readonly caCertificates?: readonly AlbConfigCertificate[];
  readonly xForwardedForConfig?: Readonly<Record<string, boolean | string>>;
}

interface AlbConfigCertificate {
  readonly CertificateId: string;
  readonly IsDefault?: boolean;
}

/** The AlbConfig of a load balancer. */
export function albConfig(metadata: Metadata, { loadBalancer, listeners }: AlbConfigModel): AlbConfig {
  return {
    apiVersion: 'alibabacloud.com/v1',
    kind: 'AlbConfig',
    metadata,
    spec: { config: loadBalancer, listeners: listeners.map(albConfigListener) },
  };
}

function albConfigListener(listener: AlbListener): AlbConfigListener {
  const { port, protocol, certificates, caCertificates, xForwardedForConfig, ...settings } = listener;
  return {
    port,
    protocol,
    ...(certificates && { certificates: certificates.map(albConfigCertificate) }),
    ...(caCertificates && { caCertificates: caCertificates.map(albConfigCertificate) }),
    ...settings,
    ...(xForwardedForConfig && { xForwardedForConfig: forwardedHeaders(xForwardedForConfig) }),
  };
}

function albConfigCertificate(certificate: {
  readonly certificateId: string;
  readonly isDefault?: boolean;
}): AlbConfigCertificate {
  const { certificateId, isDefault } = certificate;
  return { CertificateId: certificateId, ...(isDefault !== undefined && { IsDefault: isDefault }) };
}

/** What each header is called in an AlbConfig. */
const HEADERS = {
  enabled: 'XForwardedFor',
  proto: 'XForwardedForProto',
  slbId: 'XForwardedForSLBId',
  slbPort: 'XForwardedForSLBPort',
  clientSrcPort: 'XForwardedForClientSrcPort',
} as const satisfies Partial<Record<keyof AlbXForwardedFor, string>>;

/** Headers that may have another name. */
const NAMED_HEADERS = {
  clientCertSubjectDN: 'XForwardedForClientCertSubjectDN',
  clientCertIssuerDN: 'XForwardedForClientCertIssuerDN',
  clientCertFingerprint: 'XForwardedForClientCertFingerprint',
  clientCertClientVerify: 'XForwardedForClientCertClientVerify',
} as const satisfies Partial<Record<keyof AlbXForwardedFor, string>>;

function forwardedHeaders(config: AlbXForwardedFor): Record<string, boolean | string> {
  const fields: Record<string, boolean | string> = {};
  for (const [field, name] of entries(HEADERS)) {
    const enabled = config[field];
    if (enabled !== undefined) fields[`${name}Enabled`] = enabled;
  }
  for (const [field, name] of entries(NAMED_HEADERS)) {
    const header = config[field];
    if (header === undefined) continue;
    fields[`${name}Enabled`] = header.enabled ?? ALB_FIELD_DEFAULTS.headerEnabled;
    if (header.alias !== undefined) fields[`${name}Alias`] = header.alias;
  }
  return fields;
}

function entries<Key extends string>(table: Readonly<Record<Key, string>>): [Key, string][] {
  return Object.entries(table) as [Key, string][];
}
