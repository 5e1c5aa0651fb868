import type { Code } from './catalogue';
import type { Diagnostic } from './diagnostic';
import { COVER } from './secret-lines';
import { isSecretName } from './secret-names';

/** Codes of shape that quote the value that was found; what is checked after that is known to be no secret. */
const QUOTE_VALUES: ReadonlySet<Code> = new Set<Code>(['BAL2002', 'BAL2004', 'BAL2005', 'BAL2006']);

/** A diagnostic as a report may tell it: what is quoted of a field with the name of a secret is covered. */
export function withoutQuotedSecret(diagnostic: Diagnostic): Diagnostic {
  const keys = diagnostic.location.pointer.split('/');
  const name = keys.filter((key) => !/^\d+$/.test(key)).at(-1) ?? '';
  if (!QUOTE_VALUES.has(diagnostic.code) || !isSecretName(name)) return diagnostic;
  // A single sign is one that the rule names.
  const isShown = (quoted: string): boolean => keys.includes(quoted) || /^[^\w]$/.test(quoted);
  const covered = (text: string): string =>
    text.replace(/"([^"]*)"/g, (whole, quoted: string) => (isShown(quoted) ? whole : `"${COVER}"`));
  const notes = diagnostic.notes?.map((note) => ({ ...note, message: covered(note.message) }));
  return { ...diagnostic, message: covered(diagnostic.message), ...(notes && { notes }) };
}
