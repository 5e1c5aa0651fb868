/** What `balancer diff` tells as `none`: the whole list, for a reviewer to judge. Every golden artefact is changed in each of its places. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { impactReport } from '../../compiler/analysis/impact/impact-report';
import { balancer, temporaryFolder } from '../run-balancer';

const ROOT = join(__dirname, '../..');
const LIST = join(__dirname, 'diff-none.txt');

type Plain = Readonly<Record<string, unknown>>;

/** Output folders: of the fleet, and of each case. */
const FOLDERS = [
  join(ROOT, 'dist'),
  ...readdirSync(join(ROOT, 'test/cases')).map((name) => join(ROOT, 'test/cases', name, 'expected')),
];

function filesIn(folder: string, ending: RegExp): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => ending.test(name)).sort();
}

function objectsIn(folder: string): Plain[] {
  return filesIn(folder, /\.k8s\.yaml$/).flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return parseAllDocuments(text).map((document) => document.toJS() as Plain);
  });
}

type Path = readonly (string | number)[];

function* leavesOf(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) yield path;
  else
    for (const [key, inner] of Object.entries(value))
      yield* leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** The same object with another value in one place; undefined takes it away. */
function withValue(value: unknown, [key, ...rest]: Path, edit: (leaf: unknown) => unknown): unknown {
  if (key === undefined) return edit(value);
  const inner = withValue((value as Plain)[key], rest, edit);
  if (Array.isArray(value))
    return value.flatMap((item, index) => (index === key ? (inner === undefined ? [] : [inner]) : [item]));
  const { [key]: _, ...others } = value as Plain;
  return inner === undefined ? others : { ...(value as Plain), [key]: inner };
}

function another(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  const version = /^(.*\b)v\d+(alpha\d+|beta\d+)?$/.exec(String(leaf))?.[1];
  return version === undefined ? `${String(leaf)}x` : `${version}v9`;
}

/** What makes an object the one it is. */
const IDENTITY = /^\/(kind|metadata\/name(space)?)$/;

/** A place without the names of items, of labels that users choose, and of properties. */
function placeOf(path: Path): string {
  const pointer = path.map((key) => `/${typeof key === 'number' ? '*' : key.replaceAll('/', '~1')}`).join('');
  return pointer
    .replace(/(\/schema\/openAPIV3Schema)(\/.*)?\/(?=[^/]+$)/, '$1/**/')
    .replace(/(x-kubernetes-validations)\/\*/, '$1');
}

/** Edits of one place: another value, none, and the way back from both. */
const EDITS: readonly (readonly [name: string, edit: (leaf: unknown) => unknown])[] = [
  ['changed', another],
  ['removed', () => undefined],
];

function* harmlessFields(): Generator<string> {
  const seen = new Set<string>();
  for (const object of FOLDERS.flatMap(objectsIn)) {
    yield* noneOf([object], [], 'comes or goes');
    for (const path of leavesOf(object)) {
      const place = placeOf(path);
      if (IDENTITY.test(place)) continue;
      for (const [name, edit] of EDITS) {
        const key = `${String(object.apiVersion)} ${String(object.kind)} ${place} ${name}`;
        // Texts, and places in schemas, are more than their names: each counts.
        if (seen.has(key) && !/^\/data\/|openAPIV3Schema/.test(place)) continue;
        seen.add(key);
        yield* noneOf([object], [withValue(object, path, edit) as Plain], place);
      }
    }
  }
}

function* noneOf(objects: readonly [Plain], edited: readonly Plain[], place: string): Generator<string> {
  const files = new Map<string, string>();
  const [one, other] = [
    { objects, files },
    { objects: edited, files },
  ];
  const kind = String(objects[0].kind);
  for (const [before, after] of [
    [one, other],
    [other, one],
  ] as const) {
    const { changes } = impactReport(before, after);
    expect(changes.length, `${kind} ${place}`).toBeGreaterThan(0);
    if (changes.every(({ impact }) => impact === 'none')) yield `${kind} ${place}: ${changes[0]!.reason}`;
  }
}

/** Lines of configurations, each with another text, without its own. */
function* harmlessLines(): Generator<string> {
  for (const folder of FOLDERS) {
    for (const path of filesIn(folder, /^config\/[^/]+\/./)) {
      const text = readText(join(folder, path));
      if (text === undefined) continue;
      const lines = text.split('\n').slice(0, -1);
      for (const [index, line] of lines.entries()) {
        for (const edited of [[`${line}x`], []]) {
          const after = [...lines.slice(0, index), ...edited, ...lines.slice(index + 1), ''].join('\n');
          const { changes } = impactReport(
            { objects: [], files: new Map([[path, text]]) },
            { objects: [], files: new Map([[path, after]]) },
          );
          for (const { impact, reason } of changes)
            if (impact === 'none') yield `${fileOf(path)}: ${reason}${lineOf(reason, line)}`;
        }
      }
    }
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The kind of a document and the name of a file, without names of users. */
function fileOf(path: string): string {
  const [, stem, ...rest] = path.split('/');
  return `config/${stem!.split('.')[0]}/${rest
    .join('/')
    .replace(/switches\/[^/]+/, 'switches/*')
    .replace(/rules\.[^/]+/, 'rules.*')}`
    .replace(/nodes\/[^/]+\//, 'nodes/*/')
    .replace(/(apiresource\/)[^/]+\.ts$/, '$1*.ts');
}

/** Where lines decide, how the line begins. */
function lineOf(reason: string, line: string): string {
  return / only$/.test(reason)
    ? `: ${line
        .trim()
        .slice(0, 12)
        .replace(/\s+\S*$/, '')}`
    : '';
}

test('fields and lines, and no others', async () => {
  const found = new Set([...harmlessFields(), ...harmlessLines()]);
  await expect(`${[...found].sort().join('\n')}\n`).toMatchFileSnapshot(LIST);
}, 300_000);

test('through the command, with every field of the fleet changed at once', () => {
  const folder = temporaryFolder();
  for (const name of ['before', 'after']) mkdirSync(join(folder, name));
  const objects = objectsIn(join(ROOT, 'dist'));
  const edited = objects.map((object) =>
    [...leavesOf(object)].reduce<unknown>(
      (now, path) => (IDENTITY.test(placeOf(path)) ? now : withValue(now, path, another)),
      object,
    ),
  );
  const print = (name: string, own: readonly unknown[]): void => {
    for (const [index, object] of own.entries())
      writeFileSync(join(folder, name, `${index}.k8s.yaml`), JSON.stringify(object));
  };
  print('before', objects);
  print('after', edited);
  const { status, stdout, stderr } = balancer(folder, ['diff', 'before', 'after', '--format', 'json']);
  expect([status, stderr]).toEqual([0, '']);
  const list = readFileSync(LIST, 'utf8');
  const { changes } = JSON.parse(stdout) as {
    readonly changes: readonly { readonly where: string; readonly impact: string; readonly reason: string }[];
  };
  for (const { where, impact, reason } of changes.filter((change) => change.impact === 'none')) {
    expect(list, `${where} ${impact}`).toMatch(
      new RegExp(`^${where.split(' ')[0]!}.* /.*: ${reason.replace(/[()".]/g, '.')}$`, 'm'),
    );
  }
});
