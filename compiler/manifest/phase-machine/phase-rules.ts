import type { PhaseMachineModel } from '../../model/phase-machine/phase-machine';
import { phasesAfter } from '../../model/phase-machine/phase-transitions';

/** A rule of x-kubernetes-validations: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules */
interface ValidationRule {
  readonly rule: string;
  readonly message: string;
}

const WAS_SET = 'has(oldSelf.status) && has(oldSelf.status.phase)';
const IS_SET = 'has(self.status) && has(self.status.phase)';

/**
 * The rules, at the root of a resource, that let the API server itself refuse a step that is not in the machine. They need
 * the subresource `status`: with it nobody can bring a phase along at creation, where rules with `oldSelf` are not asked.
 * Further down they would be skipped whenever the old object has no phase yet. Each compares one phase with a few literals.
 */
export function phaseRules(machine: PhaseMachineModel): readonly ValidationRule[] {
  const names = machine.phases.map(({ name }) => name);
  const first = phasesAfter(machine, undefined);
  return [
    {
      rule: `${WAS_SET} || !(${IS_SET}) || ${isOneOf('self', first)}`,
      message: `the first phase is ${either(first)}`,
    },
    { rule: `!(${WAS_SET}) || ${IS_SET}`, message: 'a phase that is set stays set' },
    ...machine.phases.map(({ name, terminal }) => ruleFrom(machine, name, terminal)),
    {
      // A phase of an older machine: without this step no update of the object would ever be admitted again.
      rule: `!(${WAS_SET}) || ${isOneOf('oldSelf', names)} || !(${IS_SET}) || ${isOneOf('self', [machine.initialPhase])}`,
      message: `from a phase that the machine does not know it may only go to "${machine.initialPhase}"`,
    },
  ];
}

function ruleFrom(machine: PhaseMachineModel, name: string, terminal: boolean): ValidationRule {
  const targets = phasesAfter(machine, name);
  const rule = `!(${WAS_SET}) || oldSelf.status.phase != '${name}' || !(${IS_SET}) || ${isOneOf('self', [name, ...targets])}`;
  if (targets.length === 0) return { rule, message: `phase "${name}" is terminal: it does not change` };
  const reason = terminal ? 'be reset to' : 'go to';
  return { rule, message: `from "${name}" the phase may only ${reason} ${either(targets)}` };
}

function isOneOf(object: 'self' | 'oldSelf', names: readonly string[]): string {
  const [only] = names;
  if (names.length === 1) return `${object}.status.phase == '${only}'`;
  return `${object}.status.phase in [${names.map((name) => `'${name}'`).join(', ')}]`;
}

function either(names: readonly string[]): string {
  const all = names.map((name) => `"${name}"`);
  const last = all.pop();
  return all.length === 0 ? `${last}` : `${all.join(', ')} or ${last}`;
}

/** The schema of `status.phase`. */
export function phaseSchema({ phases }: PhaseMachineModel): object {
  return { type: 'string', description: 'Phase of the machine.', enum: phases.map(({ name }) => name) };
}
