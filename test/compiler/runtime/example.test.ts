/** The example in docs/phase-machine.md: TypeScript takes it, it runs, and it prints what the page says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as library from '../../../compiler';
import { compileAll } from '../../../compiler';
import * as transitions from '../../cases/phase-machine-recommended/expected/config/phasemachine.recommended-migration.cluster/transitions';
import { temporaryFolder } from '../../run-balancer';

const ROOT = join(__dirname, '../../..');
const PAGE = readFileSync(join(ROOT, 'docs/phase-machine.md'), 'utf8');
const TABLE =
  'test/cases/phase-machine-recommended/expected/config/phasemachine.recommended-migration.cluster/transitions';

/** The first block of a language. */
function block(language: string): string {
  const [, text = ''] = PAGE.match(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm')) ?? [];
  expect(text).not.toBe('');
  return text;
}

test('it prints what the page says', async () => {
  const { outputText } = ts.transpileModule(block('ts'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const modules: Readonly<Record<string, unknown>> = {
    'cdk8s-balancer/compiler': library,
    './transitions': transitions,
  };
  const lines: string[] = [];
  const exported: { run?: (source: string) => Promise<void> } = {};
  const log = (...words: readonly string[]): void => void lines.push(`${words.join(' ')}\n`);
  new Function('require', 'exports', 'console', outputText)((name: string) => modules[name], exported, { log });
  await exported.run?.('ali-123');
  await exported.run?.('');
  expect(lines.join('')).toBe(block('text'));
});

test('TypeScript takes it in its strictest mode', () => {
  const file = join(temporaryFolder(), 'example.ts');
  const text = block('ts').replace("'cdk8s-balancer/compiler'", `'${join(ROOT, 'compiler/runtime/index')}'`);
  writeFileSync(file, text.replace("'./transitions'", `'${join(ROOT, TABLE)}'`));
  const program = ts.createProgram([file], {
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    ignoreDeprecations: '6.0',
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(problems).toEqual([]);
});

test('the machine on the page is that of the case', () => {
  const { artefacts, diagnostics } = compileAll([{ file: 'page.yaml', text: block('yaml') }]);
  expect(diagnostics).toEqual([]);
  const table = artefacts.find(({ path }) => path.endsWith('/transitions.ts'));
  expect(table?.text).toBe(readFileSync(join(ROOT, `${TABLE}.ts`), 'utf8'));
});
