/** What a report tells to be a secret is in none of its frames. */
import { describe, expect, test } from 'vitest';
import { type Code, type Diagnostic, formatText, linesIn, PLAIN } from '../../../compiler/diagnostics';
import { withoutSecrets } from '../../../compiler/diagnostics/covered-lines';

function at(code: Code, line: number, column: number): Diagnostic {
  return { code, message: 'm', location: { file: 'f', line, column, pointer: '' } };
}

function covered(text: string, ...diagnostics: Diagnostic[]): string | undefined {
  return withoutSecrets(() => linesIn(text), diagnostics)('f')?.join('\n');
}

describe('lines with a secret', () => {
  test.each([
    ['a value', 'a: 1\nb: hunter2\nc: 3\n', [2, 4], 'a: 1\nb: ***\nc: 3\n'],
    ['a text of several lines', 'a: |\n  hunter2\n\n  hunter3\nb: 2\n', [1, 4], 'a: ***\n  ***\n\n  ***\nb: 2\n'],
    ['the word behind an option', '- --token\n- hunter2\n- x\n', [1, 3], '- ***\n***\n- x\n'],
    ['the list behind a key', 'tokens:\n  - hunter2\nb: 2\n', [1, 1], '***\n  ***\nb: 2\n'],
  ] as const)('%s', (_, text, [line, column], shown) => {
    expect(covered(text, at('BAL3293', line, column))).toBe(shown);
  });

  test('the first of two secrets of a line decides', () => {
    expect(covered('{a: one, b: two}', at('BAL3274', 1, 13), at('BAL3274', 1, 5))).toBe('{a: ***');
  });

  test('other diagnostics, other files and a place without a line cover nothing', () => {
    const nowhere: Diagnostic = { code: 'BAL3274', message: 'm', location: { file: 'f', pointer: '' } };
    expect(covered('a: 1', at('BAL2001', 1, 1), nowhere)).toBe('a: 1');
    expect(withoutSecrets(() => undefined, [at('BAL3274', 1, 1)])('f')).toBeUndefined();
  });

  test('the frame of a neighbour does not show it, and a caret stays in a line that was cut', () => {
    const view = { linesOf: () => linesIn('a: hunter2, b: 1\nc: 1'), palette: PLAIN };
    const text = formatText([at('BAL3274', 1, 4), at('BAL2001', 1, 13), at('BAL2001', 2, 1)], view);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('  1 | a: ***\n');
  });
});
