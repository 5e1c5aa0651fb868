/**
 * Nothing of what the controller of 000 reads is forgotten: its annotations, and the fields of its AlbConfig, are in the goldens,
 * or in a table with the reason why not. Lists: alibaba/alibaba-load-balancer-controller, annotations.go and albconfig_types.go.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../compiler/manifest/k8s';

const ROOT = join(__dirname, '../../..');
const CASES = join(ROOT, 'test/cases');

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Names below alb.ingress.kubernetes.io/, `*` for the name of a service. */
const ANNOTATIONS = words(`
  address-type vswitch-ids charge-type id force-override-listeners name address-allocated-mode edition listen-ports access-log
  healthcheck-enabled healthcheck-path healthcheck-protocol healthcheck-connect-port healthcheck-method
  healthcheck-interval-seconds healthcheck-timeout-seconds healthcheck-httpcode healthy-threshold-count
  unhealthy-threshold-count order backend-label remove-unscheduled-backend
  canary canary-by-header canary-by-header-value canary-by-cookie canary-weight
  ssl-redirect rewrite-target backend-protocol backend-scheduler backend-scheduler-uch-value
  traffic-limit-qps traffic-limit-ip-qps
  enable-cors cors-allow-origin cors-allow-methods cors-allow-headers cors-allow-credentials cors-expose-headers cors-max-age
  use-regex backend-keepalive server-group-id sticky-session sticky-session-type cookie-timeout cookie
  conditions.* actions.* rule-direction.*
`);

const MADE_OF_ANNOTATIONS =
  'read by makeAlbConfig only, which older versions called to make an AlbConfig of an Ingress and nothing calls in 000; in spec.loadBalancer:';
const OF_A_SERVICE = 'an annotation of a Service, and an AlbIngress makes none';

const LEFT_OUT_ANNOTATIONS: Readonly<Record<string, string>> = {
  'address-type': `${MADE_OF_ANNOTATIONS} addressType`,
  'vswitch-ids': `${MADE_OF_ANNOTATIONS} zoneMappings`,
  'charge-type': `${MADE_OF_ANNOTATIONS} billingConfig.payType`,
  id: `${MADE_OF_ANNOTATIONS} id`,
  'force-override-listeners': `${MADE_OF_ANNOTATIONS} forceOverride`,
  name: `${MADE_OF_ANNOTATIONS} name`,
  'address-allocated-mode': `${MADE_OF_ANNOTATIONS} addressAllocatedMode`,
  edition: `${MADE_OF_ANNOTATIONS} edition`,
  'access-log': `${MADE_OF_ANNOTATIONS} accessLogConfig`,
  'backend-label': `${OF_A_SERVICE}; older versions read it there`,
  'remove-unscheduled-backend': `${OF_A_SERVICE}; older versions read it there`,
  'server-group-id': `${OF_A_SERVICE}: reconcileServers in alb_controller.go`,
};

/** Other prefixes that the controller honours. */
const ALIASES: Readonly<Record<string, string>> = {
  'nginx.ingress.kubernetes.io/canary': 'an alias that wins over the own name; refused by BAL3128',
  'nginx.ingress.kubernetes.io/ssl-redirect': 'an alias that wins over the own name; refused by BAL3128',
};

const CERTIFICATE = ['IsDefault', 'CertificateId'];
const XFF_CERTIFICATES = words('SubjectDN IssuerDN Fingerprint ClientVerify').map((name) => `ClientCert${name}`);

/** Paths of leaves below spec; a list is `[]`. */
const FIELDS: readonly string[] = [
  ...below(
    'config',
    'id name addressAllocatedMode addressType ipv6AddressType addressIpVersion resourceGroupId edition',
  ),
  ...below('config', 'deletionProtectionEnabled forceOverride listenerForceOverride'),
  ...below('config.zoneMappings[]', 'vSwitchId zoneId allocationId eipType'),
  ...below('config.accessLogConfig', 'logStore logProject'),
  ...below('config.billingConfig', 'internetBandwidth internetChargeType payType bandWidthPackageId'),
  ...below('config.modificationProtectionConfig', 'reason status'),
  ...below('config.tags[]', 'key value'),
  ...below(
    'listeners[]',
    'gzipEnabled http2Enabled port protocol securityPolicyId idleTimeout loadBalancerId description',
  ),
  ...below('listeners[]', 'caEnabled requestTimeout'),
  ...below('listeners[].quicConfig', 'quicUpgradeEnabled quicListenerId'),
  ...below('listeners[].defaultActions[]', 'actionType'),
  ...below('listeners[].defaultActions[].fixedResponseConfig', 'contentType messageBody statusCode'),
  ...below('listeners[].defaultActions[].redirectConfig', 'host path port protocol query statusCode'),
  ...below(
    'listeners[].defaultActions[].forwardConfig.targetGroups[]',
    'targetGroupARN serviceName servicePort weight',
  ),
  ...below('listeners[].caCertificates[]', CERTIFICATE.join(' ')),
  ...below('listeners[].certificates[]', CERTIFICATE.join(' ')),
  ...below(
    'listeners[].xForwardedForConfig',
    [
      ...['', 'Proto', 'SLBId', 'SLBPort', 'ClientSrcPort', ...XFF_CERTIFICATES].map(
        (name) => `XForwardedFor${name}Enabled`,
      ),
      ...XFF_CERTIFICATES.map((name) => `XForwardedFor${name}Alias`),
    ].join(' '),
  ),
  ...below('listeners[].logConfig', 'accessLogRecordCustomizedHeadersEnabled'),
  ...below('listeners[].logConfig.accessLogTracingConfig', 'tracingSample tracingType tracingEnabled'),
  ...below('listeners[].aclConfig', 'aclName aclType aclEntries[] aclIds[]'),
];

