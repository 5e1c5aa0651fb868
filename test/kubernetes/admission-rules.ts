/** Rules for admission policies: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
import { Environment } from '@marcbachmann/cel-js';
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../../compiler/manifest/k8s';
import { ofKind, repeated, when } from './rule';

/** Code points that cel-go takes in one expression: its parser's default. */
const EXPRESSION_LENGTH = 100_000;

/** A reader that takes longer lists than the specification asks for, as cel-go does. */
const CEL = new Environment({ unlistedVariablesAreDyn: true, limits: { maxListElements: 10_000 } });

/** What a policy says is CEL that can be read, with variables that are known; a message is one line. */
export const expressions = ofKind<ValidatingAdmissionPolicy>('ValidatingAdmissionPolicy', ({ spec }) => {
  const { variables = [], validations } = spec;
  const names = variables.map(({ name }) => name);
  const placed = [
    ...variables.map(({ name, expression }, index) => ({ name, expression, known: names.slice(0, index) })),
    ...validations.flatMap(({ expression, messageExpression }) => [
      { name: 'validation', expression, known: names },
      { name: 'message', expression: messageExpression ?? '""', known: names },
    ]),
  ];
  return [
    ...repeated(names).map((name) => `variable "${name}" is there twice`),
    ...placed.flatMap(({ name, expression, known }) => [
      ...when(!isCel(expression), `"${name}" is no CEL`),
      ...when(expression.length > EXPRESSION_LENGTH, `"${name}" is too long`),
      ...[...expression.matchAll(/\bvariables\.(\w+)/g)]
        .filter(([, used = '']) => !known.includes(used))
        .map(([, used]) => `"${name}" uses the unknown variable "${used}"`),
    ]),
    ...validations
      .filter(({ message }) => message.includes('\n'))
      .map(({ message }) => `message ${JSON.stringify(message)} is not one line`),
  ];
});

function isCel(expression: string): boolean {
  try {
    CEL.parse(expression);
    return true;
  } catch {
    return false;
  }
}

/** A policy is about something, and refuses where it cannot decide; one without a binding does nothing. */
export const policyInForce = ofKind<ValidatingAdmissionPolicy>('ValidatingAdmissionPolicy', (object, all) => {
  const { failurePolicy, matchConstraints, validations } = object.spec;
  const bindings = all.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  const bound = (bindings as ValidatingAdmissionPolicyBinding[]).some(
    ({ spec }) => spec.policyName === object.metadata.name,
  );
  return [
    ...when(matchConstraints.resourceRules.length === 0, 'is about nothing'),
    ...when(validations.length === 0, 'checks nothing'),
    ...when(failurePolicy !== 'Fail', 'allows what it cannot check'),
    ...when(!bound, 'has no binding'),
  ];
});

/** A binding is of a policy that exists, and does something; to deny and to warn of the same is refused. */
export const policyBinding = ofKind<ValidatingAdmissionPolicyBinding>(
  'ValidatingAdmissionPolicyBinding',
  ({ spec: { policyName, validationActions } }, all) => {
    const exists = all.some(({ kind, metadata }) => {
      return kind === 'ValidatingAdmissionPolicy' && metadata.name === policyName;
    });
    const both = validationActions.includes('Deny') && validationActions.includes('Warn');
    return [
      ...when(!exists, `ValidatingAdmissionPolicy "${policyName}" does not exist`),
      ...when(validationActions.length === 0 || both, `cannot do "${validationActions.join()}"`),
    ];
  },
);
