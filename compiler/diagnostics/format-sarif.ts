import { CATALOGUE, type Code } from './catalogue';
import type { LinesOf } from './code-frame';
import { withoutSecrets } from './covered-lines';
import { compareDiagnostics, compareText, type Diagnostic, type Location } from './diagnostic';
import { exampleMarkdown, exampleText } from './example-text';
import { extentAt } from './extent';
import type { Findings } from './findings';
import { fingerprints } from './fingerprint';
import { explanationOf } from './format';
import type { CodeExample } from './generated/examples';
import { printJson } from './show-controls';
import type { Suppressed } from './suppressed';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The name of our fingerprints; another way to make them gets another number (SARIF 2.1.0, 3.27.17). */
const FINGERPRINT = 'balancerDiagnostic/v1';

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html */
export function formatSarif({ diagnostics, suppressed, linesOf, examples, version }: Findings): string {
  const reasons = new Map(suppressed.map((entry) => [entry.diagnostic, entry]));
  const found = [...diagnostics, ...reasons.keys()].sort(compareDiagnostics);
  const codes = [...new Set(found.map(({ code }) => code))].sort(compareText);
  const fingerprintOf = fingerprints(withoutSecrets(linesOf, found));
  const results = found.map((diagnostic) => ({
    ...resultOf(diagnostic, codes.indexOf(diagnostic.code), linesOf),
    partialFingerprints: { [FINGERPRINT]: fingerprintOf(diagnostic) },
    suppressions: suppressionsOf(reasons.get(diagnostic), linesOf),
  }));
  const driver = {
    name: 'cdk8s-balancer',
    version,
    semanticVersion: version,
    rules: codes.map((code) => ruleOf(code, examples[code])),
  };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return printJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
}

/** There is no address that a `helpUri` could name: the help stands in the report itself. */
function ruleOf(code: Code, example: CodeExample | undefined): object {
  const { name, severity, reason, hint } = CATALOGUE[code];
  return {
    id: code,
    name,
    shortDescription: { text: name.replaceAll('-', ' ') },
    fullDescription: { text: reason },
    help: {
      text: `${reason} ${hint}\n${example ? exampleText(example) : ''}`,
      markdown: [reason, `**${hint}**`, ...(example ? [exampleMarkdown(example)] : [])].join('\n\n'),
    },
    defaultConfiguration: { level: severity },
  };
}

function resultOf(diagnostic: Diagnostic, ruleIndex: number, linesOf: LinesOf): object {
  const { code, message, location, notes = [] } = diagnostic;
  const related = notes.flatMap((note) =>
    note.location === undefined
      ? []
      : [{ message: { text: note.message }, physicalLocation: physical(note.location, linesOf) }],
  );
  const field = location.pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: location.pointer }] };
  return {
    ruleId: code,
    ruleIndex,
    level: CATALOGUE[code].severity,
    message: { text: [message, ...explanationOf(diagnostic)].join('\n') },
    locations: [{ physicalLocation: physical(location, linesOf), ...field }],
    ...(related.length > 0 && { relatedLocations: related.map((place, id) => ({ id, ...place })) }),
  };
}

/** An empty list says that the result is not suppressed; without a list nobody would know (3.27.23). */
function suppressionsOf(entry: Suppressed | undefined, linesOf: LinesOf): readonly object[] {
  if (entry === undefined) return [];
  const { reason, location } = entry;
  const place = { physicalLocation: physical(location, linesOf) };
  return [{ kind: 'inSource', status: 'accepted', justification: reason, location: place }];
}

function physical({ file, line, column = 1 }: Location, linesOf: LinesOf): object {
  const artifactLocation = { uri: uriOf(file) };
  if (line === undefined) return { artifactLocation };
  const text = linesOf(file)?.[line - 1];
  const end = text === undefined ? {} : { endColumn: column + extentAt(text, column) };
  return { artifactLocation, region: { startLine: line, startColumn: column, ...end } };
}

/** A path as a URI reference (RFC 3986): relative to where the command ran, as GitHub wants it, or absolute as it was given. */
function uriOf(file: string): string {
  const path = file.replace(/^(\.\/)+/, '').replaceAll(/\p{Cs}/gu, '\ufffd');
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${uri}` : uri;
}
