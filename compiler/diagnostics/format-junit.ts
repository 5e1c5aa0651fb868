import { severityOf } from './catalogue';
import { compareText, type Diagnostic } from './diagnostic';
import type { Findings } from './findings';
import { formatText } from './format';

/**
 * JUnit XML as GitLab and Jenkins read it: a test case per file that was looked at, so that a case keeps its name from run
 * to run. It fails where the file has a diagnostic that fails the run; others stand in its output.
 */
export function formatJunit({ diagnostics, files, isFailure }: Findings): string {
  const byFile = new Map<string, Diagnostic[]>(files.map((file) => [file, []]));
  for (const diagnostic of diagnostics) {
    const { file } = diagnostic.location;
    const found = byFile.get(file) ?? [];
    found.push(diagnostic);
    byFile.set(file, found);
  }
  const cases = [...byFile].sort(([a], [b]) => compareText(a, b));
  const failures = cases.filter(([, found]) => found.some(isFailure)).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="balancer check" ${counts} skipped="0">`,
    ...cases.map(([file, found]) => testCase(file, found, found.some(isFailure))),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(file: string, found: readonly Diagnostic[], failed: boolean): string {
  const start = `    <testcase classname="balancer check" name="${escapeXml(file)}"`;
  if (found.length === 0) return `${start}/>`;
  const text = escapeXml(formatText(found));
  const worst = found.some(({ code }) => severityOf(code) === 'error') ? 'error' : 'warning';
  const body = failed
    ? `<failure type="${worst}" message="${escapeXml(summaryOf(found))}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `${start}>\n      ${body}\n    </testcase>`;
}

/** How many of what, and the first of them: lists of tests show one line. */
function summaryOf(found: readonly Diagnostic[]): string {
  const [first] = found as readonly [Diagnostic, ...Diagnostic[]];
  const more = found.length === 1 ? '' : ` (and ${found.length - 1} more)`;
  return `${first.code}: ${first.message}${more}`;
}

/** Text for XML 1.0: markup escaped; what is no Char (https://www.w3.org/TR/xml/#charsets), and any other control, shown. */
function escapeXml(text: string): string {
  return text
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
