import type { PhaseMachineModel } from '../model/phase-machine';

/** A rule of x-kubernetes-validations: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules */
export interface ValidationRule {
  readonly rule: string;
  readonly message: string;
}

/** The rules, at the root of a resource, that let the API server itself refuse a step that is not in the machine. */
export function phaseRules(_machine: PhaseMachineModel): readonly ValidationRule[] {
  return [];
}

/** The schema of `status.phase`. */
export function phaseSchema({ phases }: PhaseMachineModel): object {
  return { type: 'string', description: 'Phase of the machine.', enum: phases.map(({ name }) => name) };
}
