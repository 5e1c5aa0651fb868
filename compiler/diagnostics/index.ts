export { CATALOGUE, type CatalogueEntry, type Code, type Severity, severityOf } from './catalogue';
export { compareDiagnostics, type Diagnostic, type Location, type Note, type Report } from './diagnostic';
export { FORMATS, type Format, formatDiagnostic, formatJson, formatText, showControls } from './format';
