import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { NOT_PLAIN, readPlainYaml } from '../../../compiler/spec/read-plain-yaml';

// a longer hunt: PLAIN_YAML_MUTATIONS=1000000 npx vitest run <this file> --testTimeout 1000000
const MUTATIONS = Number(process.env.PLAIN_YAML_MUTATIONS ?? 40_000);

function read(text: string): unknown {
  return readPlainYaml(text, 0, text.length);
}

function askLibrary(text: string) {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, merge: false });
  const problems = [...document.errors, ...document.warnings].map((problem) => problem.code);
  return { problems, value: problems.length > 0 ? undefined : document.toJS() };
}

/** the property that matters: what is read at all is read as the library reads it; answers whether it was read */
function readsLikeLibrary(text: string): boolean {
  const value = read(text);
  if (value === NOT_PLAIN) return false;
  const library = askLibrary(text);
  expect({ text, problems: library.problems }).toEqual({ text, problems: [] });
  expect(value).toStrictEqual(library.value);
  expect(JSON.stringify(value)).toBe(JSON.stringify(library.value));
  return true;
}

const BALANCER = `apiVersion: exposer.hliangzhao.io/v1alpha1
kind: Balancer
metadata:
  name: balancer-sample
spec:
  ports:
    # a comment
    - name: http
      protocol: TCP
      port: 80
      targetPort: 5678
  selector:
    app: test
  backends:
    - name: v1
      weight: 40
      selector:
        version: v1
    - name: v2
      weight: 20
      selector:
        version: v2
    - name: v3
      weight: 40
      selector:
        version: v3
`;

const DEPLOYMENT = `---
# the first version
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "v1"
  labels: {app: test, 'version': v1}
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: http-echo
        image: hashicorp/http-echo:0.2.3
        command: ["/http-echo"]
        args: ["-text", "hello world v1", '-listen']
        ports:
        - containerPort: 5678 # trailing
        env: []
        resources: {}
`;

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: nginx
data:
  nginx.conf: |
    events {
      worker_connections 1024;
    }

    stream {
      upstream a { server b:80 weight=1; }
    }
  other: |-
    x: 1
     y

  last: 'it''s'
`;

const NESTED = `a: 1
b:
  - x
  - y: 2
    z:
    - 1
    - - 2
      - 3
  -
    k: v
  # c
c: null
e:
f: true
g: -12
h: 1.5
"i": 'j k'
'l m': "n: o"
o p: q r
s: |
  t
   u
`;

const COMMENTED = `# zero
---
a:

  # one

  b:
    c: d


  # two
  e: f
# three
g: # four
  h:
# five
    - i
  # six
    - j
`;

const SCALARS = `path: /a/b?c=d&e
url: http://x.y:80/z#f
command: echo $HOME; exit
expression: ^/foo(bar)$
time: 12:30:45
address: 10.0.0.1
size: 1Gi
tilde: ~/x
negative: -x
text: h\u00e9llo w\u00f6rld
octal: 012
`;

const LISTS = `- a
- b: c
  d: e
- - f
  - g
- |
  lit
   more
