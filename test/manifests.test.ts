/** Every printed manifest is judged by Kubernetes' schemas and by our rules; every judge is shown what it must refuse. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { HEADER } from '../compiler/manifest/artefact';
import type { KubernetesObject } from '../compiler/manifest/k8s';
import { BAD_FOR_RULES } from './kubernetes/bad-for-rules';
import { BAD_FOR_SCHEMA, type Example } from './kubernetes/bad-for-schema';
import { GOOD } from './kubernetes/good-objects';
import { CLUSTER_SCOPED } from './kubernetes/object-rules';
import { RULES, ruleProblems } from './kubernetes-rules';
import { schemaProblems } from './kubernetes-schema';

const ROOT = join(__dirname, '..');
const CASES = join(__dirname, 'cases');

interface Printed {
  readonly file: string;
  readonly object: KubernetesObject;
  /** Passed through from the user, not printed by us. */
  readonly foreign: boolean;
}

function printedIn(folder: string): Printed[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.k8s.yaml'));
  return files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const file = relative(ROOT, join(folder, name));
    const foreign = !text.startsWith(HEADER);
    // the API server reads YAML 1.1; what a user wrote is read as the compiler read it
    return parseAllDocuments(text, { version: foreign ? '1.2' : '1.1' }).map((document) => {
      expect(document.errors, file).toEqual([]);
      return { file, object: document.toJS() as KubernetesObject, foreign };
    });
  });
}

/** As kubectl would: an object that says nothing goes to the namespace at hand. */
function inNamespace({ object, foreign }: Printed): KubernetesObject {
  return foreign && !CLUSTER_SCOPED.has(object.kind)
    ? { ...object, metadata: { namespace: 'default', ...object.metadata } }
    : object;
}

const cases = existsSync(CASES) ? readdirSync(CASES).map((name) => join(CASES, name, 'expected')) : [];
const folders = [join(ROOT, 'dist'), ...cases.filter((folder) => existsSync(folder))];

describe.each(folders.map((folder) => relative(ROOT, folder)))('%s', (folder) => {
  test('is what the schemas of Kubernetes allow', () => {
    const printed = printedIn(join(ROOT, folder));
    const problems = printed.flatMap(({ file, object, foreign }) => {
      const own = schemaProblems(object).filter((problem) => !(foreign && problem.startsWith('unknown kind')));
      return own.map((problem) => `${file}: ${object.kind} ${object.metadata.name}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });

  test('keeps our rules', () => {
    expect(ruleProblems(printedIn(join(ROOT, folder)).map(inNamespace))).toEqual([]);
  });
});

/** A copy of GOOD with one change. */
function changed([pointer, value]: Example): Record<keyof typeof GOOD, KubernetesObject> {
  const copy = structuredClone(GOOD) as unknown as Record<keyof typeof GOOD, KubernetesObject>;
  const keys = pointer.split('/');
  const last = keys.pop()!;
  let place: Record<string, unknown> = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

describe('the judge by schema', () => {
  test.each(Object.entries(GOOD))('allows %s', (_, object) => {
    expect(schemaProblems(object)).toEqual([]);
  });

  test.each(BAD_FOR_SCHEMA)('refuses %s: %j', (...example) => {
    const name = example[0].split('/')[0] as keyof typeof GOOD;
    expect(schemaProblems(changed(example)[name])).toContainEqual(expect.stringContaining(example[2]));
  });
});

describe('our rules', () => {
  test('allow what is good', () => {
    expect(ruleProblems(Object.values(GOOD))).toEqual([]);
  });

  test('have an example each that fails', () => {
    expect(Object.keys(BAD_FOR_RULES)).toEqual(Object.keys(RULES));
    expect(Object.entries(BAD_FOR_RULES).filter(([, examples]) => examples.length === 0)).toEqual([]);
  });

  const examples = Object.entries(BAD_FOR_RULES).flatMap(([rule, some]) => some.map((one) => [rule, ...one] as const));
  test.each(examples)('%s refuses %s: %#', (rule, ...example) => {
    const mark = `: ${rule}: `;
    const problems = ruleProblems(Object.values(changed(example))).filter((problem) => problem.includes(mark));
    expect(problems.map((problem) => problem.slice(problem.indexOf(mark) + mark.length))).toContain(example[2]);
  });

  test('say which object is wrong', () => {
    const { service } = changed(['service/spec/ports/0/port', 0, '']);
    expect(ruleProblems([service])).toEqual(['Service shop web: service-port-range: port 0 is out of range']);
  });
});

/** Objects that a real API server refused (the last one: warned of), where schemas alone found four of them. */
const REFUSED: readonly Example[] = [
  ['service/metadata/name', 'My_Service', 'an upper-case name'],
  ['service/metadata/name', 'a'.repeat(64), 'a name of 64 characters'],
  ['service/spec/ports/0/port', 70_000, 'a port above 65535'],
  ['service/spec/ports/0/name', 'health', 'two ports with one name'],
  ['service/spec/ports/0/name', undefined, 'two ports, one without a name'],
  ['service/spec/externalIPs/0', '127.0.0.1', 'a loopback address as externalIP'],
  ['service/metadata/labels/app', 'not a label', 'a malformed label'],
  ['deployment/spec/selector/matchLabels/app', 'other', 'a selector that is not its template'],
  ['deployment/spec/template/spec/containers/0/ports/0/name', 'sixteen-letters-', 'a long name of a container port'],
  ['service/spec/port', 80, 'an unknown field'],
  ['service/spec/ports/0/port', '80', 'a port as text'],
  ['config/data/a', true, 'data that is no text'],
  ['service/spec/externalIPs/0', '010.1.2.3', 'an address with a leading zero'],
];

test.each(REFUSED)('one judge or the other refuses %s: %j', (...example) => {
  const objects = Object.values(changed(example));
  expect([...objects.flatMap(schemaProblems), ...ruleProblems(objects)], example[2]).not.toEqual([]);
});
