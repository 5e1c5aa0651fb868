/** Whole files that nobody wrote for us: too deep, too long, too many, or with odd ends. Never an exception, never a hang. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileAll } from '../../compiler/compile';
import { type Diagnostic, formatText } from '../../compiler/diagnostics';
import { compileText, FILE } from './outcome';

const SAMPLE = readFileSync(join(__dirname, '../cases/sample/spec.yaml'), 'utf8');

const FOREIGN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';

/** Far above what any of these takes, far below what a hang does. */
const PATIENCE = 20_000;

function diagnosticsOf(text: string): readonly Diagnostic[] {
  return compileAll([{ file: FILE, text }]).diagnostics;
}

function codesOf(text: string): string[] {
  return [...new Set(diagnosticsOf(text).map(({ code }) => code))];
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}

describe('too much of something', () => {
  const bomb = `a: &a [${'x,'.repeat(9)}]\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]},`.repeat(9)}]\n`)
    .join('')}`;
  const texts: readonly (readonly [title: string, text: string, codes: readonly string[]])[] = [
    ['aliases that multiply', bomb, ['BAL1006']],
    ['aliases that multiply in a foreign object', `${FOREIGN}data:\n${bomb.replace(/^/gm, '  ')}`, ['BAL1006']],
    ['an alias in its own anchor', `${SAMPLE}  selector: &s {a: *s}\n`, ['BAL1005']],
    ['100,000 brackets', '['.repeat(100_000), ['BAL1003']],
    ['100,000 braces', '{a: '.repeat(100_000), ['BAL1003']],
    ['100,000 brackets, closed', `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, ['BAL1003']],
    ['100,000 dashes', `${'- '.repeat(100_000)}\n`, ['BAL1003']],
    ['2,000 mappings in each other', lines(2000, (index) => `${' '.repeat(index)}a:`), ['BAL1003']],
    ['10 MB of one letter', 'x'.repeat(10e6), ['BAL1007']],
    ['10 MB of words', 'lorem ipsum dolor\n'.repeat(550_000), ['BAL1007']],
    ['10 MB of NUL', '\0'.repeat(10e6), ['BAL1007']],
    ['1 MB of every sign', lines(10_000, (index) => `!@#$%^&*()${index}[]{}|\\:;"'<>,.?/~\``.repeat(3)), ['BAL1003']],
    ['100,000 lines of a foreign object', `${FOREIGN}data:\n${lines(100_000, (index) => `  k${index}: v`)}`, []],
    ['5,000 lines with an escape', `${FOREIGN}data:\n${lines(5000, (index) => `  k${index}: "\\n"`)}`, []],
    ['5,000 unknown fields', `${SAMPLE}${lines(5000, (index) => `  field${index}: 1`)}`, ['BAL2001']],
    ['2,000 documents with a mistake', `${SAMPLE.replace('port: 80', 'port: x')}---\n`.repeat(2000), ['BAL2002']],
    ['10,000 blanks in a line', `${FOREIGN}data: {a: b${' '.repeat(10_000)}}\n`, []],
    ['20,000 empty documents', '---\n'.repeat(20_000), []],
  ];

  test.each(texts)('%s', { timeout: PATIENCE }, (_, text, codes) => {
    const found = codesOf(text);
    expect(found.filter((code) => !codes.includes(code))).toEqual([]);
    if (codes.length > 0) expect(found).not.toEqual([]);
  });
});

describe('what is said of it stays short', () => {
  const texts: readonly (readonly [title: string, text: string])[] = [
    ['a text in place of an object', 'x'.repeat(100_000)],
    ['a long kind', `apiVersion: exposer.hliangzhao.io/v1alpha1\nkind: ${'x'.repeat(100_000)}\n`],
    ['a long value', SAMPLE.replace('port: 80', `port: ${'x'.repeat(100_000)}`)],
    ['a long field', SAMPLE.replace('protocol', 'x'.repeat(900))],
  ];

  test.each(texts)('%s', (_, text) => {
    const diagnostics = diagnosticsOf(text);
    expect(diagnostics).not.toEqual([]);
    for (const diagnostic of diagnostics) expect(diagnostic.message.length).toBeLessThan(1000);
  });

  test('control characters are shown, not printed', () => {
    const text = formatText(
      diagnosticsOf(SAMPLE.replace('name: v1', 'name: "\\e]0;x\\a\\u202e\\u0000\\u0085\\u2066"')),
    );
    expect(text).toContain('\\u001b]0;x\\u0007\\u202e');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('the same spec in another dress', () => {
  const plain = compileText(SAMPLE).artefacts;
  const dresses: readonly (readonly [title: string, text: string])[] = [
    ['a byte order mark', `\ufeff${SAMPLE}`],
    ['CRLF', SAMPLE.replaceAll('\n', '\r\n')],
    ['no final line feed', SAMPLE.trimEnd()],
    ['blank lines around', `\n\n${SAMPLE}\n\n`],
    ['comments around', `# a\n${SAMPLE}# b\n  # c\n`],
    ['a "---" before', `---\n${SAMPLE}`],
    ['a "---" with a comment', `--- # the spec\n${SAMPLE}`],
    ['a "..." behind', `${SAMPLE}...\n`],
    ['empty documents around', `---\n---\n# none\n---\n${SAMPLE}---\n...\n---\n`],
    ['JSON', JSON.stringify(require('yaml').parse(SAMPLE))],
  ];

  test.each(dresses)('%s', (_, text) => {
    const { artefacts, errors } = compileText(text);
    expect(errors).toEqual([]);
    expect(artefacts).toEqual(plain);
  });

  test.each([
    ['nothing', ''],
    ['a line feed', '\n'],
    ['a byte order mark', '\ufeff'],
    ['only comments', '# a\n# b\n'],
    ['only markers', '---\n---\n...\n'],
    ['only blanks', '   \n \n'],
    ['null', 'null\n'],
  ])('%s is an empty fleet', (_, text) => {
    expect(compileAll([{ file: FILE, text }])).toEqual({ artefacts: [], diagnostics: [] });
  });
});

describe('a mistake is found at the same place', () => {
  const wrong = SAMPLE.replace('port: 80', 'port: 0');
  const place = diagnosticsOf(wrong)[0]!.location;

  test.each([
    ['with a byte order mark', `\ufeff${wrong}`, 0],
    ['with CRLF', wrong.replaceAll('\n', '\r\n'), 0],
    ['behind a document', `${SAMPLE}---\n${wrong}`.replace('name: balancer-sample', 'name: other'), 32],
    ['behind a document with CRLF', `# a\n---\n${wrong}`.replaceAll('\n', '\r\n'), 2],
  ])('%s', (_, text, before) => {
    const [found] = diagnosticsOf(text).filter(({ code }) => code === 'BAL2005');
    expect(found?.location).toEqual({
      ...place,
      line: place.line! + (before && text.split('\n').length - wrong.split('\n').length),
    });
  });
});
