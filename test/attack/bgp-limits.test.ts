/** Numbers and sizes at their ends: AS numbers, router ids, pools, workers, files, families. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileFleet } from './bgp-outcome';

/** A spec that a test writes into: what it makes of it may well be wrong. */
// biome-ignore lint/suspicious/noExplicitAny: a wrong spec has no type
type Loose = any;

const SOURCE = readFileSync(join(__dirname, '../cases/bgp-sample/spec.yaml'), 'utf8');
const [SAMPLE, SERVICE] = SOURCE.split(/^---\n/m).map((text) => parse(text)) as [Loose, Loose];

function loadBalancer(change: (spec: Loose) => void): Loose {
  const copy = structuredClone(SAMPLE);
  change(copy.spec);
  return copy;
}

function errorsOf(...documents: unknown[]): string[] {
  return compileFleet(documents).errors.map(({ code, location }) => `${code} ${location.pointer}`);
}

describe('AS numbers', () => {
  test.each([
    [0, 'BAL2005'],
    [1, undefined],
    [23456, 'BAL3032'], // AS_TRANS
    [65535, 'BAL3032'],
    [65536, undefined],
    [4294967294, undefined],
    [4294967295, 'BAL2005'],
    [4294967296, 'BAL2005'],
    [-1, 'BAL2005'],
    [65000.5, 'BAL2002'],
  ])('%d', (asn, code) => {
    const refused = (pointer: string): string[] => (code === undefined ? [] : [`${code} ${pointer}`]);
    expect(errorsOf(loadBalancer((spec) => (spec.asn = asn)))).toEqual(refused('/spec/asn'));
    const other = loadBalancer(({ switches }) => (switches[0].asn = asn));
    expect(errorsOf(other)).toEqual(refused('/spec/switches/0/asn'));
  });
});

describe('router ids', () => {
  /*
   * RFC 6286 asks for four octets that are not zero. Measured: gobgpd 3.10 with BIRD 2.0.12, BIRD 1.6.8 and FRR 8.4.4 comes to
   * Established with each of these at the speaker but 169.254.1.1, which was not tried.
   */
  test.each(['0.0.0.1', '127.0.0.1', '169.254.1.1', '224.0.0.5', '240.0.0.1', '255.255.255.255'])(
    '%s is one',
    (routerId) => {
      expect(errorsOf(loadBalancer(({ masters }) => (masters[0].routerId = routerId)))).toEqual([]);
      expect(errorsOf(loadBalancer(({ switches }) => (switches[0].routerId = routerId)))).toEqual([]);
    },
  );

  test.each([
    ['0.0.0.0', 'BAL3033'],
    ['010.1.1.1', 'BAL3033'],
    ['1.2.3.256', 'BAL3033'],
    ['...1234', 'BAL3033'],
    ['1.2.3', 'BAL2006'],
    ['fd00:1::5', 'BAL2006'],
    ['16909060', 'BAL3033'],
  ])('%s is none', (routerId, code) => {
    const refused = errorsOf(loadBalancer(({ masters }) => (masters[0].routerId = routerId)));
    expect(refused).toEqual([`${code} /spec/masters/0/routerId`]);
  });

  test.each(['masters', 'switches'])('one of %s that another machine has by its address', (field) => {
    const [own, other] = field === 'masters' ? ['192.168.1.4', 'switches'] : ['192.168.1.5', 'switches'];
    const twice = loadBalancer((spec) => (spec[field][0].routerId = own));
    expect(errorsOf(twice)).toEqual([`BAL3033 /spec/${other}/0/routerId`]);
  });
});

