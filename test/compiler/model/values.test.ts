import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  hasFeature,
  parseVersion,
  versionOfImage,
} from '../../../compiler/model/balancer/nginx-version';
import { addressProblem } from '../../../compiler/model/values/ip-address';
import { networkProblem } from '../../../compiler/model/values/ip-network';
import { parseQuantity } from '../../../compiler/model/values/quantity';

describe('addressProblem', () => {
  test.each(['192.0.2.1', '10.0.0.1', '2001:db8::1', 'fd00::1'])('%s is fine', (text) => {
    expect(addressProblem(text)).toBeUndefined();
  });

  test.each([
    ['010.1.2.3', 'is not an IP address'],
    ['1.2.3', 'is not an IP address'],
    ['0x7f.1', 'is not an IP address'],
    ['web', 'is not an IP address'],
    ['fe80::1%eth0', 'is not an IP address'],
    ['2001:DB8::1', 'is not in canonical form; write "2001:db8::1"'],
    ['2001:db8:0:0::1', 'is not in canonical form; write "2001:db8::1"'],
    ['127.0.0.1', 'is a loopback address: the proxy itself'],
    ['::1', 'is a loopback address: the proxy itself'],
    ['0.0.0.0', 'is an unspecified address'],
    ['::', 'is an unspecified address'],
    ['169.254.169.254', 'is a link-local address'],
    ['fe80::1', 'is a link-local address'],
    ['224.0.0.1', 'is a multicast address'],
    ['ff02::1', 'is a multicast address'],
    ['255.255.255.255', 'is a reserved address'],
    ['::ffff:102:304', 'is an IPv4 address in IPv6 form'],
  ])('%s %s', (text, problem) => {
    expect(addressProblem(text)).toBe(problem);
  });
});

describe('networkProblem', () => {
  test.each(['0.0.0.0/0', '10.0.0.0/8', '192.0.2.1/32', '::/0', '2001:db8::/32'])('%s is fine', (text) => {
    expect(networkProblem(text)).toBeUndefined();
  });

  test.each([
    ['10.0.0.1/8', 'has bits set behind "/8"'],
    ['2001:db8::1/64', 'has bits set behind "/64"'],
    ['10.0.0.0/33', 'is not a network'],
    ['10.0.0.0/08', 'is not a network'],
    ['010.0.0.0/8', 'is not a network'],
    ['10.0.0.0', 'is not a network'],
  ])('%s %s', (text, problem) => {
    expect(networkProblem(text)).toBe(problem);
  });
});

describe('versions of nginx', () => {
  test.each([
    ['nginx:1.30.1', '1.30.1'],
    ['nginx:1.28.0-alpine', '1.28.0'],
    ['registry.example.com:5000/base/nginx:1.26.3@sha256:00', '1.26.3'],
    ['nginxinc/nginx-unprivileged:1.28.0', '1.28.0'],
    ['nginx', undefined],
    ['nginx:latest', undefined],
    ['nginx:1.28', undefined],
    ['openresty/openresty:1.27.1', undefined],
    ['my-nginx:1.28.0', undefined],
  ])('%s holds %s', (image, version) => {
    expect(versionOfImage(image)).toBe(version);
  });

  test('are compared as numbers, and decide about features', () => {
    expect(compareVersions([1, 9, 15], [1, 15, 9])).toBeLessThan(0);
    expect(hasFeature(parseVersion('1.27.2'), 'resolve')).toBe(false);
    expect(hasFeature(parseVersion('1.27.3'), 'resolve')).toBe(true);
  });
});

test.each([
  ['100m', 0.1],
  ['1', 1],
  [2, 2],
  ['0.5', 0.5],
  ['64Mi', 67_108_864],
  ['1G', 1e9],
])('quantity %s is %d', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value);
});
