/** How a wrong and a right spec are shown side by side: what is marked, and how much is shown around it. */
import { describe, expect, test } from 'vitest';
import { hunks, lineDiff } from '../scripts/line-diff';

/** The lines of two texts of one letter a line, as marks and letters. */
function marks(before: string, after: string): string {
  return lineDiff([...before], [...after])
    .map(({ mark, text }) => `${mark}${text}`)
    .join('');
}

describe('lines', () => {
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
  ])('%j to %j', (before, after, expected) => {
    expect(marks(before, after)).toBe(expected);
  });
});

test('two places with what is around them', () => {
  expect(hunks(lineDiff([...'abcdefghi'], [...'abXdefgYi']), 1)).toBe(' b\n-c\n+X\n d\n ...\n g\n-h\n+Y\n i\n');
});

test('nothing stands for the lines before the first place and behind the last one', () => {
  expect(hunks(lineDiff([...'abcde'], [...'abXde']), 1)).toBe(' b\n-c\n+X\n d\n');
});
