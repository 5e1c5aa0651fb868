import { CATALOGUE, severityOf } from './catalogue';
import type { Diagnostic, Location, Note } from './diagnostic';

/** The formats in which diagnostics can be shown. */
export const FORMATS = { text: formatText, json: formatJson } as const;

/** The name of a format. */
export type Format = keyof typeof FORMATS;

/** One block of lines per diagnostic, for people; ends with a line feed unless there is nothing to say. */
export function formatText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join('');
}

/** One JSON document for programs: a list of records, with what the catalogue says of each code. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  const records = diagnostics.map((diagnostic) => ({
    code: diagnostic.code,
    name: CATALOGUE[diagnostic.code].name,
    severity: severityOf(diagnostic.code),
    message: diagnostic.message,
    location: diagnostic.location,
    notes: diagnostic.notes ?? [],
    hint: CATALOGUE[diagnostic.code].hint,
  }));
  return `${JSON.stringify(records, null, 2)}\n`;
}

/** One diagnostic as text: place, severity, code and message; then field, notes and hint. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { name, severity, hint } = CATALOGUE[diagnostic.code];
  const lines = [
    `${formatPlace(diagnostic.location)}: ${severity} ${diagnostic.code} (${name}): ${diagnostic.message}`,
  ];
  if (diagnostic.location.pointer !== '') lines.push(`  field: ${diagnostic.location.pointer}`);
  for (const note of diagnostic.notes ?? []) lines.push(`  note: ${formatNote(note)}`);
  lines.push(`  hint: ${hint}`);
  return lines.map((line) => `${showControls(line)}\n`).join('');
}

function formatNote(note: Note): string {
  return note.location ? `${formatPlace(note.location)}: ${note.message}` : note.message;
}

function formatPlace({ file, line, column }: Location): string {
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}

/** Control and bidirectional characters are shown, never obeyed: the text may come from a stranger's pull request. */
export function showControls(line: string): string {
  return line.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
