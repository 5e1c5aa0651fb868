import { execFileSync, spawnSync } from 'node:child_process';
import { ApiObject, Testing, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printDocuments, printYaml } from '../../../compiler/manifest/yaml/yaml-writer';

const RUNS = Number(process.env.YAML_RUNS ?? 500);
const LEADING = ['apiVersion', 'kind', 'metadata'];

/** What `ApiObject.toJson` does to a resolved object: `sanitizeValue`, then three keys to the front. */
function sanitize(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(sanitize);
  if (typeof value !== 'object') return value;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const member = sanitize((value as Record<string, unknown>)[key]);
    if (member !== undefined) out[key] = member;
  }
  return out;
}

function asCdk8s(value: object): string {
  const sorted = sanitize(value) as Record<string, unknown>;
  if (Array.isArray(sorted)) return Yaml.stringify(sorted);
  const leading = LEADING.filter((key) => Object.hasOwn(sorted, key));
  return Yaml.stringify(Object.fromEntries([...leading, ...Object.keys(sorted)].map((key) => [key, sorted[key]])));
}

function parsed(text: string, version: '1.1' | '1.2'): unknown {
  return parse(text, { version, schema: version === '1.2' ? 'core' : 'yaml-1.1' });
}

/** The value a parser gives back: missing members are gone, missing items are null. */
function readBack(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, (item) => readBack(item ?? null));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, readBack(member)]));
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...strings(member)]);
}

// The exception, told a second time and another way: strings that go-yaml reads differently from the library's text.
function isException(text: string): boolean {
  if (text === '<<' || /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(text)) return true;
  if (text.includes('\n \n')) return true;
  if (text.includes('\n')) return /^\n*\t/.test(text) || (/^\s*$/.test(text) && /[ \t]/.test(text));
  if (/^0b[-+][01_]+$/.test(text.replaceAll('_', ''))) return true;
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  return /^[-+\d]/.test(text) && digits !== '' && !Number.isNaN(Number(digits)) && /^[\d.]/.test(digits);
}

