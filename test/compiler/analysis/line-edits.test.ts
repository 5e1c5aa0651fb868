/** How two texts are compared: which of the shortest scripts of edits is chosen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineEdits } from '../../../compiler/analysis/line-edits';

/** The lines of two texts of one letter a line, as signs and letters. */
function edits(before: string, after: string): string {
  return lineEdits([...before], [...after])
    .map(({ sign, line }) => sign + line)
    .join('');
}

test.each([
  ['', '', ''],
  ['abc', 'abc', ' a b c'],
  ['abc', 'axc', ' a-b+x c'],
  ['abc', 'ac', ' a-b c'],
  ['ac', 'abc', ' a+b c'],
  ['abab', 'ab', ' a b-a-b'],
  ['ab', '', '-a-b'],
  ['', 'ab', '+a+b'],
  ['abcd', 'xabd', '+x a b-c d'],
  ['ab', 'ba', '-a b+a'],
])('%j to %j', (before, after, expected) => {
  expect(edits(before, after)).toBe(expected);
});

test('no edit too many: the lines that stay are a longest common subsequence', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const stay = lineEdits([...before], [...after]).filter(({ sign }) => sign === ' ');
      expect(stay).toHaveLength(longestCommon(before, after));
    }),
  );
});

/** The length of a longest common subsequence, by its definition. */
function longestCommon(one: string, other: string): number {
  if (one === '' || other === '') return 0;
  if (one[0] === other[0]) return 1 + longestCommon(one.slice(1), other.slice(1));
  return Math.max(longestCommon(one.slice(1), other), longestCommon(one, other.slice(1)));
}
