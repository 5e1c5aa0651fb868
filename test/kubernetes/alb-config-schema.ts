/**
 * A structural schema of AlbConfig, which the API server lacks: it keeps unknown fields and checks nothing. Written from
 * alibaba/alibaba-load-balancer-controller@a9b1da3, pkg/apis/alibabacloud/v1/albconfig_types.go, apart from the compiler's own.
 */
import Ajv, { type SchemaObject } from 'ajv';

const text: SchemaObject = { type: 'string' };
const bool: SchemaObject = { type: 'boolean' };
const int: SchemaObject = { type: 'integer' };

/** An object with these fields and no others; none is required of the controller's Go types. */
function fields(properties: Readonly<Record<string, SchemaObject>>, required: readonly string[] = []): SchemaObject {
  return { type: 'object', additionalProperties: false, properties, required };
}

function list(items: SchemaObject): SchemaObject {
  return { type: 'array', items };
}

/** Fields of one type. */
function all(type: SchemaObject, names: string): Record<string, SchemaObject> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

const CONFIG = fields({
  ...all(text, 'id name addressAllocatedMode addressType ipv6AddressType addressIpVersion resourceGroupId edition'),
  zoneMappings: list(fields(all(text, 'vSwitchId zoneId allocationId eipType'), ['vSwitchId'])),
  accessLogConfig: fields(all(text, 'logStore logProject')),
  ...all(bool, 'deletionProtectionEnabled forceOverride listenerForceOverride'),
  billingConfig: fields({ internetBandwidth: int, ...all(text, 'internetChargeType payType bandWidthPackageId') }),
  modificationProtectionConfig: fields(all(text, 'reason status')),
  tags: list(fields(all(text, 'key value'))),
});

const CERTIFICATES = list(fields({ IsDefault: bool, CertificateId: text }, ['CertificateId']));

const ACTION = fields(
  {
    actionType: { enum: ['FixedResponse', 'Redirect', 'ForwardGroup'] },
    fixedResponseConfig: fields(all(text, 'contentType messageBody statusCode')),
    redirectConfig: fields(all(text, 'host path port protocol query statusCode')),
    forwardConfig: fields({
      targetGroups: list(
        fields({
          ...all(text, 'targetGroupARN serviceName'),
          servicePort: { type: ['integer', 'string'] },
          weight: int,
        }),
      ),
    }),
  },
  ['actionType'],
);

const CERTIFICATE_HEADERS = 'SubjectDN IssuerDN Fingerprint ClientVerify'
  .split(' ')
  .map((name) => `XForwardedForClientCert${name}`);

const LISTENER = fields(
  {
    port: { type: ['integer', 'string'] },
    protocol: { enum: ['HTTP', 'HTTPS', 'QUIC'] },
    ...all(bool, 'gzipEnabled http2Enabled caEnabled'),
    ...all(text, 'securityPolicyId loadBalancerId description'),
    ...all(int, 'idleTimeout requestTimeout'),
    quicConfig: fields({ quicUpgradeEnabled: bool, quicListenerId: text }),
    defaultActions: list(ACTION),
    certificates: CERTIFICATES,
    caCertificates: CERTIFICATES,
    xForwardedForConfig: fields({
      ...all(
        bool,
        'XForwardedForEnabled XForwardedForProtoEnabled XForwardedForSLBIdEnabled XForwardedForSLBPortEnabled',
      ),
      ...all(bool, 'XForwardedForClientSrcPortEnabled'),
      ...all(bool, CERTIFICATE_HEADERS.map((name) => `${name}Enabled`).join(' ')),
      ...all(text, CERTIFICATE_HEADERS.map((name) => `${name}Alias`).join(' ')),
    }),
    logConfig: fields({
      accessLogRecordCustomizedHeadersEnabled: bool,
      accessLogTracingConfig: fields({ tracingEnabled: bool, tracingType: text, tracingSample: int }),
    }),
    aclConfig: fields({ ...all(text, 'aclName aclType'), aclEntries: list(text), aclIds: list(text) }),
  },
  ['port', 'protocol'],
);

/** The whole object. `spec.config` is required: the controller refuses an AlbConfig without it. */
const ALB_CONFIG_SCHEMA: SchemaObject = fields(
  {
    apiVersion: { const: 'alibabacloud.com/v1' },
    kind: { const: 'AlbConfig' },
    metadata: { type: 'object', required: ['name'], properties: { name: text, namespace: false } },
    spec: fields({ config: CONFIG, listeners: list(LISTENER) }, ['config', 'listeners']),
  },
  ['apiVersion', 'kind', 'metadata', 'spec'],
);

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(ALB_CONFIG_SCHEMA);

/** What the schema refuses about an AlbConfig; empty if it is fine. */
export function albConfigProblems(object: object): string[] {
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword, message, params }) => {
    return `${instancePath || '/'} ${message ?? keyword} ${JSON.stringify(params)}`;
  });
}
