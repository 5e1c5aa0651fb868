import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { compileAll } from '../../../compiler/compile';
import { celProblems, celRules } from '../../kubernetes/cel';
import type { Schema } from '../../kubernetes/crd-structure';

const ROOT = join(__dirname, '..', '..', '..');
const text = readFileSync(join(ROOT, 'schemas', 'crd', 'balancers.exposer.hliangzhao.io.yaml'), 'utf8');
const schema = parse(text).spec.versions[0].schema.openAPIV3Schema as Schema;

const HTTP = { name: 'http', port: 80, targetPort: 8080 };
const DNS = { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 };
const V1 = { name: 'v1', weight: 1, selector: { version: 'v1' } };
const V2 = { name: 'v2', weight: 1, selector: { version: 'v2' } };
const SPARE = { ...V2, backup: true };

interface Trial {
  /** What the API server says. */
  readonly message: string;
  /** What the compiler says. */
  readonly code: string;
  readonly good: readonly object[];
  readonly bad: readonly object[];
}

/** Fields in place of those of a spec with one port and one backend. */
const TRIALS: readonly Trial[] = [
  {
    message: 'at least one backend without backup needs a weight above 0',
    code: 'BAL3009',
    good: [
      { backends: [V1, { ...V2, weight: 0 }] },
      { backends: [V1, SPARE] },
      { backends: [{ ...V1, backup: false }] },
    ],
    bad: [{ backends: [{ ...V1, weight: 0 }] }, { backends: [{ ...V1, backup: true }] }],
  },
  {
    message: 'backup backends need the method RoundRobin or LeastConnections',
    code: 'BAL3008',
    good: [
      { ports: [{ ...HTTP, method: 'LeastConnections' }], backends: [V1, SPARE] },
      { ports: [{ ...HTTP, method: 'RandomTwo' }] },
    ],
    bad: ['SourceHash', 'RandomTwo'].map((method) => ({ ports: [{ ...HTTP, method }], backends: [V1, SPARE] })),
  },
  {
    message: 'several ports need a name each',
    code: 'BAL3003',
    good: [{ ports: [HTTP, DNS] }, { ports: [{ port: 80, targetPort: 8080 }] }],
    bad: [{ ports: [HTTP, { port: 443, targetPort: 8443 }] }],
  },
  {
    message: 'service.loadBalancerClass needs service.type LoadBalancer',
    code: 'BAL3017',
    good: [{ service: { type: 'LoadBalancer', loadBalancerClass: 'example.com/a' } }, { service: {} }],
    bad: [{ service: { type: 'NodePort', loadBalancerClass: 'a' } }, { service: { loadBalancerClass: 'a' } }],
  },
  {
    message: 'service.externalTrafficPolicy needs service.type NodePort or LoadBalancer',
    code: 'BAL3017',
    good: ['NodePort', 'LoadBalancer'].map((type) => ({ service: { type, externalTrafficPolicy: 'Local' } })),
    bad: [
      { service: { externalTrafficPolicy: 'Local' } },
      { service: { type: 'ClusterIP', externalTrafficPolicy: 'Local' } },
    ],
  },
  {
    message: 'udpResponses is for UDP ports',
    code: 'BAL3010',
    good: [{ ports: [{ ...DNS, udpResponses: 1 }] }],
    bad: [{ ports: [{ ...HTTP, udpResponses: 1 }] }, { ports: [{ ...HTTP, protocol: 'TCP', udpResponses: 0 }] }],
  },
  {
    message: 'proxyProtocol is for TCP ports',
    code: 'BAL3010',
    good: [{ ports: [{ ...HTTP, proxyProtocol: { accept: true } }] }],
    bad: [{ ports: [{ ...DNS, proxyProtocol: { accept: true } }] }, { ports: [HTTP, { ...DNS, proxyProtocol: {} }] }],
  },
  {
    message: 'connectTimeoutSeconds is for TCP ports',
    code: 'BAL3010',
    good: [{ ports: [{ ...HTTP, connectTimeoutSeconds: 1 }] }],
    bad: [{ ports: [{ ...DNS, connectTimeoutSeconds: 1 }] }],
  },
  {
    message: 'the names of ports must differ',
    code: 'BAL3001',
    good: [{ ports: [HTTP, DNS] }, { ports: [{ port: 80, targetPort: 8080 }] }],
    bad: [{ ports: [HTTP, { ...DNS, name: 'http' }] }],
  },
  {
    message: 'nodePort needs service.type NodePort or LoadBalancer',
    code: 'BAL3017',
    good: [
      { service: { type: 'NodePort' }, ports: [{ ...HTTP, nodePort: 30080 }] },
      { service: { type: 'ClusterIP' } },
    ],
    bad: [{ ports: [{ ...HTTP, nodePort: 30080 }] }, { service: {}, ports: [{ ...HTTP, nodePort: 30080 }] }],
  },
  {
    message: 'a backend needs a selector, a service or an address',
    code: 'BAL3004',
    good: [
      { selector: { app: 'web' }, backends: [{ name: 'a', weight: 1 }] },
      { backends: [V1, { name: 'a', weight: 1, address: '192.0.2.1' }] },
    ],
    bad: [{ backends: [V1, { name: 'a', weight: 1 }] }, { selector: {}, backends: [{ ...V1, selector: {} }] }],
  },
  {
    message: 'a client is a cidr or a selection of Pods',
    code: 'BAL3031',
    good: [{ networkPolicy: { from: [{ cidr: '10.0.0.0/8' }, { podSelector: { app: 'web' } }] } }],
    bad: [{ networkPolicy: { from: [{ cidr: '10.0.0.0/8', podSelector: { app: 'web' } }] } }],
  },
  {
    message:
      'a toleration without a key needs the operator Exists, Exists takes no value, and tolerationSeconds needs the effect NoExecute',
    code: 'BAL3030',
    good: [
      { tolerations: [{ operator: 'Exists' }, { key: 'a', value: 'b', effect: 'NoExecute', tolerationSeconds: 1 }] },
    ],
    bad: [
      { tolerations: [{ value: 'a' }] },
      { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] },
      { tolerations: [{ key: 'a', tolerationSeconds: 1 }] },
    ],
  },
  {
    message: 'service and address exclude each other',
    code: 'BAL3005',
    good: [
      { backends: [{ name: 'a', weight: 1, service: { name: 'a' } }] },
      { backends: [{ name: 'a', weight: 1, address: '192.0.2.1' }] },
    ],
    bad: [{ backends: [V1, { name: 'a', weight: 1, service: { name: 'a' }, address: '192.0.2.1' }] }],
  },
  {
    message: 'selector excludes service and address',
    code: 'BAL3005',
    good: [{ backends: [V1, { name: 'a', weight: 1, address: '192.0.2.1' }] }],
    bad: [{ backends: [{ ...V1, service: { name: 'a' } }] }, { backends: [V1, { ...V2, address: '192.0.2.1' }] }],
  },
];