const LEFT_OUT_FIELDS: Readonly<Record<string, string>> = {
  'listeners[].caCertificates[].IsDefault': 'no client chooses among authorities; the controller passes the id alone',
};

function below(path: string, names: string): string[] {
  return words(names).map((name) => `${path}.${name}`);
}

/** Every object of the goldens of this kind. */
function goldens(): KubernetesObject[] {
  const cases = readdirSync(CASES).filter((name) => name.startsWith('alb-ingress'));
  return cases.flatMap((name) => {
    const folder = join(CASES, name, 'expected');
    const files = readdirSync(folder).filter((file) => file.endsWith('.k8s.yaml'));
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
    return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject));
  });
}

function leaves(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, field]) => leaves(field, path === '' ? key : `${path}.${key}`));
}

/** What a list has and the goldens have not, without what is left out; and the other way round. */
function differences(listed: readonly string[], found: readonly string[], leftOut: Readonly<Record<string, string>>) {
  return {
    missing: listed.filter((one) => !found.includes(one) && !(one in leftOut)),
    unknown: [...new Set(found.filter((one) => !listed.includes(one)))],
    leftOutButThere: Object.keys(leftOut).filter((one) => found.includes(one) || !listed.includes(one)),
  };
}

const NOTHING = { missing: [], unknown: [], leftOutButThere: [] };

describe('goldens', () => {
  const objects = goldens();

  test('have every annotation of the controller', () => {
    const ingresses = objects.filter(({ kind }) => kind === 'Ingress');
    const keys = ingresses.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}));
    const own = keys
      .filter((key) => key.startsWith('alb.ingress.kubernetes.io/'))
      .map((key) => key.split('/')[1] ?? '');
    const names = own.map((name) => name.replace(/^(conditions|actions|rule-direction)\..*/, '$1.*'));
    expect(differences(ANNOTATIONS, names, LEFT_OUT_ANNOTATIONS)).toEqual(NOTHING);
    expect(keys.filter((key) => key in ALIASES)).toEqual([]);
  });

  test('have every field of an AlbConfig', () => {
    const configs = objects.filter(({ kind }) => kind === 'AlbConfig') as (KubernetesObject & {
      readonly spec: object;
    })[];
    const paths = configs.flatMap(({ spec }) => leaves(spec, ''));
    expect(differences(FIELDS, paths, LEFT_OUT_FIELDS)).toEqual(NOTHING);
  });
});

test('each thing that is left out has a reason', () => {
  for (const reason of Object.values({ ...LEFT_OUT_ANNOTATIONS, ...LEFT_OUT_FIELDS, ...ALIASES })) {
    expect(reason).toMatch(/^[a-z].{20,}/);
  }
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Paths of the fields that a spec may have; maps of the user's own keys count as one. */
function fieldsOf(schema: Schema, path: string): string[] {
  if (schema.items !== undefined) return fieldsOf(schema.items, `${path}[]`);
  if (schema.properties === undefined) return [path];
  return Object.entries(schema.properties).flatMap(([key, field]) => fieldsOf(field, `${path}.${key}`));
}

test('the case "full" uses every field of the kind', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/alb-ingress.schema.json'), 'utf8')) as Schema;
  const text = readFileSync(join(CASES, 'alb-ingress-full/spec.yaml'), 'utf8');
  const used = parseAllDocuments(text).flatMap((document) =>
    leaves((document.toJS() as { spec: object }).spec, '.spec'),
  );
  const isUsed = (field: string): boolean => used.some((one) => one === field || one.startsWith(`${field}.`));
  const fields = fieldsOf(schema.properties!.spec!, '.spec').filter((field) => !isUsed(field));
  expect(fields).toEqual([]);
});
