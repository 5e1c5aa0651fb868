/** What is wrong with a BgpLoadBalancer or a service is told in the same words, whether it came as props or as YAML. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { compileAll, type Diagnostic, severityOf } from '../../compiler';
import { Balancer, BgpLoadBalancer, type BgpLoadBalancerProps, LoadBalancerService } from '../../constructs';
import { textsBelow } from '../files-below';
import { type Declared, declaredIn, heardWarnings, INVALID, sample, specOf, treeOf } from './bgp-trees';
import { essence, messageOf, problemsOf, SMALL } from './build-chart';

const { edge, myweb } = sample();

/** A fleet of text whose documents are all constructs, one of them of the path from the switch to the Pods. */
function isOurs(folder: string): boolean {
  const text = specOf(join(INVALID, folder));
  if (!/^kind: (BgpLoadBalancer|LoadBalancerService)$/m.test(text)) return false;
  if (diagnosticsOf(text).some(({ code }) => code.startsWith('BAL1'))) return false;
  return declaredIn(text).every(({ kind }) => ['Balancer', 'BgpLoadBalancer', 'LoadBalancerService'].includes(kind));
}

function diagnosticsOf(text: string): readonly Diagnostic[] {
  return compileAll([{ file: 'spec.yaml', text }]).diagnostics;
}

/** What a synth of the documents says, and the files that are there after it. */
function synthOf(documents: readonly Declared[]): { readonly message: string; readonly written: readonly string[] } {
  const { app, outdir } = treeOf(documents);
  const message = messageOf(() => app.synth());
  return { message, written: Object.keys(textsBelow(outdir)) };
}

const SPECS = readdirSync(INVALID).filter(isOurs);
const FAILING = SPECS.filter((folder) =>
  diagnosticsOf(specOf(join(INVALID, folder))).some(({ code }) => severityOf(code) === 'error'),
);

test('there are specs of both kinds', () => {
  expect(FAILING.length).toBeGreaterThan(40);
  expect(SPECS.length).toBeGreaterThan(FAILING.length);
});

// Who has which port of an address is known when the whole tree is there: at synth.
test.each(FAILING.filter((folder) => !folder.startsWith('BAL3044')))(
  'the model of %s has the problems of YAML',
  (folder) => {
    const text = specOf(join(INVALID, folder));
    const problems = treeOf(declaredIn(text)).made.flatMap((own) => problemsOf(() => own.model));
    expect(essence(problems)).toEqual(essence(diagnosticsOf(text)));
    for (const { location } of problems) expect(location.file).toMatch(/^c\d\/any$/);
  },
);

test.each(FAILING)('a stock app tells every problem of %s, and writes nothing', (folder) => {
  const text = specOf(join(INVALID, folder));
  const fromYaml = diagnosticsOf(text);
  const { message, written } = synthOf(declaredIn(text));
  for (const { code, message: problem, location } of fromYaml) {
    expect(message).toMatch(new RegExp(`c\\d/any: error ${code} `));
    expect(message).toContain(`${problem}\n  field: ${location.pointer}\n`);
  }
  expect(message.match(/: error BAL/g)).toHaveLength(fromYaml.length);
  expect(written).toEqual([]);
});

test.each(SPECS.filter((folder) => !FAILING.includes(folder)))('warned of, once: %s', (folder) => {
  const text = specOf(join(INVALID, folder));
  const heard = heardWarnings();
  treeOf(declaredIn(text)).app.synth();
  expect(heard).toEqual(diagnosticsOf(text).map(({ code, message }) => `${code} c0/any: ${message}`));
});

test('one error holds everything that is wrong with a load balancer, and one what is wrong with a service', () => {
  const wrong = {
    ...edge,
    asn: 23456,
    cni: 'calico',
    port: 179,
    replicas: 2,
    timers: { keepaliveSeconds: 30, holdSeconds: 9 },
    steering: { inRoutingTable: 254 },
  } as BgpLoadBalancerProps;
  const chart = Testing.chart();
  const loadBalancer = new BgpLoadBalancer(chart, 'edge', wrong);
  const codes = problemsOf(() => loadBalancer.model).map(({ code, location }) => `${code} ${location.pointer}`);
  expect(codes).toEqual([
    'BAL3032 /spec/asn',
    'BAL3034 /spec/port',
    'BAL3035 /spec/timers/keepaliveSeconds',
    'BAL3039 /spec/replicas',
    'BAL3046 /spec/steering/inRoutingTable',
  ]);
  expect(problemsOf(() => loadBalancer.files)).toEqual(problemsOf(() => loadBalancer.model));
  const service = new LoadBalancerService(new Chart(new App(), 'chart'), 'web', {
    ...myweb,
    color: 'red',
    externalIPs: [],
    ports: [{ port: 0 }],
  } as never);
  expect(problemsOf(() => service.model).map(({ code, location }) => `${code} ${location.pointer}`)).toEqual([
    'BAL2001 /spec/color',
    'BAL2007 /spec/externalIPs',
    'BAL2005 /spec/ports/0/port',
  ]);
});

