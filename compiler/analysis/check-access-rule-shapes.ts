import type { Code } from '../diagnostics';
import { pointerTo } from '../spec/document';
import { listOf } from './plain-value';

type Add = (code: Code, pointer: string, message: string) => void;

/** Fields of a rule, all of them lists of texts: https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-v1/ */
const FIELDS = ['apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs'];

/** Rules that are no rules: the other checks would find nothing in them. */
export function checkRuleShapes(rules: unknown, add: Add): void {
  // A role that is put together from others has none of its own.
  if (rules === undefined || rules === null) return;
  if (!Array.isArray(rules)) add('BAL3188', '/rules', 'rules is no list');
  listOf(rules).forEach((rule, index) => {
    checkRule(rule, pointerTo('/rules', index), add);
  });
}

function checkRule(rule: unknown, pointer: string, add: Add): void {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
    add('BAL3188', pointer, 'a rule has fields, and this one has none');
    return;
  }
  const fields = rule as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(fields)) {
    const place = pointerTo(pointer, name);
    if (!FIELDS.includes(name)) add('BAL3188', place, `a rule has no field "${name}"`);
    else if (value !== null && !Array.isArray(value)) add('BAL3188', place, `${name} is no list`);
    listOf(value).forEach((item, index) => {
      if (typeof item !== 'string') add('BAL3188', pointerTo(place, index), `an item of ${name} is no text`);
    });
  }
  const { verbs } = fields;
  if (verbs === undefined || verbs === null || (Array.isArray(verbs) && verbs.length === 0)) {
    add('BAL3188', pointer, 'the rule has no verbs');
  }
}
