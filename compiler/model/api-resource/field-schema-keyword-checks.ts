import { pointerTo } from '../../spec/document';
import { nearest } from '../../spec/nearest';
import { describeValue, show } from '../../spec/shape-errors';
import type { Problems } from '../problems';
import { isMap } from './field-schema';
import { CHOICES, type KeywordValue } from './field-schema-keywords';

/** Names of fields: what CEL, JSONPath and TypeScript can all say. */
const FIELD_NAME = /^(?!__proto__$)[A-Za-z_][-A-Za-z0-9_.]{0,62}$/;

/** What the value of a keyword must be, in words. */
const EXPECTED: Readonly<Record<KeywordValue, string>> = {
  text: 'a text',
  flag: 'true or false',
  true: 'true',
  number: 'a number',
  count: 'a whole number from 0 on',
  texts: 'a list of texts',
  list: 'a list',
  schema: 'a schema',
  fields: 'an object with a schema for each field',
  rules: 'a list of rules',
  any: 'a value',
};

const IS: Readonly<Record<KeywordValue, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  true: (value) => value === true,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  count: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  list: Array.isArray,
  schema: isMap,
  fields: isMap,
  rules: Array.isArray,
  any: () => true,
};

/** Longest text of a keyword, in UTF-16 units; patterns have a bound of their own. */
const MAX_TEXT = 4096;

/** Whether the value of a keyword is what it must be. */
export function checkKeywordValue(
  name: string,
  expected: KeywordValue,
  value: unknown,
  pointer: string,
  problems: Problems,
): boolean {
  // The schemas themselves are told about when they are walked.
  if (expected === 'schema') return true;
  if (!IS[expected](value)) {
    problems.add('BAL2002', pointer, `expected ${EXPECTED[expected]}, got ${describeValue(value)}`);
    return false;
  }
  if (typeof value === 'string') return checkText(name, value, pointer, problems);
  if (expected === 'fields') checkNames(Object.keys(value as object), pointer, problems);
  if (expected === 'texts' || expected === 'list') return checkList(value as readonly unknown[], pointer, problems);
  return true;
}

function checkText(name: string, value: string, pointer: string, problems: Problems): boolean {
  const allowed = CHOICES.get(name);
  if (allowed !== undefined) {
    if (allowed.includes(value)) return true;
    const guess = nearest(value, allowed);
    const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
    const list = allowed.map((choice) => `"${choice}"`).join(', ');
    problems.add('BAL2004', pointer, `${show(value)} is not one of ${list}${question}`);
    return false;
  }
  const isTitle = name === 'title';
  if (isTitle ? /^[A-Z][A-Za-z0-9]{0,62}$/.test(value) : value.length <= MAX_TEXT && isPrintable(value)) return true;
  const form = isTitle
    ? 'the name of a TypeScript interface: letters and digits, starting with a capital letter'
    : `a text of at most ${MAX_TEXT} characters without control characters`;
  problems.add('BAL2006', pointer, `${show(value)} is not ${form}`);
  return false;
}

/** Line breaks are fine in a description; a lone half of a character is not UTF-8. */
function isPrintable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  return !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/u.test(text);
}

function checkNames(names: readonly string[], pointer: string, problems: Problems): void {
  for (const name of names) {
    if (FIELD_NAME.test(name)) continue;
    const form = 'a name of a field: at most 63 letters, digits, "-", "_" and ".", starting with a letter or "_"';
    problems.add('BAL2006', pointerTo(pointer, name), `${show(name)} is not ${form}`);
  }
}

/** Lists of names and of values: each once. An empty enum would refuse everything, an empty required says nothing. */
function checkList(items: readonly unknown[], pointer: string, problems: Problems): boolean {
  if (items.length === 0 && !pointer.endsWith('/required')) {
    problems.add('BAL2007', pointer, 'expected at least 1 entry, got 0');
    return false;
  }
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const text = JSON.stringify(item);
    if (seen.has(text)) problems.add('BAL3001', `${pointer}/${index}`, `${show(item)} is there twice`);
    seen.add(text);
  });
  return true;
}
