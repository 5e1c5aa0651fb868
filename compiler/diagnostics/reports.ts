import type { Findings } from './findings';
import { formatJson, formatText } from './format';
import { formatGithub } from './format-github';
import { formatJunit } from './format-junit';
import { formatSarif } from './format-sarif';

/** What a check can print. */
export const REPORTS = {
  text: (findings: Findings) => formatText(findings.diagnostics, findings),
  json: ({ diagnostics }: Findings) => formatJson(diagnostics),
  sarif: formatSarif,
  github: formatGithub,
  junit: formatJunit,
} as const;

/** The name of a report. */
export type ReportFormat = keyof typeof REPORTS;