const PIECES = [
  ...' \t\n\r#:-?,[]{}&*!|>\'"%@`~=<._+/\\09178aexobXOByYnNTF\u0000\u0007\u001b\u007f\u0085\u00a0\u2028\u2029\ufeffé漢😀',
  ...[
    '---',
    '...',
    '<<',
    'yes',
    'on',
    'null',
    'true',
    '.inf',
    '.nan',
    '0x',
    '0o7',
    '0b',
    '1e3',
    '1_0',
    ': ',
    ' #',
    '\n\n',
  ],
  ...[
    '2001-01-01',
    '12:30',
    '%YAML',
    '10.0.0.1',
    '--',
    '__proto',
    'apiVersion',
    'metadata',
    '\n ',
    '\n\t',
    '$&',
    '\ud800',
  ],
];
const nasty = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21),
);
const text = fc.oneof(
  { weight: 6, arbitrary: nasty },
  { weight: 2, arbitrary: fc.lorem({ mode: 'sentences', maxCount: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.array(nasty, { minLength: 2, maxLength: 12 }).map((lines) => lines.join('\n')) },
  { weight: 1, arbitrary: fc.constantFrom('a'.repeat(1023), 'a'.repeat(1024), 'b'.repeat(1025), `${'"'.repeat(700)}`) },
);
const key = text.filter((name) => name !== '__proto__');
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    text,
    number,
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const manifest = fc.oneof(fc.dictionary(key, tree, { maxKeys: 5, noNullPrototype: true }), fc.array(tree));

describe('printYaml against cdk8s', () => {
  it('prints the same bytes, but for strings that Kubernetes would misread', () => {
    let same = 0;
    const check = (value: object) => {
      if (strings(value).some(isException)) return;
      same++;
      expect(printYaml(value)).toBe(asCdk8s(value));
    };
    fc.assert(fc.property(manifest, check), { numRuns: RUNS });
    fc.assert(fc.property(fc.record({ data: fc.dictionary(key, text, { maxKeys: 2 }) }), check), { numRuns: RUNS });
    expect(same).toBeGreaterThan(RUNS / 2);
  });

  it('prints text that YAML 1.1 and 1.2 parsers read back as the same value', () => {
    fc.assert(
      fc.property(manifest, (value) => {
        const printed = printYaml(value);
        expect(parsed(printed, '1.1')).toEqual(readBack(value));
        expect(parsed(printed, '1.2')).toEqual(readBack(value));
      }),
      { numRuns: RUNS },
    );
  });

  it('prints what a cdk8s chart prints', () => {
    const labels = { app: 'x', '10': 'ten', '9': 'nine' };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', data: { b: 'x\ny\n', a: '1' }, empty: {}, items: [null, []] };
    const chart = Testing.chart();
    const made = new ApiObject(chart, 'c', { ...object, metadata: { name: 'c', labels } });
    expect(printYaml({ ...object, metadata: { name: 'c', labels } })).toBe(Yaml.stringify(made.toJson()));
  });

  it('prints a repeated object in full each time', () => {
    const shared = { a: [1] };
    const value = { x: shared, y: [shared, shared] };
    expect(printYaml(value)).toBe(asCdk8s(JSON.parse(JSON.stringify(value))));
  });

  it('separates documents like cdk8s', () => {
    expect(printDocuments([{ a: 'x\n\n' }, {}, { b: 1 }])).toBe(Yaml.stringify({ a: 'x\n\n' }, {}, { b: 1 }));
    expect(printDocuments([])).toBe('');
  });
});

const TABLE: [value: string, printed: string][] = [
  ['', '""'],
  ['plain', 'plain'],
  ['8080', '"8080"'],
  ['10.0.0.1:80', '10.0.0.1:80'],
  ['1.27', '"1.27"'],
  ['1.27.3', '1.27.3'],
  ['100m', '100m'],
  ['25%', '25%'],
  ['1Ei', '1Ei'],
  ['0.5', '"0.5"'],
  ['true', '"true"'],
  ['*.a.b', '"*.a.b"'],
  ['$(POD_IP)', '$(POD_IP)'],
  ['--flag=a b', '--flag=a b'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  ['a:', '"a:"'],
  ['{"a":1}', '\'{"a":1}\''],
  ['e5', '"e5"'],
  ['yes', '"yes"'],
  ['y', '"y"'],
  ['~', '"~"'],
  ['.inf', '".inf"'],
  ['=', '='],
  ['2001-01-01', '"2001-01-01"'],
  ['1_000', '"1_000"'],
  ['12:30', '"12:30"'],
  ['0o7', '"0o7"'],
  ['0O17', '"0O17"'],
  ['0X1F', '"0X1F"'],
  ['0B1', '"0B1"'],
  ['0b-1', '"0b-1"'],
  ['0B-1', '0B-1'],
  ['0_x1', '"0_x1"'],
  ['+_1', '"+_1"'],
  ['-_.5', '"-_.5"'],
  ['1e0_', '"1e0_"'],
  ['.1e_1', '.1e_1'],
  ['<<', '"<<"'],
  ['a\tb', 'a\tb'],
  ['a\rb', '"a\\rb"'],
  ['a\u007fb', '"a\\u007fb"'],
  ['a\u0085b', '"a\\u0085b"'],
  ['a\u2028b', '"a\\u2028b"'],
  ['a\uffffb', '"a\\uffffb"'],
  ['é漢😀', 'é漢😀'],
  ['\ufeffa', '"\\ufeffa"'],
  [`${'z'.repeat(40)}\n \n `, `"${'z'.repeat(40)}\\n \\n "`],
  ['a\nb', '|-\n  a\n  b'],
  ['a\n\nb\n', '|\n  a\n\n  b\n'.slice(0, -1)],
  ['a\n\n', '|+\n  a\n'],
  [' a\nb', '|2-\n   a\n  b'],
  ['\na\n', '|\n  \n  a'],
  ['a\n', '|\n  a'],
  ['a\n\tb \nc', '|-\n  a\n  \tb \n  c'],
  ['\ta\nb', '"\\ta\\nb"'],
  ['\n\ta\n', '"\\n\\ta\\n"'],
  [' \n', '" \\n"'],
  ['\n', '|+\n  '],
];

describe('printYaml of tricky strings', () => {
  it.each(TABLE)('prints %j', (value, printed) => {
    expect(printYaml({ k: value })).toBe(`k: ${printed}\n`);
    // Deeper blocks have more indent on every line that is not empty.
    const deeper = printed.replace(/\n(?!\n|$)/g, '\n  ');
    expect(printYaml({ k: [value] })).toBe(`k:\n  - ${deeper}\n`);
  });

  it('quotes keys by the same rule', () => {
    const keys = { '<<': 1, '0o7': 2, 'a\nb': 3, 'a\u2028': 4, yes: 5, '---': 6 };
    expect(printYaml(keys)).toBe('"---": 6\n"0o7": 2\n"<<": 1\n"a\\nb": 3\n"a\\u2028": 4\n"yes": 5\n');
    expect(printYaml({ k: { '---': 1 } })).toBe('k:\n  ---: 1\n');
    expect(printYaml(JSON.parse('{"__proto__":{"a":1},"constructor":2}'))).toBe('__proto__:\n  a: 1\nconstructor: 2\n');
  });

  it('refuses what is not a manifest', () => {
    const circle: Record<string, unknown> = {};
    circle.circle = circle;
    const wrong = [undefined, null, 'a', circle, { a: () => 1 }, { a: Number.NaN }, { a: [1 / 0] }, { a: new Date(0) }];
    for (const value of [...wrong, { a: 1n }, { a: new Map() }]) expect(() => printYaml(value)).toThrow(/^(a|cannot) /);
  });
});

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

/** The `data` that comes back from kubectl, which parses like the API server's clients do. */
function throughKubectl(data: unknown): unknown {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data };
  const args = ['label', '--local', '--overwrite', '-f', '-', '-o', 'json', 'x=y'];
  const out = execFileSync('kubectl', args, { input: printYaml(object), maxBuffer: 2 ** 28 });
  return JSON.parse(out.toString()).data;
}

describe.skipIf(!hasKubectl)('kubectl', () => {
  const nastyTexts = fc.sample(
    fc.oneof(
      nasty,
      fc.array(nasty, { minLength: 2 }).map((l) => l.join('\n')),
    ),
    RUNS,
  );
  const texts = [...TABLE.map(([value]) => value), ...nastyTexts].filter((value) => !/\p{Surrogate}/u.test(value));

  it('reads every value back as the same string', () => {
    expect(throughKubectl(texts)).toEqual(texts);
    expect(throughKubectl({ deep: [[texts]] })).toEqual({ deep: [[texts]] });
  });

  it('reads every key back as the same string', () => {
    const map = Object.fromEntries([...texts, 'a'.repeat(1100)].map((name, index) => [name, index]));
    expect(throughKubectl({ map, list: [map] })).toEqual({ map, list: [map] });
  });
});
