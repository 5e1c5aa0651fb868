import { visible } from '../../diagnostics/show-controls';
import type { ApplyStep, StepItem } from './apply-steps';
import type { Change } from './impact';
import { byImpact, changedText, type ImpactReport, movedText } from './impact-report';

/** The report for a terminal. */
export function impactText({ changes, moves, steps, rollback, lost, notLookedAt }: ImpactReport): string {
  const unread = listText('not looked at', notLookedAt);
  if (changes.length === 0) return visible(['nothing changes\n', ...unread].join('\n'));
  const groups = [...byImpact(changes)].map(([impact, own]) => `${impact}\n${byReason(own).map(objectText).join('')}`);
  const shares = moves.map((move) => `  ${move.subject}: ${movedText(move)}\n`);
  return visible(
    [
      ...groups,
      ...(shares.length === 0 ? [] : [`connections\n${shares.join('')}`]),
      `order\n${steps.map(stepText).join('')}`,
      `way back\n${rollback.map(stepText).join('')}`,
      ...listText('not brought back', lost),
      ...unread,
    ].join('\n'),
  );
}

function listText(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}\n${items.map((what) => `  ${what}\n`).join('')}`];
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
  return `  ${index + 1}. ${title}: ${why}\n${what.map((item) => `     ${item.where}${actionText(item)}\n`).join('')}`;
}

const ACTIONS: Readonly<Record<StepItem['action'], string>> = {
  look: '',
  apply: '',
  widen: ': with what is new, and with what was there before',
  replace: ': delete it and create it anew',
  narrow: ': as it is after the change',
  delete: ': delete it',
  'delete owner':
    ': delete it, then apply again what its controller made for it and deletes with it, where it is wanted',
  'apply and wait': ': nothing happens until somebody deletes or resumes its Pods',
};

function actionText({ action }: StepItem): string {
  return ACTIONS[action];
}

/** The report for a pull request: CommonMark with tables, as GitHub and GitLab show it. */
export function impactMarkdown({ changes, moves, steps, rollback, lost, notLookedAt }: ImpactReport): string {
  const unread = listMarkdown('Not looked at', notLookedAt);
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
      ...listMarkdown('Not brought back', lost),
      ...unread,
      ...details,
    ].join('\n'),
  );
}

function listMarkdown(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}\n\n${items.map((what) => `- ${code(what)}\n`).join('')}`];
}

function stepMarkdown({ title, why, what }: ApplyStep, index: number): string {
  return `${index + 1}. **${title}**: ${why}\n${what.map((item) => `   - ${code(item.where)}${actionText(item)}\n`).join('')}`;
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