- [a, [b, 'c'], {d: e}]
- {x: 1, "y": [2], z: {}}
`;

const CORPUS = [BALANCER, DEPLOYMENT, CONFIG_MAP, NESTED, COMMENTED, SCALARS, LISTS];

const PLAIN: string[] = [
  ...CORPUS,
  'a: 1',
  'a:',
  'a: ',
  'a:\nb:',
  'a: b\n\n\n',
  'a: b\n  ',
  'a: b # comment\n# comment\n   # comment',
  '---\na: 1\n',
  '--- # comment\na: 1\n',
  '# comment\n\n---   \na: 1\n',
  'a:\n- b\n- c\nd: e',
  'a:\n  - b\n  - c\nd: e',
  'a:\n      b: 1\n',
  '- a: 1\n  b: 2\n- c',
  '-   a: 1\n    b: 2\n',
  '-\n- a',
  '- - - a\n    - b\n  - c\n- d',
  '- # comment\n  a: 1',
  '- a:\n  - b\n- c:\n    - d',
  'a: true\nb: True\nc: TRUE\nd: false\ne: False\nf: FALSE\ng: truE\nh: yes\ni: no\nj: on',
  'a: null\nb: Null\nc: NULL\nd: ~\ne:\nf: nulL\ng: ~~',
  'a: 0\nb: -0\nc: +1\nd: 012\ne: 999999999999999\nf: -999999999999999',
  'a: 1.5\nb: -0.25\nc: 1.50\nd: 1.2.3\ne: 1-2\nf: 1_000\ng: 0x\nh: +',
  "a: 'it''s'\nb: ''\nc: ''''\nd: \"it's\"\ne: 'a: b # c'\nf: ' '\ng: \"\"",
  '"a": 1\n\'b\': 2\n"c d": 3\n"1": 4\n\'true\': 5\n"": 6',
  'a b: c d\na:b: c:d\na#b: c#d\nx, y: z, [w]\nq"r: s\'t',
  'a: []\nb: [ ]\nc: {}\nd: { }\ne: [a]\nf: [ a , b ]\ng: [a,b]\nh: ["a","b"]',
  'a: [1, true, null, ~, 1.5, "1", -x, a:b, a#b] # comment',
  'a: {b: 1, "c": \'d\', e: [f], g: {h: i}}',
  'a: |\n  x\n',
  'a: |-\n  x\n',
  'a: |\n  x',
  'a: |\n x\n\n\n  y\n \n',
  'a: |  \n  # text\n  - text\n# comment\nb: 1',
  '- |\n x\n- a: |-\n   y\n  b: z',
  'a: |\n  x\n\n\nb: 1',
  'a: h\u00e9llo # \u00fc\n\u00e4: "\u4f60\u597d" # \u{1f600}\nb: \u{1f600}',
  'hasOwn: 1\nlength: 2\nname: 3',
  `${'k'.repeat(999)}: 1`,
];

describe('documents of the subset', () => {
  it.each(PLAIN)('reads %j as the library does', (text) => {
    expect(read(text)).not.toBe(NOT_PLAIN);
    expect(readsLikeLibrary(text)).toBe(true);
  });

  it('reads no further than its slice', () => {
    for (const text of PLAIN) {
      const around = `x: "{[\n${text}\n---\n a: b: 'c`;
      expect(readPlainYaml(around, 7, 7 + text.length)).toStrictEqual(askLibrary(text).value);
    }
  });
});

