/** What comes of several documents at once. */
import { compileDocuments } from '../../compiler/compile';
import { type Diagnostic, severityOf } from '../../compiler/diagnostics';
import { documentFromData } from '../../compiler/spec/document';
import { FILE, type Outcome } from './outcome';

/** Compiles the documents of a fleet, which refer to each other. */
export function compileFleet(documents: readonly unknown[]): Outcome & { readonly warnings: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const read = documents.map((value, index) => documentFromData(`${index}-${FILE}`, value));
  const artefacts = [...compileDocuments(read, (found) => diagnostics.push(found))];
  const errors = diagnostics.filter(({ code }) => severityOf(code) === 'error');
  const warnings = diagnostics.filter(({ code }) => severityOf(code) !== 'error');
  return { artefacts: errors.length > 0 ? [] : artefacts, errors, warnings };
}
