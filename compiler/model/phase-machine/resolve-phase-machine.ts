import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { MachinePhase, PhaseMachine } from '../../spec/generated/phase-machine';
import { DEFAULT_PROFILE } from '../default-profile';
import { problemsOf } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import type { PhaseMachineModel, PhaseModel } from './phase-machine';
import { checkPhaseMachine, initialPhaseOf } from './phase-machine-checks';
import { PHASE_MACHINE_DEFAULTS } from './phase-machine-defaults';

/** The model of a PhaseMachine, proven; undefined where something is wrong, which is reported. */
export function resolvePhaseMachine(
  { metadata, spec }: PhaseMachine,
  document: SpecDocument,
  report: Report,
): PhaseMachineModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? DEFAULT_PROFILE;
  const defaults = PHASE_MACHINE_DEFAULTS[profile];
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion, problems);
  checkPhaseMachine(spec, problems);
  if (problems.anyError()) return undefined;
  return {
    profile,
    name: metadata.name,
    initialPhase: initialPhaseOf(spec),
    phases: spec.phases.map(phaseModel),
    ...(spec.pauseField !== undefined && { pauseField: spec.pauseField }),
    requeueAfterSeconds: spec.requeueAfterSeconds ?? defaults.requeueAfterSeconds,
    resettable: spec.resettable ?? defaults.resettable,
  };
}

/** Without the transitions that change nothing, of which the checks have told. */
function phaseModel({ name, description, handler, next, onError, alternatives, outcome }: MachinePhase): PhaseModel {
  const others = (alternatives ?? []).filter((target) => ![name, next, onError].includes(target));
  return {
    name,
    ...(description !== undefined && { description }),
    ...(handler !== undefined && { handler }),
    ...(next !== undefined && { next }),
    ...(onError !== undefined && onError !== name && { onError }),
    alternatives: others,
    terminal: outcome !== undefined,
    failed: outcome === 'failed',
  };
}
