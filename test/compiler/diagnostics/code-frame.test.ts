import { describe, expect, test } from 'vitest';
import { linesIn, PLAIN } from '../../../compiler/diagnostics';
import { codeFrame } from '../../../compiler/diagnostics/code-frame';
import { extentAt } from '../../../compiler/diagnostics/extent';

/** The part of a line that is underlined: from the first `^`, which is taken out, on. */
function underlined(marked: string): string {
  const at = marked.indexOf('^');
  const line = marked.replace('^', '');
  return line.slice(at, at + extentAt(line, at + 1));
}

describe('what is underlined', () => {
  test.each([
    ['a: ^value', 'value'],
    ['a: ^two words # comment', 'two words'],
    ['a: ^x#y', 'x#y'],
    ['^key: value', 'key'],
    ['^key:', 'key'],
    ['a: ^http://x:80/', 'http://x:80/'],
    ['a: ^1, 2', '1, 2'],
    ['a: ^1,', '1'],
    ['{a: ^1, b: 2}', '1'],
    ['[{a: x}, ^y]', 'y'],
    ['{^a: {b: 1}}', 'a'],
    ['{"[": ^1 }', '1'],
    ['a: ^"q \\" # x" # c', '"q \\" # x"'],
    ["a: ^'it''s' # c", "'it''s'"],
    ['a: ^"open', '"open'],
    ['a: ^{b: [1, "]"], c: 2} # x', '{b: [1, "]"], c: 2}'],
    ['a: ^[1, # more', '[1, # more'],
    ['a:^', ''],
  ])('%s', (marked, text) => {
    expect(underlined(marked)).toBe(text);
  });
});

function frame(text: string, line: number, column: number, context = 0): string[] {
  return codeFrame({ file: 'f', line, column, pointer: '' }, () => linesIn(text), PLAIN, context);
}

describe('frames', () => {
  test('wide, combining and control characters keep the caret below its text', () => {
    expect(frame('世e\u0301\u001b😀: x', 1, 9)).toEqual(['  1 | 世e\u0301\\u001b😀: x', '    |              ^']);
    expect(frame('a:\tx', 1, 4)).toEqual(['  1 | a:  x', '    |     ^']);
  });

  test('a long line is cut around the place, at both ends', () => {
    const [line, caret] = frame(`${'x'.repeat(300)} name: ${'y'.repeat(300)}`, 1, 302) as [string, string];
    expect(line).toBe(`  1 | …${'x'.repeat(39)} name: ${'y'.repeat(54)}…`);
    expect(line.slice(caret.indexOf('^')).startsWith('name')).toBe(true);
    expect(caret.trim()).toBe('| '.concat(' '.repeat(41), '^^^^').trim());
  });

  test('a range longer than the line ends with it', () => {
    for (const row of frame('z'.repeat(500), 1, 1)) expect(row.length).toBeLessThan(110);
  });

  test('lines around are shown, blank ones are not, and numbers are aligned', () => {
    const text = `${'\n'.repeat(7)}a: 1\nb: 2\nc: 3\n`;
    expect(frame(text, 9, 1, 1)).toEqual(['   8 | a: 1', '   9 | b: 2', '     | ^', '  10 | c: 3']);
    expect(frame(text, 8, 1, 1)).toEqual(['  8 | a: 1', '    | ^', '  9 | b: 2']);
  });

  test('a place without a line, or behind the text, has none', () => {
    expect(frame('a', 9, 1)).toEqual([]);
    expect(codeFrame({ file: 'f', pointer: '' }, () => ['a'], PLAIN, 1)).toEqual([]);
    expect(codeFrame({ file: 'f', line: 1, pointer: '' }, () => undefined, PLAIN, 1)).toEqual([]);
  });
});
