import type { PhaseMachineModel } from '../model/phase-machine';
import type { Output } from './artefact';

/** What a PhaseMachine becomes. */
export function renderPhaseMachine(_model: PhaseMachineModel): Output {
  return { objects: [], files: {} };
}
