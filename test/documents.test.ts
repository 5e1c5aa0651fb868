/** The pages of the documentation: their specs compile, and their links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile, type Diagnostic, formatDiagnostic, type Source, severityOf } from '../compiler';
import { KINDS } from '../compiler/kinds';

const ROOT = join(__dirname, '..');
const OWN_KIND = new RegExp(`^kind: (${KINDS.map(({ kind }) => kind).join('|')})$`, 'm');

/** docs/diagnostics.md is made of wrong specs; test/invalid judges them. */
const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && name !== 'diagnostics.md')
    .map((name) => `docs/${name}`),
  'bench/README.md',
].sort();

interface Block {
  readonly language: string;
  readonly line: number;
  readonly text: string;
  /** The files of documents that it names: `<!-- with fleet/a.yaml, fleet/b.yaml -->` stands above it. */
  readonly beside: readonly string[];
}

/** The fenced blocks of a page. */
function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/(?:^<!-- with ([^\n]*) -->\n)?^```(\w*)\n(.*?)^```$/gms)].map(
    ({ 1: beside = '', 2: language = '', 3: body = '', index }) => ({
      language,
      line: text.slice(0, index).split('\n').length + 1,
      text: body,
      beside: beside.split(', ').filter(Boolean),
    }),
  );
}

/** The specs of the pages, each with what it names. */
const SPECS = PAGES.flatMap((page) =>
  blocksOf(page)
    .filter(({ language, text }) => language === 'yaml' && OWN_KIND.test(text))
    .map(({ line, text, beside }) => ({ file: `${page}:${line}`, text, beside: beside.map(sourceOf) })),
);

function sourceOf(file: string): Source {
  return { file, text: readFileSync(join(ROOT, file), 'utf8') };
}

describe('specs', () => {
  test('every kind has a page with a whole spec', () => {
    const shown = SPECS.flatMap(({ text }) => [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind));
    expect(KINDS.map(({ kind }) => kind).filter((kind) => !shown.includes(kind))).toEqual([]);
  });

  test.each(SPECS)('$file compiles', ({ beside, ...source }) => {
    const diagnostics: Diagnostic[] = [];
    const artefacts = [...compile([...beside, source], (diagnostic) => diagnostics.push(diagnostic))];
    const errors = diagnostics.filter(({ code }) => severityOf(code) === 'error');
    expect(errors.map((diagnostic) => formatDiagnostic(diagnostic))).toEqual([]);
    expect(artefacts).not.toEqual([]);
  });
});

test('what docs/explain.md shows is what the command prints', () => {
  const printed = readdirSync(join(__dirname, 'cli/explain')).map((name) =>
    readFileSync(join(__dirname, 'cli/explain', name), 'utf8'),
  );
  const shown = blocksOf('docs/explain.md').map(({ text }) => text.replace(/^\$ .*\n/, ''));
  expect(shown).toHaveLength(3);
  expect(shown.filter((text) => !printed.includes(text))).toEqual([]);
});

describe('links', () => {
  test.each(PAGES)('%s', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```.*?^```$/gms, '');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const lost = targets.filter((target) => !/^https?:/.test(target) && !leadsSomewhere(page, target));
    expect(lost).toEqual([]);
  });
});

/** Whether a file is there, with the heading that a link names. */
function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
  return headings.some(
    (heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-') === anchor,
  );
}
