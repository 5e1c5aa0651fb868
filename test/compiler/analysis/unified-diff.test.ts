/** Unified diffs as GNU patch and git read them. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../compiler/analysis/unified-diff';
import { temporaryFolder } from '../../run-balancer';

test('a change, with three lines around it', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', ''].join('\n');
  expect(unifiedDiff(before, before.replace('e\n', 'E\nE\n'))).toEqual([
    '@@ -2,7 +2,8 @@',
    ' b',
    ' c',
    ' d',
    '-e',
    '+E',
    '+E',
    ' f',
    ' g',
    ' h',
  ]);
});

test('whole files, equal texts, and a last line without a line feed', () => {
  expect(unifiedDiff(undefined, 'a\nb\n')).toEqual(['@@ -0,0 +1,2 @@', '+a', '+b']);
  expect(unifiedDiff('a\n', undefined)).toEqual(['@@ -1 +0,0 @@', '-a']);
  expect(unifiedDiff('a\n', 'a\n')).toEqual([]);
  expect(unifiedDiff('a', 'a\n')).toEqual(['@@ -1 +1 @@', '-a\n\\ No newline at end of file', '+a']);
});

test('texts with nothing in common take no quadratic time', () => {
  const lines = (word: string): string => Array.from({ length: 50_000 }, (_, index) => `${word}${index}\n`).join('');
  expect(unifiedDiff(lines('a'), lines('b'))).toHaveLength(100_001);
});

test('git apply makes the new text of the old one', () => {
  const folder = temporaryFolder();
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after && before !== '' && after !== '');
      writeFileSync(join(folder, 'file'), before);
      const patch = ['--- a/file', '+++ b/file', ...unifiedDiff(before, after), ''].join('\n');
      const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
        cwd: folder,
        input: patch,
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
      expect(readFileSync(join(folder, 'file'), 'utf8')).toBe(after);
    }),
    { numRuns: 100 },
  );
});
