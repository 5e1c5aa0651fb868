import { withoutQuotedSecret } from './covered-messages';
import type { Findings } from './findings';
import { formatJson, formatText } from './format';
import { formatGithub } from './format-github';
import { formatJunit } from './format-junit';
import { formatSarif } from './format-sarif';

/** What a check can print. */
export const REPORTS = {
  text: (findings: Findings) => formatText(findings.diagnostics, findings),
  json: ({ diagnostics }: Findings) => formatJson(diagnostics),
  sarif: (findings: Findings) => formatSarif(withoutQuotedSecrets(findings)),
  github: (findings: Findings) => formatGithub(withoutQuotedSecrets(findings)),
  junit: (findings: Findings) => formatJunit(withoutQuotedSecrets(findings)),
} as const;

/** The name of a report. */
export type ReportFormat = keyof typeof REPORTS;

function withoutQuotedSecrets(findings: Findings): Findings {
  const suppressed = findings.suppressed.map((entry) => ({
    ...entry,
    diagnostic: withoutQuotedSecret(entry.diagnostic),
  }));
  return { ...findings, diagnostics: findings.diagnostics.map(withoutQuotedSecret), suppressed };
}
