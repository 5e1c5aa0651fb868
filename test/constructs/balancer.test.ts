import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { compileAll, compileDocuments, documentFromData } from '../../compiler';
import { Balancer } from '../../constructs';
import { at, namesOf, objectsOf, only, SMALL } from './build-chart';

const PARTS = ['Service/web-v1-backend', 'Service/web', 'ConfigMap/web-proxy-configmap', 'Deployment/webproxy'];
const POLICIES = ['PodDisruptionBudget/webproxy'];

describe('names', () => {
  test('the name is the id of the construct', () => {
    expect(namesOf(objectsOf((chart) => new Balancer(chart, 'web', SMALL)))).toEqual([...PARTS, ...POLICIES]);
  });

  test('a name in the metadata wins', () => {
    const props = { ...SMALL, metadata: { name: 'web' } };
    expect(namesOf(objectsOf((chart) => new Balancer(chart, 'other', props)))).toEqual([...PARTS, ...POLICIES]);
  });

  test('two Balancers in a chart', () => {
    const objects = objectsOf((chart) => {
      new Balancer(chart, 'web', SMALL);
      new Balancer(chart, 'api', SMALL);
    });
    const second = [...PARTS, ...POLICIES].map((name) => name.replace('/web', '/api'));
    expect(namesOf(objects)).toEqual([...PARTS, ...POLICIES, ...second]);
  });

  test('the id of the scope does not matter', () => {
    const nested = objectsOf((chart) => new Balancer(new Chart(chart, 'inner'), 'web', SMALL));
    expect(nested).toEqual([]);
    const [here, there] = ['a', 'b'].map((id) => {
      const chart = new Chart(new App(), id);
      new Balancer(chart, 'web', SMALL);
      return Testing.synth(chart);
    });
    expect(here).toEqual(there);
  });
});

describe('namespace', () => {
  const namespaces = (build: (chart: Chart) => Balancer, namespace?: string) =>
    new Set(objectsOf(build, { namespace }).map(({ metadata }) => metadata.namespace));

  test.each([
    ['of the chart', undefined, 'shop', 'shop'],
    ['of the Balancer before that of the chart', 'edge', 'shop', 'edge'],
    ['of the Balancer', 'edge', undefined, 'edge'],
    ['"default" without any', undefined, undefined, 'default'],
  ])('%s', (_, own, ofChart, expected) => {
    const build = (chart: Chart) => new Balancer(chart, 'web', { ...SMALL, metadata: { namespace: own } });
    expect(namespaces(build, ofChart)).toEqual(new Set([expected]));
  });

  test('nginx dials the Services of that namespace', () => {
    const objects = objectsOf((chart) => new Balancer(chart, 'web', SMALL), { namespace: 'shop' });
    expect(at(only(objects, 'ConfigMap'), 'data', 'nginx.conf')).toContain('web-v1-backend.shop.svc.cluster.local');
  });
});

describe('labels', () => {
  test('those of the chart are on every object', () => {
    const objects = objectsOf((chart) => new Balancer(chart, 'web', SMALL), { labels: { team: 'network' } });
    for (const { metadata } of objects) expect(metadata.labels).toMatchObject({ team: 'network' });
  });

  test('those of the chart change no selector and no Pod', () => {
    const build = (chart: Chart) => new Balancer(chart, 'web', SMALL);
    const labelled = objectsOf(build, { labels: { team: 'network' } });
    const plain = objectsOf(build);
    expect(labelled.map((object) => at(object, 'spec'))).toEqual(plain.map((object) => at(object, 'spec')));
  });

  test('those of the Balancer are on every object', () => {
    const props = { ...SMALL, metadata: { labels: { team: 'network' } } };
    const objects = objectsOf((chart) => new Balancer(chart, 'web', props));
    for (const { metadata } of objects) expect(metadata.labels).toMatchObject({ team: 'network' });
  });
});

describe('hatches', () => {
  test('a part is found by ApiObject.of', () => {
    const chart = Testing.chart();
    const { proxy, config, service } = new Balancer(chart, 'web', SMALL);
    expect([proxy, config, service].map((part) => ApiObject.of(part).kind)).toEqual([
      'Deployment',
      'ConfigMap',
      'Service',
    ]);
    expect([proxy, config, service].map((part) => ApiObject.of(part))).toEqual(
      [proxy, config, service].map((part) => part.apiObject),
    );
  });

  test('a JSON patch', () => {
    const objects = objectsOf((chart) => {
      const { proxy } = new Balancer(chart, 'web', SMALL);
      ApiObject.of(proxy).addJsonPatch(
        JsonPatch.add('/spec/template/spec/containers/0/env', [{ name: 'A', value: 'b' }]),
      );
      ApiObject.of(proxy).addJsonPatch(JsonPatch.replace('/spec/replicas', 7));
    });
    const deployment = only(objects, 'Deployment');
    expect(at(deployment, 'spec', 'replicas')).toBe(7);
    expect(at(deployment, 'spec', 'template', 'spec', 'containers', 0, 'env')).toEqual([{ name: 'A', value: 'b' }]);
  });

  test('labels and annotations of one object', () => {
    const objects = objectsOf((chart) => {
      const { service } = new Balancer(chart, 'web', SMALL);
      ApiObject.of(service).metadata.addLabel('tier', 'front');
      ApiObject.of(service).metadata.addAnnotation('example.com/owner', 'network');
    });
    const { labels, annotations } = only(objects, 'Service', 'web').metadata;
    expect(labels).toMatchObject({ tier: 'front', 'app.kubernetes.io/component': 'frontend' });
    expect(annotations).toEqual({ 'example.com/owner': 'network' });
    expect(only(objects, 'Deployment').metadata.labels).not.toHaveProperty('tier');
  });

  test('every object of a Balancer is found in the tree', () => {
    const chart = Testing.chart();
    const balancer = new Balancer(chart, 'web', SMALL);
    const kinds = balancer.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => (object as ApiObject).kind);
    expect(kinds).toEqual(['Service', 'Service', 'ConfigMap', 'Deployment', 'PodDisruptionBudget']);
  });
});

test('what a Balancer says of itself as YAML compiles to its objects', () => {
  const balancer = new Balancer(Testing.chart(), 'web', { ...SMALL, metadata: { namespace: 'shop' } });
  const document = documentFromData('web', balancer.toDocument());
  const fromData = [...compileDocuments([document], () => expect.unreachable())];
  const text = JSON.stringify(balancer.toDocument());
  expect(compileAll([{ file: 'web.yaml', text }])).toEqual({ artefacts: fromData, diagnostics: [] });
});
