/** The catalogue of diagnostics as a whole: every code is known, reported somewhere, shown by a case, and worded alike. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CATALOGUE, type CatalogueEntry, type Code } from '../compiler/diagnostics';

const ROOT = join(__dirname, '..');
const CODES = Object.keys(CATALOGUE) as Code[];
const ENTRIES = Object.entries(CATALOGUE) as [Code, CatalogueEntry][];

/** Codes that no text of a spec can earn, and what earns them instead. */
const WITHOUT_CASE: Readonly<Partial<Record<Code, string>>> = {
  BAL1001: 'a path on the command line that cannot be read',
  BAL1009: 'a path on the command line without a spec',
  BAL3027: 'a workload handed over in TypeScript',
  BAL4002: 'megabytes of specs',
  BAL5001: 'an output folder that cannot be written',
  BAL5002: 'a file that stands in the output folder',
  BAL5003: 'a symbolic link, or a journal of somebody else, in the output folder',
  BAL9001: 'a fault of our own',
};

/** The code that the name of a folder in test/invalid begins with. */
function codesOfCases(): ReadonlySet<string> {
  return new Set(readdirSync(join(__dirname, 'invalid')).map((folder) => folder.slice(0, 7)));
}

/** The codes that the sources name, apart from the catalogue itself. */
function codesInSources(): ReadonlySet<string> {
  const files = ['compiler', 'constructs', 'cli', 'synth', 'judge'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'catalogue.ts')
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(/\bBAL\d{4}\b/g) ?? []));
}

describe('cases', () => {
  const shown = codesOfCases();

  test.each(CODES.filter((code) => WITHOUT_CASE[code] === undefined))('%s has a case in test/invalid', (code) => {
    expect(shown).toContain(code);
  });

  test('the exceptions are codes of the catalogue that have no case', () => {
    for (const code of Object.keys(WITHOUT_CASE)) {
      expect(CODES).toContain(code);
      expect(shown).not.toContain(code);
    }
  });

  test('a folder is named after a code and what is special about it', () => {
    for (const folder of readdirSync(join(__dirname, 'invalid'))) {
      expect(folder).toMatch(/^BAL\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(CODES).toContain(folder.slice(0, 7));
    }
  });
});

describe('sources', () => {
  const named = codesInSources();

  test('every code that is reported is in the catalogue', () => {
    expect([...named].filter((code) => !(code in CATALOGUE))).toEqual([]);
  });

  test('every code of the catalogue is reported somewhere', () => {
    expect(CODES.filter((code) => !named.has(code))).toEqual([]);
  });
});

describe('order and form', () => {
  test('codes stand in order, in the groups of the stages', () => {
    expect(CODES).toEqual([...CODES].sort());
    for (const code of CODES) expect(code).toMatch(/^BAL[123459]\d{3}$/);
  });

  test('codes of a group, and of a part that begins at a round number, follow each other without a gap', () => {
    for (const [index, code] of CODES.entries()) {
      const before = CODES[index - 1];
      if (before === undefined || before[3] !== code[3]) expect(code.slice(4)).toBe('001');
      else if (code.endsWith('0')) expect(Number(code.slice(3))).toBeGreaterThan(Number(before.slice(3)));
      else expect(Number(code.slice(3))).toBe(Number(before.slice(3)) + 1);
    }
  });

  test('names are unique and in kebab case', () => {
    const names = ENTRIES.map(([, { name }]) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test.each(ENTRIES)('%s: the hint is an imperative sentence', (_, { hint }) => {
    expect(hint).toMatch(/^[A-Z][^\n]*[^\s.]\.$/);
    expect(hint, 'a hint begins with what to do').not.toMatch(
      /^(The|A|An|You|It|This|That|There|If|When|No|Not|Only|Both|Each|Every)\b/,
    );
  });

  test.each(ENTRIES)('%s: the reason is a sentence, and says more than the hint', (_, { reason, hint }) => {
    expect(reason).toMatch(/^(?:[A-Z]|nginx )[^\n]*[^\s.]\.$/);
    expect(reason).not.toBe(hint);
  });
});
