import { CATALOGUE, type CatalogueEntry } from '../compiler/diagnostics';
import { type CodeExample, EXAMPLES } from '../compiler/diagnostics/generated/examples';
import { nearest } from '../compiler/spec/nearest';
import { CLEAN, USAGE } from './exit-codes';
import { refuse } from './refuse';
import { writeOut } from './write-out';

/** Prints what a code means, with a wrong and a right example, the lines that differ marked. Answers the exit code. */
export function explainCode(code: string): number {
  const entries: Readonly<Record<string, CatalogueEntry>> = CATALOGUE;
  const entry = Object.hasOwn(entries, code) ? entries[code] : undefined;
  if (entry === undefined) {
    const near = nearest(code, Object.keys(entries));
    return refuse(`no code is called "${code}"${near === undefined ? '' : `; did you mean ${near}?`}`, USAGE);
  }
  const { name, severity, reason, hint } = entry;
  writeOut(`${code} ${name} (${severity})\n  ${reason}\n  ${hint}\n${exampleText(EXAMPLES[code])}`);
  return CLEAN;
}

function exampleText(example: CodeExample | undefined): string {
  if (example === undefined) return '';
  const { wrong, said, right, removed = [], added = [] } = example;
  const put = right === undefined ? '' : `\nright:\n${indented(right, '+', added)}`;
  return `\nwrong:\n${indented(wrong, '-', removed)}\nsaid:\n${indented(said, ' ', [])}${put}`;
}

/** The lines of a text behind a margin that marks some of them, as in a diff. */
function indented(text: string, mark: string, marked: readonly number[]): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line, at) => `${marked.includes(at + 1) ? `${mark} ` : line === '' ? '' : '  '}${line}\n`).join('');
}
