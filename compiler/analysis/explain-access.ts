import { type AccessNeed, type AccessRule, type AccessTable, neededAccess } from '../model/access';

/** What became of one permission of the original, or one that the original lacks. */
export interface ExplainedVerb {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: string;
  /** `narrowed`: granted in fewer namespaces, or for some names only. `feature-off`: what needs it is not asked for. */
  readonly outcome: 'kept' | 'narrowed' | 'feature-off' | 'dropped' | 'added';
  readonly reason: string;
  readonly source: string;
}

/**
 * Verb by verb what a controller with some features is granted against what its original manifest grants. The order is that
 * of the original; what is added comes last.
 */
export function explainAccess(table: AccessTable, features: ReadonlySet<string>): ExplainedVerb[] {
  const original = [...new Set(table.original.flatMap(triplesOf))];
  const { cluster, namespace } = neededAccess(table, features);
  const granted = new Set([...cluster, ...namespace].flatMap(triplesOf));
  const added = [...granted].filter((triple) => !original.includes(triple));
  return [
    ...original.map((triple) => explain(triple, table, features)),
    ...added.map((triple) => ({ ...explain(triple, table, features), outcome: 'added' as const })),
  ];
}

/** Permissions of the original that are neither needed by any feature nor dropped with a reason: there must be none. */
export function unexplainedAccess(table: AccessTable): readonly string[] {
  return [...new Set(table.original.flatMap(triplesOf))].filter((triple) => {
    return needsOf(triple, table).length === 0 && dropOf(triple, table) === undefined;
  });
}

const SEPARATOR = ' ';

function triplesOf({ apiGroups, resources, verbs }: AccessRule): string[] {
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) => verbs.map((verb) => [group, resource, verb].join(SEPARATOR))),
  );
}

function explain(triple: string, table: AccessTable, features: ReadonlySet<string>): ExplainedVerb {
  const [apiGroup = '', resource = '', verb = ''] = triple.split(SEPARATOR);
  const head = { apiGroup, resource, verb };
  const needs = needsOf(triple, table);
  const active = needs.filter(({ feature }) => feature === 'always' || features.has(feature));
  if (active.length > 0) {
    const wide = active.some((need) => need.scope === 'cluster' && grants(need, triple, 'every name'));
    return { ...head, outcome: wide ? 'kept' : 'narrowed', ...textOf(active, wide) };
  }
  const dropped = dropOf(triple, table);
  if (needs.length > 0) {
    const names = [...new Set(needs.map(({ feature }) => feature))].join(', ');
    return { ...head, outcome: 'feature-off', reason: `only for ${names}`, source: needs[0]!.source };
  }
  return { ...head, outcome: 'dropped', reason: dropped?.reason ?? '', source: dropped?.source ?? '' };
}

function textOf(active: readonly AccessNeed[], wide: boolean): { readonly reason: string; readonly source: string } {
  const purposes = active.map(({ purpose }) => purpose).join('; ');
  const limits = active.map(({ scope, rules, where = 'in its own namespace only' }) => {
    const names = rules.flatMap(({ resourceNames = [] }) => resourceNames);
    if (names.length > 0) return `for ${names.join(', ')} only`;
    return scope === 'namespace' ? where : '';
  });
  const limit = wide ? '' : ` (${[...new Set(limits.filter(Boolean))].join('; ')})`;
  return { reason: `${purposes}${limit}`, source: active.map(({ source }) => source).join('; ') };
}

function needsOf(triple: string, { needs }: AccessTable): readonly AccessNeed[] {
  return needs.filter((need) => grants(need, triple, 'any name'));
}

function grants({ rules }: AccessNeed, triple: string, names: 'any name' | 'every name'): boolean {
  return rules.some((rule) => {
    if (names === 'every name' && rule.resourceNames !== undefined) return false;
    return triplesOf(rule).includes(triple);
  });
}

function dropOf(triple: string, { dropped }: AccessTable): AccessTable['dropped'][number] | undefined {
  const [apiGroup, resource, verb = ''] = triple.split(SEPARATOR);
  return dropped.find((drop) => {
    return drop.apiGroup === apiGroup && drop.resource === resource && ['*', verb].includes(drop.verb);
  });
}