const OUTSIDE: string[] = [
  // structure
  '',
  '\n',
  '   ',
  '# only a comment',
  '---',
  '---\n',
  '---\n---\na: 1',
  'a: 1\n---\nb: 2',
  'a: 1\n---',
  'a: 1\n...',
  '...\na: 1',
  '--- a',
  '--- a: 1',
  '---\ta: 1',
  '--- |\n a',
  '%YAML 1.2\n---\na: 1',
  '%TAG ! x\na: 1',
  'a',
  '1',
  '"a"',
  '[]',
  '{}',
  '{a: 1}',
  '|\n a',
  ' a: 1',
  '  a: 1\n  b: 2',
  '  a: 1\n b: 2',
  ' - a',
  'a: 1\n b: 2',
  'a: 1\n  - b',
  'a:\n  b: 1\n c: 2',
  'a:\n    b: 1\n  c: 2',
  'a:\n  - b\n c: d',
  'a:\n  - b\n  c: d',
  'a:\n - b\n  - c',
  'a:\n- b\n - c',
  '- a\n b: c',
  '- a\n  b: c',
  '- a: 1\n b: 2',
  '- a: 1\n   b: 2',
  '- - a\n b',
  '- - a\n  b: c',
  '- a\nb: c',
  'a: 1\n- b',
  '-a\n-b',
  '-',
  '- ',
  '-\n',
  'a: b: c',
  'a: b:',
  'a: "b": c',
  "a: 'b': c",
  'a: - b',
  'a: - b\n   - c',
  'a: -',
  'a: - ',
  '- a: - b',
  'a:\n  b',
  'a:\n  "b"',
  'a:\n  [b]',
  'a:\n  |\n  b',
  'a: b\n  c',
  'a: b\n c: d',
  'a: b\n\n  c',
  'a: b # c\n  d',
  '- a\n  b',
  '- a\n b',
  'a\nb: c',
  'a\n: b',
  'a:b',
  'a :b',
  'a : b',
  'a  : b',
  ': b',
  ':',
  '? a',
  '? a\n: b',
  '?a: b',
  'a: ? b',
  '- ? a\n  : b',
  // comments
  'a: #c',
  'a:#c',
  '#c: d\na: b',
  'a: b #c',
  'a: b#c',
  'a: "b"#c',
  'a: []#c',
  'a #b: c',
  '- a #b\n- #c\n- d',
  'a:\n # c\n  b: 1\n   # d\n  e: 2\n# f\n      # g\n',
  'a: |\n x\n# c\n y',
  // quoted
  'a: "x" y',
  "a: 'x'b",
  "a: 'x' 'y'",
  "a: 'x",
  'a: "x',
  'a: "x\n  y"',
  "a: 'x\n\n  y'",
  "a: 'x\nb: y'",
  'a: "\\n"',
  'a: "\\"',
  'a: "\\x"',
  'a: "x\\" y"',
  "a: 'x''",
  "a: '''",
  'a: """',
  '"a":1',
  "'a':1",
  '"a" : 1',
  '"a": 1',
  '"a"b: 1',
  '"a',
  // node properties, reserved and special characters
  'a: !!str 1',
  'a: !x y',
  '!a b: c',
  'a: &x y',
  'a: *x',
  '&a b: c',
  '*a : c',
  'a: &x\n  b: c',
  'a: @x',
  'a: `x',
  'a: %x',
  'a: >\n x',
  'a: >-\n x',
  'a: ,x',
  'a: ]',
  'a: }',
  'a: ?x',
  'a: :x',
  'a: |x',
  'a: "x",',
  '@a: 1',
  '`a: 1',
  ',a: 1',
  ']: 1',
  '[a]: 1',
  '{a: b}: 1',
  '[a]: [b]: c',
  '<<: {a: 1}',
  '"<<": {a: 1}',
  'a: <<',
  // numbers
  'a: 012',
  'a: 1e3',
  'a: 1E+3',
  'a: .5',
  'a: 5.',
  'a: +.5e-1',
  'a: 0x10',
  'a: 0o10',
  'a: 0O10',
  'a: 0b1',
  'a: 1_000',
  'a: .inf',
  'a: -.INF',
  'a: .nan',
  'a: .NaN',
  'a: .',
  'a: ...',
  'a: 9007199254740993',
  'a: -9007199254740993',
  'a: 00000000000000000000001',
  'a: 0.1234567890123456789',
  'a: 12e',
  'a: 1:2',
  'a: ~',
  'a: --',
  'a: ---',
  'a: -1-',
  // keys
  '1: a',
  '01: a',
  '-1: a',
  '1.5: a',
  'true: a',
  'null: a',
  '~: a',
  'a: 1\na: 2',
  'a: 1\n"a": 2',
  '1: a\n"1": b',
  'a: {b: 1, b: 2}',
  "a: {b: 1, 'b': 2}",
  '- a: 1\n  a: 1',
  '__proto__: a',
  '"__proto__":\n  a: b',
  'a: {__proto__: {b: c}}',
  'constructor: a',
  'toString: a\nvalueOf: b',
  '.a: b',
  '-a: b',
  `${'k'.repeat(1024)}: 1`,
  `${'k'.repeat(1025)}: 1`,
  `"${'k'.repeat(1023)}": 1`,
  `${'k '.repeat(600)}k: 1`,
  `a: {${'k'.repeat(1030)}: 1}`,
  'key with spaces: v',
  // flow
  'a: [a, b',
  'a: [a, b\n  ]',
  'a: [a,\n b]',
  'a: [a] b',
  'a: [a]]',
  'a: [a b',
  'a: [a,]',
  'a: [a,,b]',
  'a: [,]',
  'a: [,a]',
  'a: [a: b]',
  'a: ["a":b]',
  'a: ["a": b]',
  'a: ["a" "b"]',
  'a: ["a"b]',
  'a: [a "b"]',
  'a: [- a]',
  'a: [-]',
  'a: [-, -a]',
  'a: [a #b]',
  'a: [#a]',
  'a: [a]#b',
  'a: [&a b, *a]',
  'a: [? a]',
  'a: [:a]',
  'a: [a:]',
  'a: [a:, b]',
  'a: [a}',
  'a: [{a]}',
  'a: [[a]b]',
  'a: {b}',
  'a: {b, c: d}',
  'a: {b:1}',
  'a: {b: }',
  'a: {b:}',
  'a: {"b":1}',
  'a: {"b" : 1}',
  'a: {b: 1,}',
  'a: {b: c: d}',
  'a: {b: [c}]',
  'a: {: b}',
  'a: {1: b}',
  'a: {? b : c}',
  'a: {b: - c}',
  'a: {b: |}',
  'a: {{b: c}: d}',
  'a: {b: c\n}',
  'a: {{ template }}',
  '- [a]: b',
  '- [a]\n  b: c',
  // literals
  'a: |',
  'a: |\n',
  'a: |\n\n',
  'a: |\nb: 1',
  'a: |\n\n  x',
  'a: |\n    \n  x',
  'a: |\n \n  x',
  'a: |\n  x\n y',
  'a: |\n  x\n    \n',
  'a: |\n  x\n    \n  y',
  'a: |\n  x\n    ',
  'a: |\n  x\n  ',
  'a: |\n  x\n # c\n  y',
  'a: |\n  x\n # c\nb: 1',
  'a: |\n  x\n\t\nb: 1',
  'a: |\n  x\ty',
  'a: |+\n  x\n\n',
  'a: |2\n   x',
  'a: |-2\n   x',
  'a: |--\n  x',
  'a: | # c\n  x',
  'a: |#c\n  x',
  'a: |x\n  x',
  'a: | x\n  x',
  'a:\n  b: |\n  x',
  'a:\n  b: |\n x',
  '- |\nx',
  '- - |\n  x',
  '- - |\n   x',
  '- a: |\n  x',
  '- a: |\n   x',
  'a: |\n  x\n---\n',
  'a: |\n  x\n  \u0085',
  // characters
  'a:\tb',
  'a: b\t',
  '\ta: b',
  'a:\n\tb: c',
  'a: b\t# c',
  '# a\tb\na: 1',
  'a: b\r\nc: d\r\n',
  'a: b\rc: d',
  '\ufeffa: b',
  'a: \ufeff',
  'a: b\u0085c',
  'a: "b\u2028c"',
  'a: \u2029',
  'a: \u0000',
  'a: \u0007',
  'a: \u007f',
  'a: \u009f',
  'a: \u00a0',
  '\u0002a: b',
  'a: \u0018',
  '\u001f',
  'a: \ud800',
  // depth
  `${Array.from({ length: 70 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}`,
  `${'- '.repeat(70)}a`,
  `a: ${'['.repeat(70)}${']'.repeat(70)}`,
];

