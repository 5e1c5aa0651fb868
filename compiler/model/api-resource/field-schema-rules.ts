import { pointerTo } from '../../spec/document';
import { nearest } from '../../spec/nearest';
import { describeValue, show } from '../../spec/shape-errors';
import type { Problems } from '../problems';
import type { FieldSchema } from './api-resource';
import { celFaults } from './cel-faults';
import { isMap } from './field-schema';
import type { SchemaPlace, SchemaScope } from './field-schema-scope';

/** Reasons that the API server can give: apiextensions.k8s.io/v1, ValidationRule. */
const REASONS = ['FieldValueInvalid', 'FieldValueForbidden', 'FieldValueRequired', 'FieldValueDuplicate'] as const;

/** Fields of a rule: what each must be, and since which version 1.x it is on by default. */
const RULE_FIELDS: Readonly<Record<string, { readonly type: string; readonly since: number }>> = {
  rule: { type: 'string', since: 25 },
  message: { type: 'string', since: 25 },
  messageExpression: { type: 'string', since: 27 },
  reason: { type: 'string', since: 28 },
  fieldPath: { type: 'string', since: 28 },
  optionalOldSelf: { type: 'boolean', since: 30 },
};

const MAX_RULES = 32;
const MAX_RULE = 4096;

/** Rules of a schema: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules */
export function checkRules(schema: FieldSchema, place: SchemaPlace, scope: SchemaScope): void {
  const rules = schema['x-balancer-cel'];
  const pointer = pointerTo(place.pointer, 'x-balancer-cel');
  if (!Array.isArray(rules)) return;
  if (rules.length === 0 || rules.length > MAX_RULES) {
    scope.problems.add('BAL2007', pointer, `expected 1 to ${MAX_RULES} entries, got ${rules.length}`);
  }
  rules.slice(0, MAX_RULES).forEach((rule, index) => {
    const at = `${pointer}/${index}`;
    if (!isMap(rule)) scope.problems.add('BAL2002', at, `expected an object, got ${describeValue(rule)}`);
    else if (checkFields(rule, at, scope)) checkMeaning(rule, schema, { ...place, pointer: at }, scope.problems);
  });
}

type Rule = Readonly<Record<string, unknown>>;

/** Whether every field of a rule is a field, and of its type. */
function checkFields(rule: Rule, pointer: string, { problems, minor }: SchemaScope): boolean {
  let good = true;
  const refuse = (...problem: Parameters<Problems['add']>): void => {
    good = false;
    problems.add(...problem);
  };
  for (const [name, value] of Object.entries(rule)) {
    const at = pointerTo(pointer, name);
    const field = Object.hasOwn(RULE_FIELDS, name) ? RULE_FIELDS[name] : undefined;
    if (field === undefined) {
      const guess = nearest(name, Object.keys(RULE_FIELDS));
      refuse(
        'BAL2001',
        at,
        `${show(name)} is not a field here${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
      );
      continue;
    }
    const expected = field.type === 'string' ? 'a text' : 'true or false';
    if (typeof value !== field.type) refuse('BAL2002', at, `expected ${expected}, got ${describeValue(value)}`);
    else if (minor < field.since) {
      problems.add('BAL3211', at, `"${name}" needs Kubernetes 1.${field.since}, and this is for 1.${minor}`);
    }
  }
  if (rule.rule === undefined) refuse('BAL2003', pointerTo(pointer, 'rule'), '"rule" is missing');
  if (rule.message === undefined) refuse('BAL2003', pointerTo(pointer, 'message'), '"message" is missing');
  return good;
}

function checkMeaning(rule: Rule, schema: FieldSchema, place: SchemaPlace, problems: Problems): void {
  const { rule: text, message, messageExpression, reason } = rule as Readonly<Record<string, string | undefined>>;
  checkMessage(message ?? '', pointerTo(place.pointer, 'message'), problems);
  if (reason !== undefined && !(REASONS as readonly string[]).includes(reason)) {
    const list = REASONS.map((one) => `"${one}"`).join(', ');
    const guess = nearest(reason, REASONS);
    const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
    problems.add('BAL2004', pointerTo(place.pointer, 'reason'), `${show(reason)} is not one of ${list}${question}`);
  }
  for (const [field, expression] of Object.entries({ rule: text, messageExpression })) {
    if (expression === undefined) continue;
    const at = pointerTo(place.pointer, field);
    if (expression.trim() === '' || expression.length > MAX_RULE) {
      problems.add('BAL2006', at, `${show(expression)} is not a CEL expression of at most ${MAX_RULE} characters`);
      continue;
    }
    for (const fault of celFaults(expression, schema, place)) problems.add('BAL3210', at, fault);
  }
}

/** One line: the API server refuses others, and prints the message as it is. */
function checkMessage(message: string, pointer: string, problems: Problems): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  const isLine = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]{1,1024}$/u.test(message);
  if (isLine && message.trim() !== '') return;
  problems.add('BAL2006', pointer, `${show(message)} is not one line of at most 1024 characters`);
}
