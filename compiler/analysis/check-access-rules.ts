import type { Code } from '../diagnostics';
import { API_RESOURCES, REMOVED_GROUPS } from '../model/api-resources';
import { pointerTo } from '../spec/document';
import { checkRuleShapes } from './check-access-rule-shapes';
import { listOf, objectOf, textOf } from './plain-value';

type Add = (code: Code, pointer: string, message: string) => void;

/** Told of a ClusterRole; whether it holds depends on its bindings. */
export const SECRETS_CODE = 'BAL3181';

const READS = ['get', 'list', 'watch', '*'];
const ESCALATING_VERBS = ['bind', 'escalate', 'impersonate'];
const ESCALATING_RESOURCES = ['nodes/proxy', 'pods/attach', 'pods/exec', 'serviceaccounts/token'];

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames: readonly string[];
  readonly pointer: string;
}

/** What is wrong with the rules of a role by themselves. */
export function checkRules(kind: string, rules: unknown, add: Add): void {
  const seen = new Map<string, Rule>();
  checkRuleShapes(rules, add);
  listOf(rules).forEach((entry, index) => {
    const rule = ruleOf(entry, pointerTo('/rules', index));
    checkWildcards(rule, add);
    checkResources(rule, add);
    checkEscalation(kind, rule, add);
    if (kind === 'ClusterRole') checkSecrets(rule, add);
    checkSplit(rule, seen, add);
  });
}

function ruleOf(entry: unknown, pointer: string): Rule {
  const { apiGroups, resources, verbs, resourceNames } = objectOf(entry);
  const texts = (value: unknown): string[] => listOf(value).map(textOf);
  return {
    apiGroups: texts(apiGroups),
    resources: texts(resources),
    verbs: texts(verbs),
    resourceNames: texts(resourceNames),
    pointer,
  };
}

function checkWildcards(rule: Rule, add: Add): void {
  for (const field of ['apiGroups', 'resources', 'verbs'] as const) {
    rule[field].forEach((value, index) => {
      if (!value.includes('*')) return;
      add('BAL3180', pointerTo(pointerTo(rule.pointer, field), index), `"${value}" in ${field} grants all of them`);
    });
  }
}

function checkResources({ apiGroups, resources, pointer }: Rule, add: Add): void {
  apiGroups.forEach((group, index) => {
    if (!REMOVED_GROUPS.has(group)) return;
    add('BAL3182', pointerTo(`${pointer}/apiGroups`, index), `no API group "${group}" is served`);
  });
  const known = apiGroups.map((group) => API_RESOURCES.get(group));
  // Groups of others may hold anything.
  if (
    apiGroups.length === 0 ||
    known.some((list, index) => list === undefined && !REMOVED_GROUPS.has(apiGroups[index]!))
  )
    return;
  resources.forEach((resource, index) => {
    const parent = resource.split('/')[0]!;
    if (parent === '' || parent.includes('*') || known.some((list) => list?.includes(parent))) return;
    const groups = apiGroups.map((group) => (group === '' ? 'the core group' : `"${group}"`)).join(', ');
    add('BAL3182', pointerTo(`${pointer}/resources`, index), `there is no "${resource}" in ${groups}`);
  });
}

function checkEscalation(kind: string, { verbs, resources, resourceNames, pointer }: Rule, add: Add): void {
  if (resourceNames.length > 0) return;
  verbs.forEach((verb, index) => {
    if (!ESCALATING_VERBS.includes(verb)) return;
    add('BAL3185', pointerTo(`${pointer}/verbs`, index), `"${verb}" on ${resources.join(', ')} of any name`);
  });
  if (kind !== 'ClusterRole') return;
  resources.forEach((resource, index) => {
    if (!ESCALATING_RESOURCES.includes(resource)) return;
    add('BAL3185', pointerTo(`${pointer}/resources`, index), `"${resource}" in every namespace`);
  });
}

function checkSecrets({ apiGroups, resources, verbs, resourceNames, pointer }: Rule, add: Add): void {
  const index = resources.findIndex((resource) => ['secrets', '*'].includes(resource));
  if (index === -1 || resourceNames.length > 0 || !apiGroups.some((group) => ['', '*'].includes(group))) return;
  const reads = verbs.filter((verb) => READS.includes(verb));
  if (reads.length === 0) return;
  add(SECRETS_CODE, pointerTo(`${pointer}/resources`, index), `${reads.join(', ')} of the Secrets of every namespace`);
}

function checkSplit(rule: Rule, seen: Map<string, Rule>, add: Add): void {
  rule.resources.forEach((resource, index) => {
    for (const group of rule.apiGroups) {
      const key = JSON.stringify([group, resource, rule.resourceNames]);
      const earlier = seen.get(key);
      seen.set(key, earlier ?? rule);
      if (earlier === undefined) continue;
      const rest = rule.verbs.filter((verb) => !earlier.verbs.includes(verb));
      const more = rest.length > 0 ? `adds ${rest.join(', ')} to` : 'repeats';
      add(
        'BAL3186',
        pointerTo(`${rule.pointer}/resources`, index),
        `"${resource}" ${more} what an earlier rule grants`,
      );
    }
  });
}