describe('pools', () => {
  test.each([
    ['11.0.0.0/8', 'BAL3055 /spec/pools'],
    ['11.0.0.0/21', 'BAL3055 /spec/pools'],
    ['128.0.0.0/1', 'BAL3043 /spec/pools/0/addresses/1'],
    ['0.0.0.0/0', 'BAL3016 /spec/pools/0/addresses/1'],
    ['::/0', 'BAL3016 /spec/pools/0/addresses/1'],
    ['2000::/3', 'BAL3055 /spec/pools'],
    ['2001:db8::/64', 'BAL3055 /spec/pools'],
    ['127.0.0.0/24', 'BAL3016 /spec/pools/0/addresses/1'],
    ['169.254.169.254', 'BAL3016 /spec/pools/0/addresses/1'],
    ['224.0.0.0/24', 'BAL3016 /spec/pools/0/addresses/1'],
    ['::ffff:1.2.3.4', 'BAL3016 /spec/pools/0/addresses/1'],
  ])('%s', (addresses, refused) => {
    const errors = errorsOf(loadBalancer(({ pools }) => pools[0].addresses.push(addresses)));
    expect(errors).toContain(refused);
  });

  test('of 1024 addresses, each of them in the admission policy', () => {
    const large = loadBalancer(({ pools }) => (pools[0].addresses = ['11.0.0.0/22']));
    const policy = compileFleet([large]).artefacts.find(({ path }) => path.endsWith('.cluster.k8s.yaml'));
    expect(policy?.text.match(/'11\.0\.[0-3]\.\d+'/g)).toHaveLength(1024);
  });

  test.each([
    ['IPv4', (pool: number, address: number) => `11.0.${pool}.${address}`],
    ['IPv6', (pool: number, address: number) => `2001:db8::${(pool + 1).toString(16)}:${(address + 1).toString(16)}`],
  ])('as many as the schema takes, one %s address each, in a moment', (_, addressOf) => {
    const numbers = Array.from({ length: 64 }, (__, index) => index);
    const many = loadBalancer((spec) => {
      spec.pools = numbers.map((pool) => ({ name: `p${pool}`, addresses: numbers.map((own) => addressOf(pool, own)) }));
    });
    const start = performance.now();
    expect(errorsOf(many)).toContain('BAL3055 /spec/pools');
    // It was 48 seconds when each of the eight million pairs was read anew.
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('workers', () => {
  const crowd = (count: number, change: (spec: Loose) => void = () => {}): Loose =>
    loadBalancer((spec) => {
      spec.workers = Array.from({ length: count }, (_, index) => ({
        name: `w${index}`,
        address: `10.1.${index >> 7}.${(index & 127) + 1}`,
      }));
      spec.networks.nodes.push('10.1.0.0/16');
      spec.addPaths = { sendMax: 255 };
      Object.assign(spec.switches[0], { dialect: 'frr', maximumPaths: 256 });
      change(spec);
    });

  test('255 of them: a path each, by an identifier of its own', () => {
    const { artefacts, errors } = compileFleet([crowd(255), SERVICE]);
    expect(errors).toEqual([]);
    const lines = artefacts
      .find(({ path }) => path.endsWith('/announcements'))!
      .text.split('\n')
      .slice(1, -1);
    expect(new Set(lines.map((line) => line.split(' ')[2])).size).toBe(255);
    expect(lines).toHaveLength(255);
  });

  test('256 are more than gobgpd sends, 255 more than H3C installs', () => {
    expect(errorsOf(crowd(256), SERVICE)).toEqual(['BAL2007 /spec/workers']);
    const comware = crowd(255, ({ switches }) => {
      delete switches[0].interfaces;
      Object.assign(switches[0], { dialect: 'comware7' });
    });
    expect(errorsOf(comware)).toEqual(['BAL3049 /spec/switches/0/maximumPaths']);
  });

  test('the identifier of one that another one has by its address', () => {
    const taken = loadBalancer(({ workers }) => (workers[2].pathIdentifier = 3232235790));
    expect(errorsOf(taken)).toEqual(['BAL3054 /spec/workers/2/pathIdentifier']);
    const last = loadBalancer(({ workers }) => (workers[2].pathIdentifier = 4294967295));
    expect(errorsOf(last)).toEqual([]);
  });

  test('none, or no EIP', () => {
    expect(errorsOf(loadBalancer((spec) => (spec.workers = [])))).toEqual(['BAL2007 /spec/workers']);
    expect(errorsOf(SAMPLE)).toEqual([]);
  });

  test('announcements of more than 1 MiB do not go into a ConfigMap', () => {
    const large = crowd(200, ({ pools, switches }) => {
      pools[0].addresses = ['11.0.0.0/22'];
      switches[0].maximumPrefixes = 100_000;
    });
    const services = Array.from({ length: 30 }, (_, index) => ({
      ...SERVICE,
      metadata: { name: `s${index}` },
      spec: {
        ...SERVICE.spec,
        ports: [{ port: 80 }],
        externalIPs: Array.from({ length: 16 }, (__, own) => `11.0.${index >> 4}.${(index & 15) * 16 + own}`),
      },
    }));
    expect(errorsOf(large, ...services)).toEqual(['BAL4001 /spec']);
  });
});

describe('a cluster with IPv6 only', () => {
  const ipv6 = (dialect: string, change: (spec: Loose) => void = () => {}): Loose =>
    loadBalancer((spec) => {
      spec.masters = [{ name: 'm', address: 'fd00:1::5', routerId: '10.0.0.5' }];
      spec.switches = [{ name: 's', address: 'fd00:1::4', routerId: '10.0.0.4', asn: 65001, dialect }];
      spec.workers = ['14', '11'].map((host) => ({ name: `w${host}`, address: `fd00:1::${host}` }));
      spec.networks = { nodes: ['fd00:1::/64'], pods: ['fd00:244::/56'], services: ['fd00:96::/112'] };
      spec.pools = [{ name: 'public', addresses: ['2001:db8::7'] }];
      change(spec);
    });
  const own = { ...SERVICE, spec: { ...SERVICE.spec, externalIPs: ['2001:db8::7'] } };

  test.each(['comware7', 'bird1', 'bird2', 'frr'])('%s: no word of IPv4 but for router ids', (dialect) => {
    const { artefacts, errors } = compileFleet([ipv6(dialect), own]);
    expect(errors).toEqual([]);
    const told = artefacts.filter(({ path }) => /\/(switches|speakers\/announcements|nodes\/rules)/.test(path));
    for (const { path, text } of told) {
      // FRR would exchange IPv4 routes over the sessions unless it is told not to.
      const rest = text
        .replaceAll(/10\.0\.0\.[45]\b/g, '')
        .replace(/ address-family ipv4 unicast\n {2}no neighbor \S+ activate\n/, '');
      expect(rest, path).not.toMatch(/\d+\.\d+\.\d+\.\d+|\bipv4\b|\bip -4\b/i);
    }
  });

  test('needs router ids', () => {
    const without = ipv6('frr', ({ masters, switches }) => {
      delete masters[0].routerId;
      delete switches[0].routerId;
    });
    expect(errorsOf(without)).toEqual(['BAL3033 /spec/masters/0/routerId', 'BAL3033 /spec/switches/0/routerId']);
  });

  test('two workers of two networks with the same end of their addresses', () => {
    const twins = ipv6('frr', ({ workers, networks }) => {
      networks.nodes.push('fd00:2::/64');
      workers[1].address = 'fd00:2::14';
    });
    expect(errorsOf(twins)).toEqual(['BAL3054 /spec/workers/1/address']);
  });
});
