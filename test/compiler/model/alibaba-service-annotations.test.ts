/** The table of annotations against the list of the facts, the schema and the whole-output cases: none is missing anywhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { PROVIDER_FIELD } from '../../../compiler/model/alibaba-service/alibaba-service';
import {
  ALIBABA_SERVICE_ANNOTATIONS,
  ANNOTATION_PREFIX,
  annotationName,
  annotationsOf,
} from '../../../compiler/model/alibaba-service/alibaba-service-annotations';
import { ALIBABA_SERVICE_LEFT_OUT } from '../../../compiler/model/alibaba-service/alibaba-service-left-out';
import { EXCLUSIONS, NEEDS } from '../../../compiler/model/alibaba-service/alibaba-service-rules';
import schema from '../../../schemas/load-balancer-service.schema.json';

const CASES = join(__dirname, '../../cases');
const PRODUCTS = ['clb', 'nlb'] as const;

/** kubernetes/cloud-provider-alibaba-cloud: annotations.go, by the product whose list it stands in. */
const KNOWN = {
  common: `address-type id name resource-group-id additional-resource-tags delete-protection modification-protection cert-id
    protocol-port idle-timeout tls-cipher-policy scheduler connection-drain connection-drain-timeout ignore-weight-update
    preserve-lb-on-delete`,
  clb: `vswitch-id network-type slb-network-type charge-type force-override-listeners master-zoneid slave-zoneid bandwidth spec
    instance-charge-type ip-version external-ip-type hostname ip acl-status acl-id acl-type forward-port http2-enabled
    health-check-switch health-check-flag health-check-type health-check-uri health-check-connect-port health-check-interval
    health-check-connect-timeout health-check-timeout health-check-domain health-check-httpcode health-check-method
    healthy-threshold unhealthy-threshold sticky-session sticky-session-type cookie-timeout cookie persistence-timeout
    vgroup-port xforwardedfor-proto xforwardedfor-slbport xforwardedfor-clientsrcport request-timeout established-timeout
    proxy-protocol domain-extensions backend-label backend-ip-version remove-unscheduled-backend weight default-weight`,
  nlb: `zone-maps security-group-ids bandwidth-package-id ipv6-address-type cross-zone-enabled cacert-id cacert cps
    preserve-client-ip server-group-type ppv2-pvl-ep-id-enabled ppv2-pvl-eps-id-enabled ppv2-pvl-vpc-id-enabled alpn
    alpn-policy listener-port-range additional-cert-ids`,
} as const;

/** Keys of another form, in the same list. */
const OTHER_KEYS = ['service.beta.kubernetes.io/backend-type'];
const LABELS = ['service.alibabacloud.com/exclude-node', 'service.beta.kubernetes.io/exclude-node'];

const names = (list: string): string[] => list.split(/\s+/).map((suffix) => ANNOTATION_PREFIX + suffix);

interface Document {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: unknown;
}

function documentsIn(...path: string[]): Document[] {
  return parseAllDocuments(readFileSync(join(CASES, ...path), 'utf8')).map((document) => document.toJS() as Document);
}

/** Annotations of the Services that a case becomes. */
function annotationsIn(name: string): Set<string> {
  const files = readdirSync(join(CASES, name, 'expected')).filter((file) => file.startsWith('loadbalancerservice.'));
  const services = files.flatMap((file) => documentsIn(name, 'expected', file));
  return new Set(services.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {})));
}

const leftOut = (product: 'clb' | 'nlb'): Set<string> =>
  new Set(
    ALIBABA_SERVICE_LEFT_OUT.filter(
      (entry) => entry.kind === 'annotation' && (entry.product ?? product) === product,
    ).map(({ name }) => ANNOTATION_PREFIX + name),
  );

