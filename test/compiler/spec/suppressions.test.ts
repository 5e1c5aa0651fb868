import { describe, expect, test } from 'vitest';
import { compile } from '../../../compiler/compile';
import type { Code, Diagnostic, Suppressed } from '../../../compiler/diagnostics';
import { documentFromData } from '../../../compiler/spec/document';
import { NOT_PLAIN, readPlainYaml } from '../../../compiler/spec/read-plain-yaml';
import { suppressions } from '../../../compiler/spec/suppressions';

const FILE = 'spec.yaml';

/** Which lines of a text have a warning of a code accepted. */
function acceptedLines(text: string, code: Code = 'BAL3014'): number[] {
  const accepted: Suppressed[] = [];
  const { watch, report } = suppressions(
    () => {},
    (entry) => accepted.push(entry),
  );
  for (const _ of watch([{ file: FILE, text }]));
  text.split('\n').forEach((_, index) => {
    report({ code, message: '', location: { file: FILE, line: index + 1, column: 1, pointer: '' } });
  });
  return accepted.map(({ diagnostic }) => diagnostic.location.line ?? 0);
}

const IGNORE = '# balancer-ignore: BAL3014 a reason';

describe('what a comment covers', () => {
  test.each<[string, string, number[]]>([
    ['its line', `a: 1\nb: 2 ${IGNORE}\nc: 3`, [2]],
    ['the next line', `a: 1\n${IGNORE}\nb: 2\nc: 3`, [3]],
    ['the next line with content', `a: 1\n${IGNORE}\n\n# more\nb: 2\nc: 3`, [5]],
    ['a field, and where its value begins', `a: 1\n${IGNORE}\nb:\n  c: 3\n  d: 4`, [3, 4]],
    ['the same, at the end of the line', `a: 1\nb: ${IGNORE}\n\n  c: 3\n  d: 4`, [2, 3, 4]],
    ['a list', `a: 1\n${IGNORE}\nb:\n  - 1\n  - 2`, [3, 4]],
    ['an item of a list', `a:\n  - 1\n  ${IGNORE}\n  - 2\n  - 3`, [4]],
    ['a text over lines, from its first one', `a: 1\nb: "x\n  y" ${IGNORE}\nc: 3`, [2, 3]],
    ['a block, at its head', `a: 1\nb: | ${IGNORE}\n  text\nc: 3`, [2]],
    ['the line behind a block', `a: |\n  text\n${IGNORE}\nb: 1`, [4]],
    ['the document', `${IGNORE}\na: 1\nb: 2\n---\nc: 3`, [1, 2, 3]],
    ['the document behind its marker', `a: 1\n--- ${IGNORE}\nb: 2\nc: 3\n---\nd: 4`, [2, 3, 4]],
    ['the first document, before its marker', `${IGNORE}\n---\na: 1\n---\nb: 2`, [1, 2, 3]],
    ['nothing, at the end of a document', `a: 1\n${IGNORE}\n---\nb: 2`, [2]],
    ['nothing, inside of a text', `a: |\n  ${IGNORE}\nb: "\n  ${IGNORE}\n  "\nc: x${IGNORE}`, []],
    ['with Windows line ends', `a: 1\r\n${IGNORE}\r\nb: 2\r\nc: 3`, [3]],
    ['behind a byte order mark', `\ufeffa: 1\nb: 2 ${IGNORE}`, [2]],
    ['several codes', 'a: 1\nb: 2 # balancer-ignore: BAL3021, BAL3014 - a reason', [2]],
    ['in a text that is no YAML', `a: [\nb: 2 ${IGNORE}\n}: }\n"`, [2]],
  ])('%s', (_, text, lines) => {
    expect(acceptedLines(text)).toEqual(lines);
  });

  test('another code, or another word, accepts nothing', () => {
    expect(acceptedLines(`a: 1 ${IGNORE}`, 'BAL3021')).toEqual([]);
    expect(acceptedLines('a: 1 # see balancer-ignore: BAL3014 why')).toEqual([]);
    expect(acceptedLines('a: 1 # balancer-ignored: BAL3014 why')).toEqual([]);
  });
});

test('the nearest suppression is the one that is used', () => {
  const found: Diagnostic[] = [];
  const { watch, report, finish } = suppressions((diagnostic) => found.push(diagnostic));
  for (const _ of watch([{ file: FILE, text: `${IGNORE}\na: 1\nb: 2 ${IGNORE}` }]));
  report({ code: 'BAL3014', message: '', location: { file: FILE, line: 3, column: 1, pointer: '' } });
  finish();
  expect(found).toMatchObject([{ code: 'BAL1013', location: { line: 1 } }]);
});

test('after an error nothing is called unused', () => {
  const found: Diagnostic[] = [];
  const { watch, report, finish } = suppressions((diagnostic) => found.push(diagnostic));
  for (const _ of watch([{ file: FILE, text: `a: 1 ${IGNORE}` }]));
  report({ code: 'BAL2001', message: '', location: { file: FILE, line: 1, column: 1, pointer: '' } });
  finish();
  expect(found.map(({ code }) => code)).toEqual(['BAL2001']);
});

test('an error stays, whatever is said of it', () => {
  const text = 'kind: x\nspec: 1 # balancer-ignore: BAL2008 why';
  const found: string[] = [];
  for (const _ of compile([{ file: FILE, text }], ({ code }) => found.push(code)));
  expect(found).toContain('BAL1012');
  expect(found.length).toBeGreaterThan(1);
});

test('the annotation is one of its object only, and of whatever shape', () => {
  const accepted: Suppressed[] = [];
  const { adopt, report } = suppressions(
    () => {},
    (entry) => accepted.push(entry),
  );
  const annotations = { 'cdk8s-balancer.dev/ignore': 'BAL3014 a reason;\nBAL3021 another' };
  const own = adopt(documentFromData('one', { metadata: { annotations } }));
  const other = adopt(documentFromData('two', { metadata: { annotations: 'text' } }));
  for (const document of [own, other, adopt(documentFromData('three', null))])
    report({ code: 'BAL3014', message: '', location: document.locate('/spec') });
  report({ code: 'BAL3021', message: '', location: own.locate('') });
  expect(accepted.map(({ reason, diagnostic }) => [diagnostic.location.file, reason])).toEqual([
    ['one', 'a reason'],
    ['one', 'another'],
  ]);
});

test('the plain reader takes a text with suppressions as it takes one without', () => {
  const text = `# balancer-ignore: BAL3014 why\na: 1 # balancer-ignore: BAL3014 why\nb:\n  # balancer-ignore: BAL3014 why\n  - 2\n`;
  expect(readPlainYaml(text, 0, text.length)).not.toBe(NOT_PLAIN);
  expect(readPlainYaml(text, 0, text.length)).toEqual({ a: 1, b: [2] });
});

test('10,000 comments take no time by the square of their number', () => {
  const text = `a: 1\n${`b: 2 ${IGNORE}\n`.repeat(10_000)}`;
  expect(acceptedLines(text)).toHaveLength(10_000);
});
