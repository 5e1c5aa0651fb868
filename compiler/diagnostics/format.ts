import { CATALOGUE, severityOf } from './catalogue';
import { codeFrame, type LinesOf, type Palette, PLAIN } from './code-frame';
import { withoutSecrets } from './covered-lines';
import { withoutQuotedSecret } from './covered-messages';
import type { Diagnostic, Location, Note } from './diagnostic';
import { printJson, showControls } from './show-controls';

/** What the text of diagnostics is made with, apart from themselves. */
export interface View {
  readonly linesOf: LinesOf;
  readonly palette: Palette;
}

const WITHOUT_SOURCES: View = { linesOf: () => undefined, palette: PLAIN };

/** The formats in which diagnostics can be shown. */
export const FORMATS = {
  text: (diagnostics: readonly Diagnostic[]) => formatText(diagnostics),
  json: formatJson,
} as const;

/** The name of a format. */
export type Format = keyof typeof FORMATS;

/** One block of lines per diagnostic, for people; ends with a line feed unless there is nothing to say. */
export function formatText(diagnostics: readonly Diagnostic[], view: View = WITHOUT_SOURCES): string {
  const shown = { ...view, linesOf: withoutSecrets(view.linesOf, diagnostics) };
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, shown)).join('');
}

/** One JSON document for programs: a list of records, with what the catalogue says of each code. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  const records = diagnostics.map(withoutQuotedSecret).map((diagnostic) => ({
    code: diagnostic.code,
    name: CATALOGUE[diagnostic.code].name,
    severity: severityOf(diagnostic.code),
    message: diagnostic.message,
    location: diagnostic.location,
    notes: diagnostic.notes ?? [],
    hint: CATALOGUE[diagnostic.code].hint,
  }));
  return printJson(records);
}

/** One diagnostic as text: place, severity, code and message; then its line, field, notes and hint. */
export function formatDiagnostic(diagnostic: Diagnostic, { linesOf, palette }: View = WITHOUT_SOURCES): string {
  const { name, severity, hint } = CATALOGUE[diagnostic.code];
  const { location, notes = [], message } = withoutQuotedSecret(diagnostic);
  const place = palette.place(`${showControls(formatPlace(location))}:`);
  const lines = [
    `${place} ${palette[severity](`${severity} ${diagnostic.code}`)} (${name}): ${showControls(message)}`,
    ...codeFrame(location, linesOf, palette, 1),
  ];
  if (location.pointer !== '') lines.push(`  field: ${showControls(location.pointer)}`);
  for (const note of notes) {
    lines.push(`  note: ${showControls(formatNote(note))}`);
    if (note.location) lines.push(...codeFrame(note.location, linesOf, palette, 0));
  }
  lines.push(`  hint: ${hint}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** What is said of a diagnostic after its message, a line each: field, notes and hint. Not yet safe for a terminal. */
export function explanationOf({ code, location, notes = [] }: Diagnostic): string[] {
  const field = location.pointer === '' ? [] : [`field: ${location.pointer}`];
  return [...field, ...notes.map((note) => `note: ${formatNote(note)}`), `hint: ${CATALOGUE[code].hint}`];
}

function formatNote(note: Note): string {
  return note.location ? `${formatPlace(note.location)}: ${note.message}` : note.message;
}

function formatPlace({ file, line, column }: Location): string {
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}
