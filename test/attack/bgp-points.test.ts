/** Special points of load balancers and services, each with what was decided for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { BgpLoadBalancer } from '../../compiler/spec/generated/bgp-load-balancer';
import type { LoadBalancerService } from '../../compiler/spec/generated/load-balancer-service';
import { announcedBy } from './bgp-ends';
import { compileFleet } from './bgp-outcome';

/** A spec that a test writes into: what it makes of it may well be wrong. */
// biome-ignore lint/suspicious/noExplicitAny: a wrong spec has no type
type Loose = any;

function documentsOf(name: string): Loose[] {
  const text = readFileSync(join(__dirname, '../cases', name, 'spec.yaml'), 'utf8');
  return text.split(/^---\n/m).map((document) => parse(document));
}

const [SAMPLE, SERVICE] = documentsOf('bgp-sample') as [BgpLoadBalancer, LoadBalancerService];
const [DUAL] = documentsOf('bgp-dual-stack') as [BgpLoadBalancer];

function loadBalancer(change: (spec: Loose) => void, base = SAMPLE): Loose {
  const copy = structuredClone(base) as Loose;
  change(copy.spec);
  return copy;
}

/** A service of the sample on a port of its own. */
function service(name: string, port: number, change: Loose = {}): Loose {
  const { nodes, ...metadata } = { nodes: undefined, ...change };
  const spec = { ...SERVICE.spec, ports: [{ port }], ...metadata, ...(nodes && { nodes }) };
  return { ...SERVICE, metadata: { name }, spec };
}

/** The codes of the errors with the fields where they are. */
function errorsOf(...documents: unknown[]): string[] {
  return compileFleet(documents).errors.map(({ code, location }) => `${code} ${location.pointer}`);
}

function fileOf(documents: readonly unknown[], end: string): string {
  const { artefacts, errors } = compileFleet(documents);
  expect(errors).toEqual([]);
  return artefacts.find(({ path }) => path.endsWith(end))!.text;
}

const [FIRST, SECOND] = SAMPLE.spec.workers.map(({ name }) => name) as [string, string];

describe('services with an EIP in common', () => {
  const one = service('a', 80, { nodes: [FIRST, SECOND] });

  test.each([
    ['other nodes', { nodes: [SECOND] }, ['BAL3063 /spec/nodes']],
    ['more nodes', { nodes: SAMPLE.spec.workers.map(({ name }) => name) }, ['BAL3063 /spec/nodes']],
    ['all nodes', {}, ['BAL3063 /spec/externalIPs/0']],
    ['the same nodes', { nodes: [FIRST, SECOND] }, []],
    ['the same nodes in another order', { nodes: [SECOND, FIRST] }, []],
  ])('%s', (_, change, errors) => {
    expect(errorsOf(SAMPLE, one, service('b', 81, change))).toEqual(errors);
    expect(errorsOf(service('b', 81, change), one, SAMPLE)).toEqual(errors);
  });

  test('it is announced once per node, and the nodes have the rules of both', () => {
    const documents = [SAMPLE, one, service('b', 81, { nodes: [SECOND, FIRST] })];
    const paths = announcedBy(compileFleet(documents).artefacts);
    expect(paths.map(({ prefix, worker }) => `${prefix} ${worker}`)).toEqual([
      `139.198.190.117/32 ${FIRST}`,
      `139.198.190.117/32 ${SECOND}`,
    ]);
    expect(fileOf(documents, `rules.${FIRST}`)).toMatch(/sport 80 .*\n.*sport 81 /);
  });

  test('the same port is one too many, whatever the nodes', () => {
    expect(errorsOf(SAMPLE, one, service('b', 80, { nodes: [FIRST, SECOND] }))).toEqual([
      'BAL3044 /spec/externalIPs/0',
    ]);
  });

  test('a proxy on the node and kube-proxy share an EIP: each has its way back', () => {
    const [behind, onNodes, , balancer] = documentsOf('bgp-behind-balancer');
    const nodes = onNodes.spec.nodes;
    const translated = service('b', 81, { nodes });
    const rules = fileOf([behind, onNodes, translated, balancer], `rules.${nodes[0]}`);
    expect(rules).toContain('route local 139.198.190.117 ');
    expect(rules).toContain('from 139.198.190.117 lookup 101');
    expect(rules).toContain('from 10.244.0.0/16 ipproto tcp sport 81 lookup 101');
    expect(errorsOf(behind, onNodes, service('b', 81), balancer)).toEqual(['BAL3063 /spec/nodes']);
  });
});

