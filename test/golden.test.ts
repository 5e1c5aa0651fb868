/**
 * Every folder of test/cases compiles to exactly the files of its expected/, and every folder of test/invalid earns exactly
 * the text of its diagnostics.txt; the right.yaml beside it is the same spec put right. A new case is a folder. `npm run test:update` writes them; read the diff as source.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileAll } from '../compiler/compile';
import { type Code, compareDiagnostics, type Diagnostic, formatText, severityOf } from '../compiler/diagnostics';
import { EXAMPLES } from '../compiler/diagnostics/generated/examples';
import { readFleet } from '../synth/read-fleet';
import { filesBelow } from './files-below';

const ROOT = join(__dirname, '..');
const CASES = join(__dirname, 'cases');
const INVALID = join(__dirname, 'invalid');
const FILES_OF_INVALID = ['spec.yaml', 'diagnostics.txt', 'right.yaml'];

/** Compiles files as the command does; messages name them relative to their folder. */
function compileFolder(folder: string, files: readonly string[]) {
  const unreadable: Diagnostic[] = [];
  const sources = readFleet(
    files.map((file) => relative(ROOT, join(folder, file))),
    (diagnostic) => unreadable.push(diagnostic),
  );
  const compiled = compileAll(sources);
  const diagnostics = [...unreadable, ...compiled.diagnostics].sort(compareDiagnostics);
  const text = formatText(diagnostics);
  return { artefacts: compiled.artefacts, diagnostics, text: text.replaceAll(`${relative(ROOT, folder)}/`, '') };
}

// biome-ignore lint/complexity/useLiteralKeys: TypeScript knows the field as private
const updating = expect.getState().snapshotState?.['_updateSnapshot'] === 'all';

describe('cases', () => {
  test.each(readdirSync(CASES))('%s', async (name) => {
    const folder = join(CASES, name);
    const expected = join(folder, 'expected');
    const specs = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
    const { artefacts, text } = compileFolder(folder, specs);
    const files = [...artefacts, ...(text === '' ? [] : [{ path: 'diagnostics.txt', text }])];
    for (const file of files) await expect(file.text).toMatchFileSnapshot(join(expected, file.path));
    const stale = filesBelow(expected).filter((path) => !files.some((file) => file.path === path));
    if (updating) for (const path of stale) rmSync(join(expected, path));
    else expect(stale, 'golden files that nothing makes any more').toEqual([]);
  });
});

describe('invalid', () => {
  test.each(readdirSync(INVALID))('%s', async (name) => {
    const folder = join(INVALID, name);
    const { text } = compileFolder(folder, ['spec.yaml']);
    expect(text).toContain(` ${name.slice(0, 7)} (`);
    await expect(text).toMatchFileSnapshot(join(folder, 'diagnostics.txt'));
    expect(filesBelow(folder).filter((file) => !FILES_OF_INVALID.includes(file))).toEqual([]);
  });
});

/** Codes whose wrong spec cannot be put right, and why. */
const WITHOUT_RIGHT: Readonly<Partial<Record<Code, string>>> = {
  BAL1006: 'an attack on the reader, of which nothing is worth keeping',
};

/** The folder of test/invalid that is shown as the example of each code: the first one. */
const SHOWN = new Map(Object.keys(EXAMPLES).map((code) => [code as Code, firstFolder(code)]));

function firstFolder(code: string): string {
  return readdirSync(INVALID)
    .sort()
    .find((folder) => folder.startsWith(`${code}-`)) as string;
}

describe('put right', () => {
  const folders = readdirSync(INVALID).filter((name) => existsSync(join(INVALID, name, 'right.yaml')));

  test.each(folders)('%s', (name) => {
    const { diagnostics, text } = compileFolder(join(INVALID, name), ['right.yaml']);
    const refused = diagnostics.filter(({ code }) => severityOf(code) === 'error' || name.startsWith(code));
    expect(refused, text).toEqual([]);
  });

  test.each([...SHOWN].filter(([code]) => WITHOUT_RIGHT[code] === undefined))('%s: %s has one', (_, folder) => {
    expect(folders).toContain(folder);
  });

  test('no other folder has one: it would not be shown', () => {
    expect(folders.filter((name) => ![...SHOWN.values()].includes(name))).toEqual([]);
  });

  test('the exceptions are codes with an example, and have none', () => {
    for (const code of Object.keys(WITHOUT_RIGHT) as Code[]) {
      expect([...SHOWN.keys()]).toContain(code);
      expect(folders).not.toContain(SHOWN.get(code));
    }
  });
});

test('a case is compiled from its own files alone', () => {
  for (const name of readdirSync(CASES)) expect(readFileSync(join(CASES, name, 'spec.yaml'), 'utf8')).not.toBe('');
});
