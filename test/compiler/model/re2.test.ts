import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../../../compiler/model/values/re2-match';
import { patternFault } from '../../../compiler/model/values/re2-pattern';

describe('a pattern that RE2 and JavaScript both take', () => {
  test.each([
    '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$',
    '^(a|b)*?c+$',
    '^\\d{4}-\\d{2}$',
    '^[^/]+/[\\w.]+$',
    '\\bword\\b',
    '^\\p{L}+$',
    '^(?:ab){2,}$',
    '^.{1,1000}$',
    '^[\\]\\-[]$',
    '',
  ])('%j', (pattern) => {
    expect(patternFault(pattern)).toBeUndefined();
  });

  test.each([
    ['(', 'invalid'],
    ['a**', 'invalid'],
    ['\\Z', 'invalid'],
    ['^(?=a)a$', 'foreign'],
    ['^(?<!a)a$', 'foreign'],
    ['^(?<name>a)$', 'foreign'],
    ['^(a)\\1$', 'foreign'],
    ['\\cA', 'foreign'],
    ['\\u0041', 'foreign'],
    ['[\\b]', 'foreign'],
    ['[]', 'foreign'],
    ['[^]', 'foreign'],
    ['[[:alpha:]', 'foreign'],
    ['\\p{Script=Greek}', 'foreign'],
    ['a{1001}', 'large'],
    ['(a{10}b){101}', 'large'],
    ['a'.repeat(1025), 'large'],
  ])('not %j: %s', (pattern, fault) => {
    expect(patternFault(pattern)).toBe(fault);
  });
});

/** Patterns of a few characters, in which everything is that the matcher knows. */
const PATTERN: fc.Arbitrary<string> = fc.letrec<{ node: string; atom: string; sequence: string }>((tie) => ({
  atom: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '^', '$', '\\b', '\\B'),
    tie('node').map((node) => `(${node})`),
  ),
  sequence: fc
    .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '*', '+?', '?', '{2}', '{1,3}', '{2,}')), { maxLength: 4 })
    .map((parts) => parts.map(([atom, mark]) => (/^(?:[\^$]|\\[bB])$/.test(atom) ? atom : atom + mark)).join('')),
  node: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((parts) => parts.join('|')),
})).node;

describe('the matcher', () => {
  test('finds what the regular expressions of JavaScript find', () => {
    fc.assert(
      fc.property(PATTERN, fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-'), maxLength: 8 }), (pattern, text) => {
        fc.pre(patternFault(pattern) === undefined);
        // Repeats within repeats multiply: a pattern that is too much work counts as one that matches.
        fc.pre((pattern.match(/\{/g) ?? []).length <= 5);
        expect(matchesPattern(pattern, text)).toBe(new RegExp(pattern, 'u').test(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('is not stopped by a pattern that takes JavaScript for ever', () => {
    expect(matchesPattern('^(a+)+$', `${'a'.repeat(5000)}!`)).toBe(false);
    expect(matchesPattern('^(a|a)*$', `${'a'.repeat(5000)}!`)).toBe(false);
  });
});
