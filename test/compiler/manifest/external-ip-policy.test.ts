/** The admission policy, evaluated as the API server does: variables one after the other, then the validations. */
import { Environment, evaluate } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { externalIPPolicy } from '../../../compiler/manifest/bgp/external-ip-policy';
import type { ValidatingAdmissionPolicy } from '../../../compiler/manifest/k8s';
import type { PoolModel } from '../../../compiler/model/bgp/bgp-load-balancer';
import { addressesOf } from '../../../compiler/model/values/ip-network';
import { schemaProblems } from '../../kubernetes-schema';

const POOLS: readonly PoolModel[] = [
  {
    name: 'public',
    networks: [
      { family: 'IPv4', address: '139.198.190.112', prefixLength: 29, cidr: '139.198.190.112/29' },
      { family: 'IPv6', address: '2001:db8:190::', prefixLength: 125, cidr: '2001:db8:190::/125' },
    ],
  },
  { name: 'single', networks: [{ family: 'IPv4', address: '10.1.2.3', prefixLength: 32, cidr: '10.1.2.3/32' }] },
];
const DECLARED = POOLS.flatMap(({ networks }) => networks.flatMap(addressesOf));

function policyOf(kubernetesMinor: number, pools = POOLS): ValidatingAdmissionPolicy | undefined {
  const model = { name: 'edge', namespace: 'kube-system', kubernetesMinor, pools };
  return externalIPPolicy(model, { name: 'loadbalancer-external-ips' })[0] as ValidatingAdmissionPolicy | undefined;
}

interface ServiceObject {
  readonly spec: { readonly externalIPs?: readonly string[]; readonly type?: string };
}

/** The answer to a Service, or undefined where it is let in. */
function answer(object: ServiceObject, oldObject: ServiceObject | null = null): string | undefined {
  const { variables, validations } = policyOf(30)!.spec;
  const known: Record<string, unknown> = {};
  const context = { object, oldObject, variables: known };
  for (const { name, expression } of variables) known[name] = evaluate(expression, context);
  const broken = validations.find(({ expression }) => evaluate(expression, context) !== true);
  return broken && String(evaluate(broken.messageExpression, context));
}

const asking = (...externalIPs: string[]): ServiceObject => ({ spec: { externalIPs } });

describe('a new Service', () => {
  test.each(DECLARED)('may have %s', (address) => {
    expect(answer(asking(address))).toBeUndefined();
  });

  test('may have all of them, or none', () => {
    expect(DECLARED).toHaveLength(17);
    expect(answer(asking(...DECLARED))).toBeUndefined();
    expect(answer(asking())).toBeUndefined();
    expect(answer({ spec: {} })).toBeUndefined();
  });

  test('is told which of its addresses it may not have', () => {
    expect(answer(asking('139.198.190.117', '8.8.8.8', '10.96.0.1'))).toBe(
      'externalIPs must be addresses of the pools of BgpLoadBalancer kube-system/edge, not 8.8.8.8, 10.96.0.1',
    );
  });

  test.each([
    '010.1.2.3',
    '10.1.2.03',
    '10.1.2.3 ',
    ' 10.1.2.3',
    '10.1.2.3\n',
    '10.1.2.3/32',
    '0xa.1.2.3',
    '167838211',
    '10.1.515',
    '::ffff:10.1.2.3',
    '2001:DB8:190::1',
    '2001:db8:190:0::1',
    '2001:0db8:190::1',
    '2001:db8:190:0:0:0:0:1',
    '[2001:db8:190::1]',
    '2001:db8:190::1%eth0',
    '139.198.190.111',
    '139.198.190.120',
    '2001:db8:190::8',
    '139.198.190.112/29',
    '0.0.0.0',
    '',
  ])('may not have %j', (address) => {
    expect(answer(asking(address))).toContain(`not ${address}`);
    expect(answer(asking('139.198.190.117', address))).toBeDefined();
  });

  test('may not have any other address, nor any other text', () => {
    const other = fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6(), fc.string()).filter((ip) => !DECLARED.includes(ip));
    const property = fc.property(fc.subarray(DECLARED), other, (declared, address) => {
      return answer(asking(...declared, address)) !== undefined;
    });
    fc.assert(property, { numRuns: 1000, seed: 1 });
  });
});

describe('a Service that was there before the policy', () => {
  const old = asking('8.8.8.8', '10.1.2.3');

  test('keeps its addresses while something else of it is changed', () => {
    expect(answer({ spec: { ...old.spec, type: 'LoadBalancer' } }, old)).toBeUndefined();
  });

  test('may give them back, and change to declared ones', () => {
    expect(answer({ spec: {} }, old)).toBeUndefined();
    expect(answer(asking('8.8.8.8', '139.198.190.117'), old)).toBeUndefined();
  });

  test('gets no other one', () => {
    expect(answer(asking('8.8.8.8', '9.9.9.9'), old)).toContain('not 9.9.9.9');
    expect(answer(asking('9.9.9.9'), { spec: {} })).toContain('not 9.9.9.9');
  });
});

describe('the policy', () => {
  test.each([
    [27, undefined],
    [28, 'admissionregistration.k8s.io/v1beta1'],
    [29, 'admissionregistration.k8s.io/v1beta1'],
    [30, 'admissionregistration.k8s.io/v1'],
    [34, 'admissionregistration.k8s.io/v1'],
  ])('in Kubernetes 1.%d is of %s', (minor, apiVersion) => {
    const policy = policyOf(minor);
    expect(policy?.apiVersion).toBe(apiVersion);
    // The schemas at hand are of 1.33; v1beta1 has the same fields.
    const current = policy && { ...policy, apiVersion: 'admissionregistration.k8s.io/v1' };
    expect(current === undefined ? [] : schemaProblems(current)).toEqual([]);
  });

  test('has a line for each address', () => {
    const fewer = policyOf(30, POOLS.slice(0, 1))!.spec.variables[0]!.expression.split('\n');
    const more = policyOf(30)!.spec.variables[0]!.expression.split('\n');
    expect(more.filter((line) => !fewer.includes(line))).toEqual(["  '10.1.2.3',"]);
    expect(fewer.filter((line) => !more.includes(line))).toEqual([]);
  });

  test('holds as many addresses as pools may have, in an expression that cel-go takes', () => {
    const cidr = '2001:db8:1111:2222:3333:4444:5555:6400/118';
    const address = '2001:db8:1111:2222:3333:4444:5555:6400';
    const pool: PoolModel = { name: 'wide', networks: [{ family: 'IPv6', address, prefixLength: 118, cidr }] };
    const { expression } = policyOf(30, [pool])!.spec.variables[0]!;
    // cel-go has no bound for lists, this reader one of 1000.
    expect(new Environment({ limits: { maxListElements: 1024 } }).evaluate(expression)).toHaveLength(1024);
    expect(expression.length).toBeLessThan(100_000);
  });
});
