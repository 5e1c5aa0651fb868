import { CATALOGUE, type CatalogueEntry } from '../compiler/diagnostics';
import { EXAMPLES } from '../compiler/diagnostics/generated/examples';
import { nearest } from '../compiler/spec/nearest';
import { CLEAN, USAGE } from './exit-codes';
import { writeOut } from './write-out';

/** Prints what a code means, with a wrong and a right example. Answers the exit code. */
export function explainCode(code: string): number {
  const entries: Readonly<Record<string, CatalogueEntry>> = CATALOGUE;
  const entry = Object.hasOwn(entries, code) ? entries[code] : undefined;
  if (entry === undefined) {
    const near = nearest(code, Object.keys(entries));
    process.stderr.write(`error: no code is called "${code}"${near === undefined ? '' : `; did you mean ${near}?`}\n`);
    return USAGE;
  }
  const { name, severity, reason, hint } = entry;
  const example = EXAMPLES[code];
  writeOut(
    [
      `${code} ${name} (${severity})\n  ${reason}\n  ${hint}\n`,
      ...(example === undefined ? [] : [`\nwrong:\n${indented(example.wrong)}\nsaid:\n${indented(example.said)}`]),
      ...(example?.right === undefined ? [] : [`\nright:\n${indented(example.right)}`]),
    ].join(''),
  );
  return CLEAN;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