function balancer(fields: object): object {
  const spec = { ports: [HTTP], backends: [V1], ...fields };
  return { apiVersion: 'exposer.hliangzhao.io/v1alpha1', kind: 'Balancer', metadata: { name: 'sample' }, spec };
}

/** The codes that the compiler reports about a Balancer. */
function codes(fields: object): string[] {
  const { diagnostics } = compileAll([{ file: 'spec.yaml', text: JSON.stringify(balancer(fields)) }]);
  return diagnostics.map(({ code }) => code);
}

test('every CEL rule has its trials', () => {
  expect(TRIALS.map(({ message }) => message).sort()).toEqual(
    celRules(schema)
      .map(({ message }) => message)
      .sort(),
  );
  for (const { good, bad } of TRIALS) expect(Math.min(good.length, bad.length)).toBeGreaterThan(0);
});

describe.each(TRIALS)('$message', ({ message, code, good, bad }) => {
  test.each(good)('is no objection to %j', (fields) => {
    expect(celProblems(schema, balancer(fields))).toEqual([]);
    expect(codes(fields)).not.toContain(code);
  });

  test.each(bad)('is the answer to %j, as from the compiler', (fields) => {
    expect(celProblems(schema, balancer(fields))).toEqual([message]);
    expect(codes(fields)).toContain(code);
  });
});

test('CEL has no objection to any Balancer of the fleet', () => {
  const fleet = parseAllDocuments(readFileSync(join(ROOT, 'fleet', 'balancer-sample.yaml'), 'utf8'));
  for (const document of fleet) expect(celProblems(schema, document.toJS())).toEqual([]);
  expect(fleet.length).toBeGreaterThan(0);
});
