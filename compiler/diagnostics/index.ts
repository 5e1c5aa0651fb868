export { CATALOGUE, type CatalogueEntry, type Code, type Severity, severityOf } from './catalogue';
export { type LinesOf, linesIn, type Palette, PLAIN } from './code-frame';
export { compareDiagnostics, type Diagnostic, type Location, type Note, type Report } from './diagnostic';
export type { Findings } from './findings';
export { FORMATS, type Format, formatDiagnostic, formatJson, formatText, type View } from './format';
export { REPORTS, type ReportFormat } from './reports';
export { showControls } from './show-controls';
export type { Suppressed } from './suppressed';
