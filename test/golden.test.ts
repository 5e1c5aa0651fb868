/**
 * Every folder of test/cases compiles to exactly the files of its expected/, and every folder of test/invalid earns exactly
 * the text of its diagnostics.txt. A new case is a folder. `npm run test:update` writes them; read the diff as source.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileAll } from '../compiler/compile';
import { compareDiagnostics, type Diagnostic, formatText } from '../compiler/diagnostics';
import { readFleet } from '../synth/read-fleet';

const ROOT = join(__dirname, '..');
const CASES = join(__dirname, 'cases');
const INVALID = join(__dirname, 'invalid');

/** Compiles files as the command does; messages name them relative to their folder. */
function compileFolder(folder: string, files: readonly string[]) {
  const unreadable: Diagnostic[] = [];
  const sources = readFleet(
    files.map((file) => relative(ROOT, join(folder, file))),
    (diagnostic) => unreadable.push(diagnostic),
  );
  const { artefacts, diagnostics } = compileAll(sources);
  const text = formatText([...unreadable, ...diagnostics].sort(compareDiagnostics));
  return { artefacts, text: text.replaceAll(`${relative(ROOT, folder)}/`, '') };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
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
    expect(filesBelow(folder).filter((file) => file !== 'spec.yaml' && file !== 'diagnostics.txt')).toEqual([]);
  });
});

test('a case is compiled from its own files alone', () => {
  for (const name of readdirSync(CASES)) expect(readFileSync(join(CASES, name, 'spec.yaml'), 'utf8')).not.toBe('');
});