describe('tricky documents', () => {
  it.each(OUTSIDE)('leaves %j to the library or reads it alike', (text) => {
    readsLikeLibrary(text);
    readsLikeLibrary(`${text}\n`);
    readsLikeLibrary(`---\n${text}\nz: 1\n`);
    readsLikeLibrary(`z:\n  ${text.replaceAll('\n', '\n  ')}\n`);
    readsLikeLibrary(`- ${text.replaceAll('\n', '\n  ')}\n`);
  });

  it.each([
    'a: b\tc',
    'a: b\r\n',
    'a: &x b',
    'a: *x',
    'a: !x b',
    '? a',
    '<<: {a: 1}',
    '%YAML 1.2\n---\na: 1',
    'a: b\n  c',
    'a: >\n  b',
    'a: 1\n...',
    'a: 1\n---\nb: 1',
    'a: 1\na: 2',
    '__proto__: {a: 1}',
    'a: "\\n"',
    'a: 9007199254740993',
    'a: 0x10',
    'a: .inf',
    `${'- '.repeat(66)}a`,
    '\ufeffa: b',
  ])('never reads %j', (text) => {
    expect(read(text)).toBe(NOT_PLAIN);
  });
});

const word = fc.stringMatching(/^[a-z][a-zA-Z0-9_./-]{0,10}$/);
const simple = fc.letrec((tie) => ({
  scalar: fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)),
  value: fc.oneof({ maxDepth: 4 }, tie('scalar'), tie('map'), fc.array(tie('value'), { maxLength: 4 })),
  map: fc.dictionary(word, tie('value'), { minKeys: 1, maxKeys: 5 }),
}));

