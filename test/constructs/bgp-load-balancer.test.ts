/** Props and YAML are two doors to one house, for the path from the switch to the Pods too. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type Artefact, artefactsOf, stemOf } from '../../compiler/manifest/artefact';
import type { Files } from '../../compiler/manifest/config-map';
import type { KubernetesObject } from '../../compiler/manifest/k8s';
import { Balancer, BgpLoadBalancer, FleetApp, LoadBalancerService } from '../../constructs';
import { textsBelow } from '../files-below';
import { CASES, type Declared, declaredIn, type Made, sample, specOf, treeOf } from './bgp-trees';
import { at, namesOf, objectsOf, only, SMALL } from './build-chart';

const BGP_CASES = readdirSync(CASES).filter((name) => name.startsWith('bgp-'));

/** The golden files of a case; what was warned of is no artefact. */
function goldens(name: string): Record<string, string> {
  const { 'diagnostics.txt': _, ...files } = textsBelow(join(CASES, name, 'expected'));
  return files;
}

function byPath(artefacts: Iterable<Artefact>): Record<string, string> {
  const texts = [...artefacts].map(({ path, text }) => [path, text] as const);
  return Object.fromEntries(texts.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What the constructs of a tree would be as files of the command. */
function artefactsIn(documents: readonly Declared[], made: readonly Made[]): Record<string, string> {
  const artefacts = made.flatMap((own, index) => {
    const { kind } = documents[index]!;
    const { name, namespace } = own.model;
    const stem = stemOf(kind, kind === 'Balancer' ? 'exposer.hliangzhao.io' : 'cdk8s-balancer.dev', name, namespace);
    return artefactsOf({ stem, objects: Testing.synth(Chart.of(own)), files: filesOf(own) });
  });
  return byPath(artefacts);
}

function filesOf(own: Made): Files {
  if (own instanceof Balancer) return own.config.files;
  return own instanceof BgpLoadBalancer ? own.files : {};
}

/** Every order of a few things. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => {
    const others = [...items.slice(0, index), ...items.slice(index + 1)];
    return orders(others).map((rest) => [item, ...rest]);
  });
}

function inOrder(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const key = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.namespace} ${metadata.name}`;
  return [...objects].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

test('there are cases', () => {
  expect(BGP_CASES.length).toBeGreaterThan(8);
});

describe.each(BGP_CASES)('%s', (name) => {
  const text = specOf(join(CASES, name));
  const documents = declaredIn(text);

  test('props give the same objects and files as YAML, in whatever order they come', () => {
    for (const order of orders(documents)) {
      const { made } = treeOf(order);
      expect(artefactsIn(order, made)).toEqual(goldens(name));
    }
  });

  test('a stock app writes the same objects', () => {
    const { app, outdir } = treeOf(documents);
    app.synth();
    const objectsIn = (texts: readonly string[]) =>
      inOrder(texts.flatMap((each) => parseAllDocuments(each).map((document) => document.toJS())));
    const manifests = Object.entries(goldens(name)).filter(([path]) => path.endsWith('.k8s.yaml'));
    expect(objectsIn(Object.values(textsBelow(outdir)))).toEqual(objectsIn(manifests.map(([, golden]) => golden)));
  });

  test('a FleetApp saves the golden files', () => {
    let saved: readonly Artefact[] = [];
    new FleetApp({ sources: [{ file: 'spec.yaml', text }], save: (artefacts) => (saved = artefacts) }).synth();
    expect(byPath(saved)).toEqual(goldens(name));
  });
});

describe('names and namespaces', () => {
  const { edge, myweb } = sample();
  const bare = { ...edge, metadata: undefined };
  const service = { ...myweb, metadata: undefined };
  const build = (chart: Chart) => [
    new BgpLoadBalancer(chart, 'edge', bare),
    new LoadBalancerService(chart, 'myweb', service),
  ];
  const CLUSTER_SCOPED = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];

  test('the name is the id of the construct; without a namespace it is kube-system, for the service default', () => {
    const objects = objectsOf(build);
    expect(only(objects, 'Service', 'myweb').metadata.namespace).toBe('default');
    expect(only(objects, 'StatefulSet').metadata.namespace).toBe('kube-system');
    const namespaced = objects.filter(({ kind }) => !CLUSTER_SCOPED.includes(kind));
    expect(new Set(namespaced.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['default', 'kube-system']));
  });

  test('the namespace of the chart is for what has one', () => {
    const objects = objectsOf(build, { namespace: 'net', labels: { team: 'network' } });
    for (const { kind, metadata } of objects) {
      expect(metadata.namespace, kind).toBe(CLUSTER_SCOPED.includes(kind) ? undefined : 'net');
      expect(metadata.labels).toMatchObject({ team: 'network' });
    }
    expect(objects.filter(({ kind }) => CLUSTER_SCOPED.includes(kind))).toHaveLength(2);
  });

  test('patches reach every object, and only that one', () => {
    const plain = objectsOf(build);
    const objects = objectsOf((chart) => {
      const [loadBalancer] = build(chart);
      for (const construct of loadBalancer!.node.findAll()) {
        if (!ApiObject.isApiObject(construct)) continue;
        if (construct.kind === 'StatefulSet') construct.addJsonPatch(JsonPatch.replace('/spec/replicas', 0));
      }
    });
    expect(namesOf(objects)).toEqual(namesOf(plain));
    expect(at(only(objects, 'StatefulSet'), 'spec', 'replicas')).toBe(0);
    const others = (all: readonly KubernetesObject[]) => all.filter(({ kind }) => kind !== 'StatefulSet');
    expect(others(objects)).toEqual(others(plain));
  });
});

describe('links through the tree', () => {
  const { edge, myweb } = sample();
  const PROXY = 'service.kubernetes.io/service-proxy-name';

  test('what is added after the model was read counts', () => {
    const chart = new Chart(new App(), 'chart');
    const loadBalancer = new BgpLoadBalancer(chart, 'edge', edge);
    expect(loadBalancer.model.services).toEqual([]);
    expect(loadBalancer.files['speakers/announcements']).not.toContain('139.198.190.117');
    const service = new LoadBalancerService(chart, 'myweb', myweb);
    expect(loadBalancer.model.services).toEqual([service.model]);
    const folder = join(CASES, 'bgp-sample/expected/config/bgploadbalancer.kube-system.edge');
    expect(loadBalancer.files).toEqual(textsBelow(folder));
  });

  test('at any depth, and in another chart', () => {
    const app = new App();
    const inner = new Chart(new Chart(app, 'outer'), 'inner');
    const service = new LoadBalancerService(inner, 'myweb', myweb);
    const loadBalancer = new BgpLoadBalancer(new Chart(app, 'other'), 'edge', edge);
    expect(loadBalancer.model.services).toEqual([service.model]);
    expect(service.model).toHaveProperty('workers', ['i-rnqf0xcu', 'i-9u2mlxrn', 'i-5mtgih8e']);
  });

  test.each([
    ['before', [1, 0]],
    ['after', [0, 1]],
  ])('a Balancer on the host network that comes %s its service: kube-proxy is told to leave it alone', (_, order) => {
    const { selector: _selector, ports: _ports, ...rest } = myweb;
    const build = [
      (chart: Chart) => new LoadBalancerService(chart, 'myweb', { ...rest, balancer: 'web', metadata: undefined }),
      (chart: Chart) =>
        new Balancer(chart, 'web', { ...SMALL, ports: [{ port: 8080 }], hostNetwork: true, replicas: 3 }),
    ];
    const objects = objectsOf((chart) => {
      for (const index of order) build[index]!(chart);
      new BgpLoadBalancer(chart, 'edge', edge);
    });
    const service = only(objects, 'Service', 'myweb');
    expect(service.metadata.labels).toHaveProperty([PROXY]);
    expect(at(service, 'spec', 'ports')).toMatchObject([{ port: 8080, protocol: 'TCP' }]);
  });

  test('without it there is no such label, not even an empty one', () => {
    const objects = objectsOf((chart) => {
      new LoadBalancerService(chart, 'myweb', myweb);
      new BgpLoadBalancer(chart, 'edge', edge);
    });
    expect(only(objects, 'Service', 'myweb').metadata.labels ?? {}).not.toHaveProperty([PROXY]);
  });
});