describe('the list of the facts', () => {
  test.each(PRODUCTS)('is what the case of a %s has, but for what is left out', (product) => {
    const emitted = annotationsIn(`alibaba-${product}-full`);
    const known = [...names(KNOWN.common), ...names(KNOWN[product]), ...OTHER_KEYS];
    expect(known.filter((name) => !emitted.has(name) && !leftOut(product).has(name))).toEqual([]);
  });

  test('has everything that is emitted, the example of a foreign annotation excepted', () => {
    const known = new Set([...Object.values(KNOWN).flatMap(names), ...OTHER_KEYS, 'shop.example.com/owner']);
    const emitted = PRODUCTS.flatMap((product) => [...annotationsIn(`alibaba-${product}-full`)]);
    expect(emitted.filter((name) => !known.has(name))).toEqual([]);
  });

  test('has what is left out, and nothing of that is emitted', () => {
    const known = new Set([...Object.values(KNOWN).flatMap(names), ...LABELS]);
    for (const { name, kind, reason } of ALIBABA_SERVICE_LEFT_OUT) {
      expect(known).toContain(kind === 'label' ? name : ANNOTATION_PREFIX + name);
      expect(reason).not.toBe('');
    }
    for (const product of PRODUCTS) {
      const emitted = annotationsIn(`alibaba-${product}-full`);
      expect([...leftOut(product)].filter((name) => emitted.has(name))).toEqual([]);
    }
  });

  test('no golden file has a name of old', () => {
    const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /expected\/.*k8s/.test(file),
    );
    const old = files.filter((file) =>
      /alicloud-loadbalancer|slb-network-type/.test(readFileSync(join(CASES, file), 'utf8')),
    );
    expect(old).toEqual([]);
  });
});

/** What of JSON Schema is looked at. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Paths of the fields that hold values: a list and a map are values as a whole. */
function leaves(shape: Schema, path = ''): string[] {
  if (shape.properties === undefined) return [path];
  return Object.entries(shape.properties).flatMap(([name, inner]) =>
    leaves(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** Fields that no annotation stands for, and why. */
const WITHOUT_ANNOTATION: Readonly<Record<string, string>> = {
  acknowledgeListenerLoss: 'it is a word to the compiler',
};

const { provider, ports } = schema.properties.spec.properties;

describe('the table', () => {
  test.each(PRODUCTS)('has each name and each field of a %s once', (product) => {
    const entries = annotationsOf(product);
    expect(new Set(entries.map(annotationName)).size).toBe(entries.length);
    expect(new Set(entries.map(({ path }) => path)).size).toBe(entries.length);
  });

  test.each(PRODUCTS)('has exactly the fields of the schema of a %s', (product) => {
    const shape = provider.properties[PROVIDER_FIELD[product]] as Schema;
    const paths = annotationsOf(product).map(({ path }) => path);
    const wanted = leaves(shape).filter((path) => WITHOUT_ANNOTATION[path] === undefined);
    expect(paths.filter((path) => !path.startsWith('ports[].')).sort()).toEqual(wanted.sort());
  });

  test('has exactly the fields of a listener', () => {
    const own = ALIBABA_SERVICE_ANNOTATIONS.filter(({ path }) => path.startsWith('ports[].listener.'));
    const fields = Object.keys(ports.items.properties.listener.properties);
    expect(own.map(({ path }) => path.slice('ports[].listener.'.length)).sort()).toEqual(fields.sort());
  });

  test.each(PRODUCTS)('the rules of a %s name fields that there are', (product) => {
    const paths = leaves(provider.properties[PROVIDER_FIELD[product]] as Schema);
    const fields = [
      ...NEEDS[product].flatMap(({ field, needs }) => [field, needs]),
      ...EXCLUSIONS[product].flatMap(({ field, excludes }) => [field, excludes]),
    ];
    const unknown = fields.filter((field) => !paths.some((path) => path === field || path.startsWith(`${field}.`)));
    expect(unknown).toEqual([]);
  });
});

describe('the full cases', () => {
  test.each(PRODUCTS)('a %s has every field of its schema', (product) => {
    const name = PROVIDER_FIELD[product];
    const specs = documentsIn(`alibaba-${product}-full`, 'spec.yaml').map(({ spec }) => spec) as {
      readonly provider: Readonly<Record<string, unknown>>;
    }[];
    const has = (value: unknown, [key, ...rest]: readonly string[]): boolean =>
      key === undefined
        ? value !== undefined
        : has((value as Readonly<Record<string, unknown>> | undefined)?.[key], rest);
    const paths = leaves(provider.properties[name] as Schema);
    const missing = paths.filter((path) => !specs.some((spec) => has(spec.provider[name], path.split('.'))));
    expect(missing).toEqual([]);
  });
});
