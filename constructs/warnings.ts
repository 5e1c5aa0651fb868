import type { IConstruct } from 'constructs';
import { type Diagnostic, type Location, type Report, severityOf } from '../compiler/diagnostics';
import type { SpecDocument } from '../compiler/spec/document';
import { suppressions } from '../compiler/spec/suppressions';

/** What each construct declares: its annotation may accept warnings. */
const DOCUMENTS = new WeakMap<IConstruct, SpecDocument>();

/** Who hears the warnings of a tree, by its root. */
const LISTENERS = new WeakMap<IConstruct, Report>();

/** Remembers what a construct declares. */
export function declare(construct: IConstruct, document: SpecDocument): void {
  DOCUMENTS.set(construct, document);
}

/** Hands the warnings of a tree to a report, in place of Node.js: what is accepted is decided there. */
export function hearWarnings(root: IConstruct, report: Report): void {
  LISTENERS.set(root, report);
}

/** Warnings do not stop a synth. Those that the annotation of a construct accepts are not given. */
export function warn(construct: IConstruct, diagnostics: readonly Diagnostic[]): void {
  const warnings = diagnostics.filter(({ code }) => severityOf(code) === 'warning');
  const report = LISTENERS.get(construct.node.root) ?? unlessAccepted(construct);
  for (const warning of warnings) report(warning);
}

/** Gives warnings of one construct to Node.js. */
function unlessAccepted(construct: IConstruct): Report {
  const { adopt, report } = suppressions(emitWarning);
  const document = DOCUMENTS.get(construct);
  const own = document && adopt(document);
  return (warning) => report({ ...warning, location: own?.locate(warning.location.pointer) ?? warning.location });
}

/** A warning of Node.js, at its line where it has one. */
export function emitWarning({ code, message, location }: Diagnostic): void {
  process.emitWarning(`${placeOf(location)}: ${message}`, { code });
}

function placeOf({ file, line, column }: Location): string {
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}
