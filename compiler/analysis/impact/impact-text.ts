import { visible } from '../../diagnostics/show-controls';
import type { ApplyStep } from './apply-steps';
import type { Change } from './impact';
import { byImpact, changedText, type ImpactReport, movedText } from './impact-report';

/** The report for a terminal. */
export function impactText({ changes, moves, steps, rollback, notLookedAt }: ImpactReport): string {
  const unread =
    notLookedAt.length === 0 ? [] : [`not looked at\n${notLookedAt.map((what) => `  ${what}\n`).join('')}`];
  if (changes.length === 0) return visible(['nothing changes\n', ...unread].join('\n'));
  const groups = [...byImpact(changes)].map(([impact, own]) => `${impact}\n${byReason(own).map(objectText).join('')}`);
  const shares = moves.map((move) => `  ${move.subject}: ${movedText(move)}\n`);
  return visible(
    [
      ...groups,
      ...(shares.length === 0 ? [] : [`connections\n${shares.join('')}`]),
      `order\n${steps.map(stepText).join('')}`,
      `way back\n${rollback.map(stepText).join('')}`,
      ...unread,
    ].join('\n'),
  );
}

/** Changes of one object for one reason stand under it. */
function objectText(changes: readonly Change[]): string {
  const { where, reason, source } = changes[0]!;
  const fields = changes.map((change) => {
    const lines = changedText(change).map((line) => `      ${line}\n`);
    return `${change.pointer === '' ? '' : `    ${change.pointer}\n`}${lines.join('')}`;
  });
  return `  ${where}: ${reason}${source === undefined ? '' : ` (${source})`}\n${fields.join('')}`;
}

function byReason(changes: readonly Change[]): (readonly Change[])[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.where}\n${change.reason}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()];
}

function stepText({ title, why, what }: ApplyStep, index: number): string {
  return `  ${index + 1}. ${title}: ${why}\n${indented(what)}`;
}

function indented(what: readonly string[]): string {
  return what.map((name) => `     ${name}\n`).join('');
}

/** The report for a pull request: CommonMark with tables, as GitHub and GitLab show it. */
export function impactMarkdown({ changes, moves, steps, rollback, notLookedAt }: ImpactReport): string {
  const unread =
    notLookedAt.length === 0 ? [] : [`### Not looked at\n\n${notLookedAt.map((what) => `- ${code(what)}\n`).join('')}`];
  if (changes.length === 0) return visible(['Nothing changes.\n', ...unread].join('\n'));
  const groups = [...byImpact(changes)];
  const summary = groups.map(([impact, own]) => `| ${impact} | ${own.length} |\n`).join('');
  const shares = moves.map((move) => `| ${cell(move.subject)} | ${cell(movedText(move))} |\n`).join('');
  const details = groups.map(([impact, own]) => `### ${impact}\n\n${byReason(own).map(objectMarkdown).join('\n')}`);
  return visible(
    [
      `| impact | changes |\n|---|---|\n${summary}`,
      ...(shares === '' ? [] : [`### Connections\n\n| what | how it moves |\n|---|---|\n${shares}`]),
      `### A safe order\n\n${steps.map(stepMarkdown).join('')}`,
      `### The way back\n\n${rollback.map(stepMarkdown).join('')}`,
      ...unread,
      ...details,
    ].join('\n'),
  );
}

function stepMarkdown({ title, why, what }: ApplyStep, index: number): string {
  return `${index + 1}. **${title}**: ${why}\n${what.map((name) => `   - ${code(name)}\n`).join('')}`;
}

function objectMarkdown(changes: readonly Change[]): string {
  const { where, reason, source } = changes[0]!;
  const lines = changes.flatMap((change) => [
    ...(change.pointer === '' ? [] : [`@@ ${change.pointer} @@`]),
    ...changedText(change),
  ]);
  const fence = fenceFor(lines);
  const said = source === undefined ? reason : `${reason} ([source](${source}))`;
  return `${code(where)}: ${said}\n\n${fence}diff\n${lines.join('\n')}\n${fence}\n`;
}

/** A fence that is longer than any in the text: nothing of a spec ends it. */
function fenceFor(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  return '`'.repeat(longest + 1);
}

/** Inline code that no backtick ends. */
function code(text: string): string {
  const fence = fenceFor([text]).slice(text.includes('`') ? 0 : 2);
  return text.includes('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** A cell of a table: no bar ends it, and no HTML is in it. */
function cell(text: string): string {
  return text.replace(/[|<>&[\]*_`\\]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
