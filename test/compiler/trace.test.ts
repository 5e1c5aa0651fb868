/** Where lines come from: the marks change nothing but themselves, and a field makes the lines that change with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileDocuments } from '../../compiler/compile';
import { templateLines } from '../../compiler/provenance/trace-lines';
import { load } from '../../compiler/spec/load';

const ROOT = join(__dirname, '../..');
const CASES = join(ROOT, 'test/cases');

test.each(readdirSync(CASES))('%s: each line of a template is where its mark says', (name) => {
  const files = readdirSync(join(CASES, name)).filter((file) => file.endsWith('.yaml'));
  const sources = files.map((file) => ({ file, text: readFileSync(join(CASES, name, file), 'utf8') }));
  const documents = [...load(sources, () => {})];
  const marked = templateLines(documents);
  const wrong: string[] = [];
  for (const { path, text } of compileDocuments(documents, () => {})) {
    const origins = marked.get(path)!;
    const lines = text.split('\n');
    if (origins.length !== lines.length) wrong.push(`${path}: ${origins.length} instead of ${lines.length} lines`);
    lines.forEach((line, index) => {
      const origin = origins[index];
      if (origin === undefined) return;
      const source = readFileSync(join(ROOT, origin.template), 'utf8').split('\n')[origin.line - 1]!;
      if (!mayMake(source, line.trim()))
        wrong.push(`${path}:${index + 1} ${line} <- ${origin.template}:${origin.line} ${source}`);
    });
  }
  expect(wrong).toEqual([]);
});

/** Whether a line may come from a line of a template: the text behind its last expression is the same. */
function mayMake(source: string, line: string): boolean {
  const end = source.split('}}').at(-1)!.trimEnd();
  return line.endsWith(end.trim());
}
