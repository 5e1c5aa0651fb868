import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type { PhaseMachine } from '../spec/generated/phase-machine';
import type { PhaseMachineModel } from './phase-machine';
import { problemsOf } from './problems';

/** The model of a PhaseMachine; undefined where something is wrong, which is reported. */
export function resolvePhaseMachine(
  { metadata, spec }: PhaseMachine,
  document: SpecDocument,
  report: Report,
): PhaseMachineModel | undefined {
  const problems = problemsOf(document, report);
  const model: PhaseMachineModel = {
    profile: spec.profile ?? 'hardened',
    name: metadata.name,
    initialPhase: '',
    phases: [],
    requeueAfterSeconds: 5,
    resettable: false,
  };
  return problems.anyError() ? undefined : model;
}
