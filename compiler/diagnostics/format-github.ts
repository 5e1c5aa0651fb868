import { CATALOGUE } from './catalogue';
import type { LinesOf } from './code-frame';
import type { Diagnostic } from './diagnostic';
import { extentAt } from './extent';
import type { Findings } from './findings';
import { explanationOf } from './format';
import { showControls } from './show-controls';

/**
 * Workflow commands that GitHub Actions turns into annotations, one line each:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
export function formatGithub({ diagnostics, linesOf }: Findings): string {
  return diagnostics.map((diagnostic) => `${commandOf(diagnostic, linesOf)}\n`).join('');
}

function commandOf(diagnostic: Diagnostic, linesOf: LinesOf): string {
  const { severity, name } = CATALOGUE[diagnostic.code];
  const { file, line, column = 1 } = diagnostic.location;
  const text = line === undefined ? undefined : linesOf(file)?.[line - 1];
  const properties: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ['file', file],
    ['line', line],
    ['endLine', line],
    ['col', line === undefined ? undefined : column],
    ['endColumn', text === undefined ? undefined : column + extentAt(text, column)],
    ['title', `${diagnostic.code} ${name}`],
  ];
  const words = properties.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(showControls(String(value)))}`],
  );
  const message = [diagnostic.message, ...explanationOf(diagnostic)].map(showControls).join('\n');
  return `::${severity} ${words.join(',')}::${escapeData(message)}`;
}

/** https://github.com/actions/toolkit, packages/core/src/command.ts: the runner undoes exactly these. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
