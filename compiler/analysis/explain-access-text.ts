import type { ExplainedVerb } from './explain-access';

const SIGNS: Readonly<Record<ExplainedVerb['outcome'], string>> = {
  kept: '=',
  narrowed: '~',
  'feature-off': '-',
  dropped: '-',
  added: '+',
};

/** The explanation as text: a paragraph per resource, a line per outcome, verbs in the order of the original. */
export function explainAccessText(verbs: readonly ExplainedVerb[]): string {
  const resources = new Map<string, ExplainedVerb[]>();
  for (const verb of verbs) {
    const name = verb.apiGroup === '' ? verb.resource : `${verb.resource}.${verb.apiGroup}`;
    resources.set(name, [...(resources.get(name) ?? []), verb]);
  }
  return [...resources].map(([name, own]) => `${name}\n${linesOf(own).join('')}`).join('\n');
}

/** Verbs that share outcome and reason share a line. */
function linesOf(verbs: readonly ExplainedVerb[]): string[] {
  const groups = new Map<string, ExplainedVerb[]>();
  for (const verb of verbs) {
    const key = JSON.stringify([verb.outcome, verb.reason, verb.source]);
    groups.set(key, [...(groups.get(key) ?? []), verb]);
  }
  return [...groups.values()].map((group) => {
    const { outcome, reason, source } = group[0]!;
    const names = group.map(({ verb }) => verb).join(', ');
    return `  ${SIGNS[outcome]} ${names}: ${outcome}: ${reason}\n      source: ${source}\n`;
  });
}
