/** The house rules that can be tested: layers, circles, purity, templates, generated files, the committed output. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { compileAll } from '../compiler/compile';
import { KNOWN_HELPERS } from '../compiler/render/helpers';
import { generatedFiles } from '../scripts/generated-files';
import { readFleet } from '../synth/read-fleet';

const ROOT = join(__dirname, '..');

/** Layers from the top down. A file may import from its own layer and from those that are listed for it. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['synth', 'constructs', 'compiler', 'compiler/diagnostics'],
  cli: [
    'synth',
    'judge',
    'compiler',
    'compiler/analysis',
    'compiler/diagnostics',
    'compiler/manifest',
    'compiler/provenance',
    'compiler/spec', // names of kinds, and what was meant
  ],
  synth: ['compiler', 'compiler/diagnostics', 'compiler/manifest', 'compiler/spec'],
  judge: ['compiler', 'compiler/diagnostics', 'compiler/manifest', 'compiler/model', 'compiler/spec'],
  constructs: [
    'compiler',
    'compiler/analysis',
    'compiler/diagnostics',
    'compiler/manifest',
    'compiler/model',
    'compiler/runtime',
    'compiler/spec',
  ],
  compiler: [
    'compiler/analysis',
    'compiler/diagnostics',
    'compiler/import',
    'compiler/manifest',
    'compiler/model',
    'compiler/render',
    'compiler/runtime',
    'compiler/spec',
  ],
  'compiler/provenance': ['compiler', 'compiler/analysis', 'compiler/render', 'compiler/spec', 'compiler/diagnostics'],
  'compiler/analysis': ['compiler/model', 'compiler/spec', 'compiler/diagnostics'],
  'compiler/import': [
    'compiler/manifest',
    'compiler/render',
    'compiler/model',
    'compiler/spec',
    'compiler/diagnostics',
  ],
  'compiler/manifest': ['compiler/render', 'compiler/model', 'compiler/spec', 'compiler/diagnostics'],
  'compiler/render': ['compiler/model', 'compiler/spec', 'compiler/diagnostics'],
  'compiler/model': ['compiler/spec', 'compiler/diagnostics'],
  'compiler/runtime': ['compiler/model'],
  'compiler/spec': ['compiler/diagnostics'],
  'compiler/diagnostics': [],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function sourceFiles(): string[] {
  const folders = ['compiler', 'constructs', 'synth', 'judge', 'cli'].filter((folder) =>
    existsSync(join(ROOT, folder)),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  return ['main.ts', ...files.filter((file) => file.endsWith('.ts'))].sort();
}

const FILES = sourceFiles();
const TEXTS = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

function importsOf(file: string): Import[] {
  const text = TEXTS.get(file) ?? '';
  const pattern = /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|(typeof\s+)?(?:import|require)\('([^']+)'\)/gm;
  return [...text.matchAll(pattern)].map(([, type, module, typeOf, dynamic]) => ({
    from: file,
    to: resolveModule(file, module ?? dynamic ?? ''),
    typeOnly: Boolean(type) || Boolean(typeOf) || /^(?:import|export)\s+\{(?:\s*type\s[^,}]+,?)+\s*\}/.test(text),
  }));
}

function resolveModule(file: string, module: string): string {
  if (!module.startsWith('.')) return module;
  const path = relative(ROOT, join(ROOT, dirname(file), module));
  return [`${path}.ts`, join(path, 'index.ts')].find((candidate) => TEXTS.has(candidate)) ?? path;
}

function layerOf(file: string): string {
  const parts = dirname(file).split('/');
  if (file === 'main.ts') return file;
  return parts[0] === 'compiler' && parts[1] !== undefined ? `compiler/${parts[1]}` : (parts[0] ?? '');
}

const IMPORTS = FILES.flatMap(importsOf);
const INNER = IMPORTS.filter(({ to }) => TEXTS.has(to));
const OUTER = IMPORTS.filter(({ to }) => !TEXTS.has(to));

describe('layers', () => {
  test('arrows go downwards only', () => {
    const wrong = INNER.filter(({ from, to }) => {
      return layerOf(from) !== layerOf(to) && !LAYERS[layerOf(from)]?.includes(layerOf(to));
    });
    expect(wrong).toEqual([]);
  });

  test('no circles', () => {
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]): void => {
      expect(path, 'a circle of imports').not.toContain(file);
      if (done.has(file)) return;
      for (const { from, to } of INNER) if (from === file) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of FILES) walk(file, []);
  });

  test('the compiler and the command never load cdk8s', () => {
    const loads = OUTER.filter(({ to }) => /^(cdk8s|constructs)/.test(to));
    const wrong = loads.filter(({ from, typeOnly }) => !typeOnly && layerOf(from) !== 'constructs');
    expect(wrong).toEqual([]);
    expect(loads.filter(({ to, typeOnly }) => to.startsWith('cdk8s-plus') && !typeOnly)).toEqual([]);
  });

  test('only one file names cdk8s-plus', () => {
    const files = OUTER.filter(({ to }) => to.startsWith('cdk8s-plus')).map(({ from }) => from);
    expect(files).toEqual(['compiler/manifest/k8s.ts']);
  });

  test('files are touched in synth and judge, processes are started in judge', () => {
    const users = (module: string) => [
      ...new Set(OUTER.filter(({ to }) => to === module).map(({ from }) => layerOf(from))),
    ];
    expect(users('node:fs')).toEqual(['cli', 'judge', 'synth'].filter((layer) => users('node:fs').includes(layer)));
    expect(users('node:child_process').filter((layer) => layer !== 'judge')).toEqual([]);
    const readers = OUTER.filter(({ from, to }) => to === 'node:fs' && layerOf(from) === 'cli').map(({ from }) => from);
    expect(readers, 'the command writes to standard output, and its progress to standard error').toEqual([
      'cli/progress.ts',
      'cli/write-out.ts',
    ]);
  });

  test('the compiler asks neither clock, chance, environment nor locale', () => {
    const impure =
      /process\.(env|argv|cwd|std)|Math\.random|Date\.now|new Date|performance\.now|toLocale|localeCompare|Intl\./;
    const found = FILES.filter((file) => file.startsWith('compiler/') && impure.test(TEXTS.get(file) ?? ''));
    expect(found).toEqual([]);
  });

  test('no rooms without a subject, and no room that is too large', () => {
    expect(
      FILES.filter((file) => /(utils?|helpers?|common|(?<!cloud-controller-)manager|misc)\.ts$/.test(file)),
    ).toEqual([
      'compiler/render/helpers.ts', // what Handlebars calls helpers
    ]);
    const long = FILES.filter(
      (file) => !file.includes('/generated/') && (TEXTS.get(file) ?? '').split('\n').length > 250,
    );
    expect(long.filter((file) => file !== 'compiler/diagnostics/catalogue.ts')).toEqual([]);
  });
});

describe('templates', () => {
  const folder = join(ROOT, 'templates');
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));

  test.each(templates)('%s passes every value through a helper, and decides nothing', (file) => {
    const bad: string[] = [];
    checkProgram(Handlebars.parse(readFileSync(join(folder, file), 'utf8')), bad);
    expect(bad).toEqual([]);
  });

  test('the check finds a value without a helper, a triple and a partial', () => {
    const bad: string[] = [];
    for (const text of ['{{name}}', '{{{token name}}}', '{{#if (eq a b)}}x{{/if}}', '{{> other}}', '{{lookup a b}}']) {
      checkProgram(Handlebars.parse(text), bad);
    }
    expect(bad).toHaveLength(5);
  });
});

/** Statements of a template: text, a known helper over one path, `if` and `each` over one path. */
function checkProgram(program: hbs.AST.Program, bad: string[]): void {
  for (const statement of program.body) {
    if (statement.type === 'ContentStatement') continue;
    const { path, params, escaped } = statement as hbs.AST.MustacheStatement;
    const name = (path as hbs.AST.PathExpression | undefined)?.original ?? '';
    const known = (KNOWN_HELPERS as readonly string[]).includes(name) && params.length === 1;
    const simple = params?.every((param) => param.type === 'PathExpression');
    const block = statement.type === 'BlockStatement';
    if (!known || !simple || (!block && !escaped) || block !== ['if', 'each'].includes(name))
      bad.push(`${statement.type} ${name}`);
    if (block) checkProgram((statement as hbs.AST.BlockStatement).program, bad);
  }
}

describe('freshness', () => {
  test('generated files are what their sources say: npm run generate', () => {
    for (const [path, text] of generatedFiles()) {
      expect(readFileSync(join(ROOT, path), 'utf8') === text, `${path} is stale`).toBe(true);
    }
  });

  test('dist/ is what fleet/ says: npm run synth', () => {
    const { artefacts, diagnostics } = compileAll(readFleet([join(ROOT, 'fleet')], () => expect.unreachable()));
    expect(diagnostics).toEqual([]);
    const files = readdirSync(join(ROOT, 'dist'), { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const paths = files.map((file) => relative(join(ROOT, 'dist'), join(file.parentPath, file.name))).sort();
    expect(paths).toEqual(['.balancer.sums', ...artefacts.map(({ path }) => path)].sort());
    for (const { path, text } of artefacts) expect(readFileSync(join(ROOT, 'dist', path), 'utf8')).toBe(text);
  });

  test('nothing but manifests ends like one in dist/', () => {
    const files = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.(ya?ml|json)$/.test(file) && !/^[^/]+\.k8s\.yaml$/.test(file))).toEqual([]);
  });
});