describe('what the library prints', () => {
  it('is read as the library reads it, whatever it is', () => {
    fc.assert(
      fc.property(fc.object({ withNullPrototype: false }), (value) => void readsLikeLibrary(stringify(value))),
      { numRuns: 2000 },
    );
    const nasty = fc.string({ unit: fc.constantFrom(...' :-#\'"[]{},&*!|>%@?\n~.0x1ea') });
    fc.assert(
      fc.property(fc.dictionary(nasty, fc.oneof(nasty, fc.array(nasty), fc.dictionary(nasty, nasty))), (value) => {
        readsLikeLibrary(stringify(value));
      }),
      { numRuns: 3000 },
    );
  });

  it('is mostly in the subset where the values are simple', () => {
    let plain = 0;
    let all = 0;
    const property = fc.property(simple.map, (value) => {
      all++;
      if (readsLikeLibrary(stringify(value))) plain++;
    });
    fc.assert(property, { numRuns: 2000 });
    expect(plain / all).toBeGreaterThan(0.6);
  });
});

const INSERTS = [
  ...' :-#\'"[]{},&*!|>%@?\t\n~.0x1a\r<`\\=+e_/$\u00e9\u0085\ufeff\u2028',
  ...[
    '---',
    '...',
    '- ',
    ': ',
    ' #',
    '\n\n',
    '\n  ',
    '|-',
    '|\n',
    "''",
    '""',
    '[]',
    '{}',
    '- - ',
    'null',
    '0o7',
    '1.5',
  ],
  ...['\n---\n', '\n# c\n', '\n    # c\n', 'a: ', 'b:\n'],
];
const LINES = ['', '# c', '#c', '- x', 'k: v', '"z"', 'y', 'k2:', '-', '---', '- |', 'k3: |-', '- k: v', '"q": 1'];
const SUFFIXES = [' ', '  ', ' # c', '#c', ' x', ':', ': x', ' |', ' - ', ' []'];

type Edit = (text: string) => string;

const charEdit: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(), fc.constantFrom(...INSERTS), fc.constantFrom('insert', 'insert', 'delete', 'replace', 'swap'))
  .map(([where, insert, kind]) => (text) => {
    const at = where % (text.length + 1);
    const rest = text.slice(at);
    if (kind === 'insert') return text.slice(0, at) + insert + rest;
    if (kind === 'replace') return text.slice(0, at) + insert + rest.slice(1);
    if (kind === 'swap') return text.slice(0, at) + rest.slice(1, 2) + rest.slice(0, 1) + rest.slice(2);
    return text.slice(0, at) + rest.slice(1 + (where % 3));
  });

function editLine(lines: string[], at: number, kind: number, choice: number): string[] {
  const line = lines[at]!;
  const becomes = [
    [line, line],
    [],
    [`${' '.repeat(1 + (choice % 3))}${line}`],
    [line.replace(/^ {1,2}/, '')],
    [`${' '.repeat(choice % 8)}${line.trimStart()}`],
    [`${line}${SUFFIXES[choice % SUFFIXES.length]}`],
    [`${' '.repeat(choice % 7)}${LINES[choice % LINES.length]}`, line],
    [lines[choice % lines.length]!, line],
  ];
  return [...lines.slice(0, at), ...becomes[kind % becomes.length]!, ...lines.slice(at + 1)];
}

const lineEdit: fc.Arbitrary<Edit> = fc.tuple(fc.nat(), fc.nat(), fc.nat()).map(([where, kind, choice]) => (text) => {
  const lines = text.split('\n');
  return editLine(lines, where % lines.length, kind, choice).join('\n');
});

const mutated = fc
  .tuple(fc.constantFrom(...CORPUS), fc.array(fc.oneof(charEdit, lineEdit), { minLength: 1, maxLength: 4 }))
  .map(([text, edits]) => edits.reduce((edited, edit) => edit(edited), text));

describe('mutated documents', () => {
  it('are left to the library or read alike', () => {
    let plain = 0;
    const property = fc.property(mutated, (text) => {
      if (readsLikeLibrary(text)) plain++;
    });
    fc.assert(property, { numRuns: MUTATIONS });
    // a hunt in which nothing is read would prove nothing
    expect(plain).toBeGreaterThan(MUTATIONS / 10);
  }, 1_000_000);
});
