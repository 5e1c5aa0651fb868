/** Which Balancers are left to an operator, and what an operator reads of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileAll, compileDocuments, documentFromData, load, type Source, severityOf } from '../../../compiler';
import { operatorsAmong } from '../../../compiler/model/balancer/delivery';
import { resolveDeliveredBalancer } from '../../../compiler/model/balancer/resolve-delivered-balancer';
import { COMPILER_FIELDS, DROPPED_GROUPS, OPERATOR_FIELDS } from '../../../compiler/model/operator/operator-fields';
import type { Balancer } from '../../../compiler/spec/generated/balancer';
import { loadContaining } from '../../../compiler/spec/load';
import { balancerYaml } from '../../run-balancer';

const SCHEMA = JSON.parse(readFileSync(join(__dirname, '../../../schemas/balancer.schema.json'), 'utf8'));

function operatorYaml(...namespaces: readonly string[]): string {
  return `apiVersion: cdk8s-balancer.dev/v1alpha1
kind: BalancerOperator
metadata: {name: operator}
spec: {image: "registry.example.com/balancer:v1", watchNamespaces: [${namespaces.join(', ')}]}
`;
}

function inNamespace(namespace: string, name = 'web', delivery?: string): string {
  const text = balancerYaml(name).replace(`{name: ${name}}`, `{name: ${name}, namespace: ${namespace}}`);
  return delivery === undefined ? text : text.replace('spec:', `spec:\n  delivery: ${delivery}`);
}

/** What a Balancer becomes: "resource", "objects", or the codes of what is wrong. */
function deliveryOf(...texts: readonly string[]): string {
  const { artefacts, diagnostics } = compileAll(texts.map((text, index) => ({ file: `${index}.yaml`, text })));
  const errors = diagnostics.filter(({ code }) => severityOf(code) === 'error').map(({ code }) => code);
  if (errors.length > 0) return errors.join(' ');
  const balancer = artefacts.filter(({ path }) => path.startsWith('balancer.'));
  expect(balancer).toHaveLength(1);
  const kinds = [...balancer[0]!.text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
  if (kinds.join() === 'Balancer') return 'resource';
  expect(kinds).not.toContain('Balancer');
  return 'objects';
}

describe('delivery', () => {
  const web = inNamespace('shop');
  test.each<[string, readonly string[], string]>([
    ['without an operator', [web], 'objects'],
    ['with an operator for the namespace', [operatorYaml('shop'), web], 'resource'],
    ['with an operator that comes last', [web, operatorYaml('forum', 'shop')], 'resource'],
    ['with an operator in the same file', [`${web}---\n${operatorYaml('shop')}`], 'resource'],
    ['with an operator for another namespace', [operatorYaml('forum'), web], 'objects'],
    ['with an operator for all namespaces', [operatorYaml(), web], 'resource'],
    ['that says resource, without an operator', [inNamespace('shop', 'web', 'resource')], 'resource'],
    ['that says resource, elsewhere', [operatorYaml('forum'), inNamespace('shop', 'web', 'resource')], 'resource'],
    ['that says objects, elsewhere', [operatorYaml('forum'), inNamespace('shop', 'web', 'objects')], 'objects'],
    ['that says objects, with an operator', [operatorYaml('shop'), inNamespace('shop', 'web', 'objects')], 'BAL3164'],
    ['in the namespace "default"', [operatorYaml('default'), balancerYaml('web')], 'resource'],
    ['with an operator that is wrong', [operatorYaml('shop', 'shop'), web], 'BAL3001'],
    ['with an operator as JSON', [JSON.stringify(documentOf(operatorYaml('shop'))), web], 'resource'],
    ['with the word in a comment alone', [`# BalancerOperator\n${web}`], 'objects'],
  ])('of a Balancer %s', (_, texts, expected) => {
    expect(deliveryOf(...texts)).toBe(expected);
  });

  test('is the same for documents that were never a text', () => {
    const texts = [web, operatorYaml('shop')];
    const documents = texts.map((text) => documentFromData('test', documentOf(text)));
    const fromData = [...compileDocuments(documents, ({ message }) => expect.unreachable(message))];
    expect(fromData).toEqual(compileAll(texts.map((text) => ({ file: 'test', text }))).artefacts);
  });

  test('takes sources that can be read once', () => {
    function* once(): Generator<Source> {
      yield { file: 'web.yaml', text: web };
      yield { file: 'operator.yaml', text: operatorYaml('shop') };
    }
    expect(compileAll(once()).artefacts.map(({ path }) => path)).toContain('balancer.shop.web.k8s.yaml');
  });

  test('leaves a model of what the operator of 001 makes, for those who ask about a Balancer', () => {
    const text = inNamespace('shop', 'web', 'resource').replace('spec:', 'spec:\n  hostNetwork: true\n  replicas: 3');
    const document = documentFromData('test', documentOf(text));
    const model = resolveDeliveredBalancer(
      document.value as Balancer,
      'resource',
      document,
      operatorsAmong([]),
      ({ code }) => expect(code).toBe('BAL3165'),
    );
    expect(model).toMatchObject({
      profile: 'upstream',
      pod: { replicas: 1, hostNetwork: false, image: 'nginx:1.15.9' },
    });
    expect(model?.resource?.spec).toMatchObject({ hostNetwork: true, replicas: 3 });
  });
});

function documentOf(text: string): unknown {
  return [...load([{ file: 'test', text }], ({ message }) => expect.unreachable(message))][0]!.value;
}

describe('the search for operators', () => {
  test('reads no document without the word', () => {
    const texts = [
      balancerYaml('a'),
      operatorYaml('shop'),
      balancerYaml('b'),
      '# BalancerOperator\n',
      'a: [\n',
      operatorYaml(),
    ];
    const found = [...loadContaining([{ file: 'test', text: texts.join('---\n') }], 'BalancerOperator')];
    expect(found.map(({ value }) => (value as { spec: { watchNamespaces: unknown } }).spec.watchNamespaces)).toEqual([
      ['shop'],
      [],
    ]);
  });

  test('finds it in the first and in the last document, and in every source', () => {
    const sources = [
      `${operatorYaml('a')}---\n${balancerYaml('x')}`,
      balancerYaml('y'),
      `${balancerYaml('z')}---\n${operatorYaml('b')}`,
    ];
    const operators = operatorsAmong(
      loadContaining(
        sources.map((text) => ({ file: 'test', text })),
        'BalancerOperator',
      ),
    );
    expect(['a', 'b', 'c'].map((namespace) => operators.watching(namespace) !== undefined)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('the table of fields', () => {
  const spec = SCHEMA.properties.spec.properties;
  const rooms = { spec, port: spec.ports.items.properties, backend: spec.backends.items.properties };

  test.each(['spec', 'port', 'backend'] as const)('names each field of a %s once', (room) => {
    // An address or a Service as a backend is refused, not dropped.
    const refused = room === 'backend' ? ['service', 'address'] : [];
    const compiler = room === 'spec' ? COMPILER_FIELDS : [];
    const named = [
      ...OPERATOR_FIELDS[room],
      ...compiler,
      ...refused,
      ...DROPPED_GROUPS.flatMap((group) => group[room]),
    ];
    expect([...named].sort()).toEqual(Object.keys(rooms[room]).sort());
  });

  test('has what the Go types of the document have', () => {
    const types = readFileSync(join(__dirname, '../../source-documents/001/go/balancer-spec.go'), 'utf8');
    const structs = [...types.matchAll(/^type (\w+) struct \{([^}]*)\}/gm)].map(([, name, body]) => {
      return [name, [...body!.matchAll(/`json:"(\w+)/g)].map(([, field]) => field).sort()];
    });
    const fields = (room: keyof typeof OPERATOR_FIELDS): string[] => [...OPERATOR_FIELDS[room]].sort();
    expect(Object.fromEntries(structs)).toEqual({
      BalancerSpec: fields('spec'),
      BackendSpec: fields('backend'),
      BalancerPort: fields('port'),
    });
  });
});