test('a service whose load balancer is in no tree, or in another one, says so', () => {
  const nowhere = `
chart/web: error BAL3051 (unknown-name): no BgpLoadBalancer of the fleet is called "edge"
  field: /spec/provider/bgpLoadBalancer
  hint: Correct the name, or add what it names.
`;
  new BgpLoadBalancer(new Chart(new App(), 'chart'), 'edge', edge);
  const chart = new Chart(new App(), 'chart');
  const service = new LoadBalancerService(chart, 'web', { ...myweb, metadata: undefined });
  expect(messageOf(() => service.model)).toBe(nowhere);
  expect(messageOf(() => Testing.synth(chart))).toBe(
    `Validation failed with the following errors:\n  [chart/web] ${nowhere.trim()}`,
  );
  new BgpLoadBalancer(chart, 'edge', edge);
  expect(messageOf(() => Testing.synth(chart))).toBe('nothing was thrown');
});

test('a Balancer of another namespace is not the one that a service names', () => {
  const { selector: _selector, ports: _ports, ...rest } = myweb;
  const chart = new Chart(new App(), 'chart');
  new BgpLoadBalancer(chart, 'edge', edge);
  new Balancer(chart, 'web', { ...SMALL, metadata: { namespace: 'shop' } });
  const service = new LoadBalancerService(chart, 'myweb', { ...rest, balancer: 'web' });
  expect(problemsOf(() => service.model).map(({ message }) => message)).toEqual([
    'no Balancer of namespace "default" is called "web"',
  ]);
});

test('a service whose load balancer is wrong has nothing to add, and is no riddle', () => {
  const chart = new Chart(new App(), 'chart');
  const service = new LoadBalancerService(chart, 'web', myweb);
  new BgpLoadBalancer(chart, 'edge', { ...edge, asn: 0 });
  expect(messageOf(() => service.model)).toBe('\nchart/web: what it names is wrong, and tells why itself\n');
  expect(messageOf(() => Testing.synth(chart))).toMatch(
    /^Validation failed.*\n {2}\[chart\/edge\] .*BAL2005(?!.*BAL)/s,
  );
});

test('configurations that no ConfigMap holds end the synth', () => {
  const workers = Array.from({ length: 250 }, (_, index) => ({ name: `w${index}`, address: `192.168.2.${index + 1}` }));
  const [xenial] = edge.switches;
  const many: BgpLoadBalancerProps = {
    ...edge,
    addPaths: { sendMax: 255 },
    switches: [{ ...xenial!, dialect: 'frr', interfaces: undefined, maximumPaths: 255, maximumPrefixes: 100_000 }],
    networks: { ...edge.networks, nodes: ['192.168.0.0/16'] },
    workers,
    pools: [{ name: 'public', addresses: ['139.198.188.0/22'] }],
  };
  const services = Array.from({ length: 6 }, (_, index): Declared => {
    const externalIPs = Array.from({ length: 16 }, (_, host) => `139.198.188.${index * 16 + host}`);
    return { kind: 'LoadBalancerService', props: { ...myweb, metadata: { name: `web${index}` }, externalIPs } };
  });
  const { message, written } = synthOf([{ kind: 'BgpLoadBalancer', props: many }, ...services]);
  expect(message).toMatch(/error BAL4001 .* kube-gobgp-cfg of BgpLoadBalancer "edge" has 1\d{6} bytes/);
  expect(written).toEqual([]);
});

test('two load balancers in one tree are one too many', () => {
  const other = { ...edge, metadata: { name: 'other' } };
  const { message } = synthOf([
    { kind: 'BgpLoadBalancer', props: edge },
    { kind: 'BgpLoadBalancer', props: other },
  ]);
  expect(message).toContain(
    '[c1/any] c1/any: error BAL3047 (second-load-balancer): "other" is a second BgpLoadBalancer',
  );
  expect(message).not.toContain('c0/any: error');
});
