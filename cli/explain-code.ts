import { CATALOGUE, type CatalogueEntry } from '../compiler/diagnostics';
import { exampleText } from '../compiler/diagnostics/example-text';
import { EXAMPLES } from '../compiler/diagnostics/generated/examples';
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
  const example = EXAMPLES[code];
  writeOut(`${code} ${name} (${severity})\n  ${reason}\n  ${hint}\n${example ? exampleText(example) : ''}`);
  return CLEAN;
}
