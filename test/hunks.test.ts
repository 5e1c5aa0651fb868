/** How a wrong and a right spec are shown side by side: how much is shown around what differs. */
import { expect, test } from 'vitest';
import { lineEdits } from '../compiler/analysis/line-edits';
import { hunks } from '../scripts/hunks';

test('two places with what is around them', () => {
  expect(hunks(lineEdits([...'abcdefghi'], [...'abXdefgYi']), 1)).toBe(' b\n-c\n+X\n d\n ...\n g\n-h\n+Y\n i\n');
});

test('nothing stands for the lines before the first place and behind the last one', () => {
  expect(hunks(lineEdits([...'abcde'], [...'abXde']), 1)).toBe(' b\n-c\n+X\n d\n');
});
