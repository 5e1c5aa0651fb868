import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClusterState } from '../../../compiler/analysis/cluster-state';
import { formatText } from '../../../compiler/diagnostics';
import { printYaml } from '../../../compiler/manifest/yaml/yaml-writer';
import { endpoint, NODES, service, slice, W14 } from './routes/cluster-objects';

const OBJECTS = [service('myweb'), slice('myweb', [endpoint(W14)]), ...NODES];

const read = (...texts: readonly string[]) =>
  readClusterState(texts.map((text, index) => ({ file: `state${index}.yaml`, text })));

const list = (items: readonly unknown[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

describe('the forms in which kubectl prints objects', () => {
  const { state, problems } = read(list(OBJECTS));

  test('a List as JSON', () => {
    expect(problems).toEqual([]);
    expect(state).toEqual({
      services: [
        {
          namespace: 'default',
          name: 'myweb',
          created: '',
          type: 'LoadBalancer',
          externalIPs: ['139.198.190.117'],
          ports: [{ name: '', protocol: 'TCP', port: 8080, targetPort: 8080 }],
          externalTrafficPolicy: 'Cluster',
        },
      ],
      endpointSlices: [
        {
          namespace: 'default',
          name: 'myweb',
          service: 'myweb',
          addressType: 'IPv4',
          endpoints: [{ addresses: ['10.244.0.9'], ready: true, terminating: false, node: W14 }],
        },
      ],
      nodes: [
        { name: W14, ready: true, excluded: false, internalIPs: ['192.168.1.14'] },
        { name: 'i-9u2mlxrn', ready: true, excluded: false, internalIPs: ['192.168.1.11'] },
        { name: 'i-5mtgih8e', ready: true, excluded: false, internalIPs: ['192.168.1.7'] },
      ],
    });
  });

  const documents = OBJECTS.map((object) => printYaml(object as never)).join('---\n');
  test.each([
    { name: 'several documents', texts: [documents] },
    { name: 'several Lists', texts: [`${list(OBJECTS.slice(0, 2))}\n---\n${list(OBJECTS.slice(2))}`] },
    { name: 'several files, one object in each', texts: OBJECTS.map((object) => JSON.stringify(object)) },
    { name: 'objects of other kinds between', texts: [list([{ apiVersion: 'v1', kind: 'Pod' }, ...OBJECTS])] },
    {
      name: "another group's Service",
      texts: [list([...OBJECTS, { apiVersion: 'serving.knative.dev/v1', kind: 'Service' }])],
    },
  ])('$name: the same state', ({ texts }) => {
    expect(read(...texts)).toEqual({ state, problems: [] });
  });

  test("the API's own lists, whose items do not say what they are", () => {
    const bare = OBJECTS.slice(2).map(({ kind: _, apiVersion: __, ...rest }) => rest);
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'NodeList', items: bare });
    expect(read(text)).toEqual({ state: { services: [], endpointSlices: [], nodes: state.nodes }, problems: [] });
  });

  test('nothing is a state too', () => {
    expect(read('')).toEqual({ state: { services: [], endpointSlices: [], nodes: [] }, problems: [] });
  });
});

test('what is malformed is told at its place, once', () => {
  const text = `kind: List
apiVersion: v1
items:
- apiVersion: v1
  kind: Service
  metadata: {name: "web\\e[31m"}
  spec:
    type: LoadBalanser
    externalIPs: [10, "1.2.3.4; evil"]
    ports: [{port: 70000}, {port: "80"}, {}]
- apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  metadata: {name: web}
  endpoints: {}
- apiVersion: v1
  kind: Node
  metadata: worker
- apiVersion: v1
  kind: Node
  metadata: {name: w1}
- apiVersion: v1
  kind: Node
  metadata: {name: w1}
- 7
`;
  const { state, problems } = read(text);
  expect(state).toEqual({
    services: [],
    endpointSlices: [],
    nodes: [{ name: 'w1', ready: false, excluded: false, internalIPs: [] }],
  });
  const lines = formatText(problems).split('\n');
  expect(lines.filter((line) => line.startsWith('state0.yaml')).sort()).toMatchInlineSnapshot(`
    [
      "state0.yaml:10:20: error BAL2005 (out-of-range): "70000" is not between 1 and 65535",
      "state0.yaml:10:35: error BAL2002 (wrong-type): expected a number, got "80"",
      "state0.yaml:10:42: error BAL2003 (missing-field): "port" is missing",
      "state0.yaml:11:3: error BAL2003 (missing-field): "addressType" is missing",
      "state0.yaml:14:14: error BAL2002 (wrong-type): expected a list, got an object",
      "state0.yaml:17:13: error BAL2002 (wrong-type): expected an object, got "worker"",
      "state0.yaml:17:13: error BAL2003 (missing-field): "name" is missing",
      "state0.yaml:21:3: error BAL3007 (duplicate-object): Node "w1" stands twice in the state",
      "state0.yaml:24:3: error BAL2002 (wrong-type): expected an object, got "7"",
      "state0.yaml:6:20: error BAL2006 (malformed): "web\\u001b[31m" is not the name of an object",
      "state0.yaml:8:11: error BAL2004 (not-allowed): "LoadBalanser" is not one of ClusterIP, NodePort, LoadBalancer, ExternalName",
      "state0.yaml:9:19: error BAL2002 (wrong-type): expected a text, got "10"",
      "state0.yaml:9:23: error BAL2006 (malformed): "1.2.3.4; evil" is not an IP address",
    ]
  `);
});

test('no YAML at all', () => {
  const { problems } = read('a: [');
  expect(problems.map(({ code, location }) => [code, location.line])).toEqual([['BAL1003', 1]]);
  expect(read('[]').problems.map(({ code }) => code)).toEqual(['BAL1007']);
});

describe('properties', () => {
  const KEYS = [
    'kind',
    'apiVersion',
    'items',
    'metadata',
    'name',
    'labels',
    'spec',
    'ports',
    'externalIPs',
    '__proto__',
  ];
  const WORDS = [
    'List',
    'v1',
    'Service',
    'Node',
    'EndpointSlice',
    'discovery.k8s.io/v1',
    'LoadBalancer',
    'ServiceList',
  ];
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<unknown>(...WORDS, null, true, 0, -1, 1e99),
      fc.string(),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('tree'), { maxKeys: 5 }),
    ),
  }));

  test('any JSON is read without a crash, and every problem has a place', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), tree), (value) => {
        for (const { location } of read(JSON.stringify(value)).problems) expect(location.line).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test('any value in any place of good objects', () => {
    const places = [...pathsOf(OBJECTS)];
    fc.assert(
      fc.property(fc.constantFrom(...places), tree, (path, value) => {
        const items = structuredClone(OBJECTS) as unknown as Record<string, unknown>[];
        const parent = path.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as never, items as never);
        parent[path.at(-1)!] = value;
        for (const { location } of read(list(items)).problems) expect(location.line).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text)));
  });
});

function* pathsOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* pathsOf(inner, [...path, key]);
}
