/** Where lines come from: the marks change nothing but themselves, and a field makes the lines that change with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileDocuments } from '../../compiler/compile';
import { KINDS } from '../../compiler/kinds';
import { tracer } from '../../compiler/provenance/trace-fields';
import { templateLines } from '../../compiler/provenance/trace-lines';
import { fieldsOf, type TracedField } from '../../compiler/provenance/traced-field';
import type { SpecDocument } from '../../compiler/spec/document';
import { load } from '../../compiler/spec/load';

const ROOT = join(__dirname, '../..');
const CASES = join(ROOT, 'test/cases');

test.each(readdirSync(CASES))('%s: each line of a template is where its mark says', (name) => {
  const documents = documentsOf(name);
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

function documentsOf(name: string): SpecDocument[] {
  const files = readdirSync(join(CASES, name)).filter((file) => file.endsWith('.yaml'));
  const sources = files.map((file) => ({ file, text: readFileSync(join(CASES, name, file), 'utf8') }));
  return [...load(sources, () => {})];
}

function tracerOf(name: string): NonNullable<ReturnType<typeof tracer>> {
  const schemaOf = (kind: string): object | undefined => {
    const slug = KINDS.find((known) => known.kind === kind)?.slug;
    return slug && JSON.parse(readFileSync(join(ROOT, `schemas/${slug}.schema.json`), 'utf8'));
  };
  return tracer(documentsOf(name), schemaOf as Parameters<typeof tracer>[1])!;
}

describe.each(readdirSync(CASES).filter((name) => name.endsWith('full')))('%s', (name) => {
  const trace = tracerOf(name);
  const fields = fieldsOf(trace.documents);

  test('something is known of each field, though every other value of it may be refused', () => {
    expect(fields.filter((field) => trace.changeOf(field) === undefined).map(({ pointer }) => pointer)).toEqual([]);
  });

  test('fields that were tried together are those that reach an artefact one by one', () => {
    const missed = [...trace.lines.keys()].flatMap((path) => {
      const reaching = trace.fieldsReaching(path);
      const one = fields.filter((field) => trace.changeOf(field)?.effects.has(path));
      const isMissing = ({ document, pointer }: TracedField): boolean =>
        !reaching.some((field) => field.document === document && field.pointer === pointer);
      return one.filter(isMissing).map(({ pointer }) => `${path} ${pointer}`);
    });
    expect(missed).toEqual([]);
  });
});

/** Whether a line may come from a line of a template: the text behind its last expression is the same. */
function mayMake(source: string, line: string): boolean {
  const end = source.split('}}').at(-1)!.trimEnd();
  return line.endsWith(end.trim());
}