describe('names of nodes', () => {
  /** A name of some length, of as few labels as that needs. */
  const nameOf = (letter: string, length: number): string =>
    Array.from({ length }, (_, index) => (index % 60 === 59 && index < length - 1 ? '.' : letter)).join('');

  test.each([
    [247, []],
    [248, ['BAL3065 /spec/workers/0/name']],
    [253, ['BAL3065 /spec/workers/0/name']],
    [254, ['BAL2006 /spec/workers/0/name']],
  ])('a worker of %d characters', (length, errors) => {
    expect(errorsOf(loadBalancer(({ workers }) => (workers[0].name = nameOf('w', length))))).toEqual(errors);
  });

  test.each([
    [237, []],
    [238, ['BAL3065 /spec/masters/0/name']],
  ])('one of two masters of %d characters', (length, errors) => {
    const change = ({ masters }: Loose): void => {
      masters[0].name = nameOf('m', length);
      masters.push({ name: 'other', address: '192.168.1.6' });
    };
    for (const dialect of ['bird1', 'bird2', 'frr']) {
      const documents = loadBalancer((spec) => {
        change(spec);
        spec.switches[0].dialect = dialect;
      });
      expect(errorsOf(documents)).toEqual(errors);
    }
  });

  test('a single master has a file without its name, and the original one file for all', () => {
    expect(errorsOf(loadBalancer(({ masters }) => (masters[0].name = nameOf('m', 253))))).toEqual([]);
    const [upstream] = documentsOf('bgp-upstream');
    expect(errorsOf(loadBalancer(({ workers }) => (workers[0].name = nameOf('w', 253)), upstream))).toEqual([]);
  });

  test('no name of a node or a switch is that of another file', () => {
    const outcomeOf = (name: string) =>
      compileFleet([
        loadBalancer(({ masters, workers }) => {
          masters[0].name = name;
          masters.push({ name: 'm2', address: '192.168.1.6' });
          workers[0].name = name;
          workers[0].address = masters[0].address;
        }),
      ]);
    const { length } = outcomeOf('plain').artefacts;
    for (const name of ['steer.sh', 'rules', 'announcements', 'toml', 'm2.toml', 'loadbalancer-steering.service']) {
      expect(new Set(outcomeOf(name).artefacts.map(({ path }) => path)).size).toBe(length);
    }
  });

  test.each(['I-RNQF0XCU', 'I-rnqf0xcu'])('"%s" differs from another name in case only', (name) => {
    expect(errorsOf(loadBalancer(({ workers }) => (workers[1].name = name)))).toEqual(['BAL2006 /spec/workers/1/name']);
  });
});

describe('addresses that are taken', () => {
  test.each([
    ['the switch', '192.168.1.4', ['BAL3043 /spec/pools/0/addresses/1', 'BAL3036 /spec/switches/0/address']],
    ['a master', '192.168.1.5', ['BAL3043 /spec/pools/0/addresses/1']],
    ['a worker', '192.168.1.14', ['BAL3043 /spec/pools/0/addresses/1']],
    ['a Pod', '10.244.1.1', ['BAL3043 /spec/pools/0/addresses/1']],
  ])('an EIP that is the address of %s', (_, address, errors) => {
    expect(errorsOf(SAMPLE, service('a', 80, { externalIPs: [address] }))).toEqual(['BAL3042 /spec/externalIPs/0']);
    expect(errorsOf(loadBalancer(({ pools }) => pools[0].addresses.push(address)))).toEqual(errors);
  });

  test('an EIP that is the address of a switch far away', () => {
    const far = loadBalancer(({ switches, pools }) => {
      Object.assign(switches[0], { address: '10.0.0.4', multihopTtl: 3 });
      pools[0].addresses.push('10.0.0.4');
    });
    expect(errorsOf(far)).toEqual(['BAL3036 /spec/switches/0/address']);
  });

  test('one node with two addresses of a family', () => {
    const change = ({ masters, workers }: Loose): void => {
      Object.assign(workers[0], masters[0], { ipv6Address: 'fd00:1::99' });
    };
    expect(errorsOf(loadBalancer(change, DUAL))).toEqual(['BAL3036 /spec/workers/0/ipv6Address']);
  });
});

describe('the way back', () => {
  const far = { name: 'far', address: '10.0.0.4', asn: 65001, dialect: 'frr', multihopTtl: 3 };

  test('a gateway has to be on a network of the nodes', () => {
    expect(errorsOf(loadBalancer((spec) => (spec.switches = [far])))).toEqual(['BAL3064 /spec/switches/0/address']);
    const both = (name?: string): Loose =>
      loadBalancer((spec) => {
        spec.switches.push(far);
        if (name !== undefined) spec.steering = { switch: name };
      });
    expect(errorsOf(both())).toEqual(['BAL3064 /spec/switches/1/address']);
    expect(errorsOf(both('far'))).toEqual(['BAL3064 /spec/steering/switch']);
    expect(errorsOf(both('xenial'))).toEqual([]);
  });
});
