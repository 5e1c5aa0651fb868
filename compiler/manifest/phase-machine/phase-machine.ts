import type { PhaseMachineModel } from '../../model/phase-machine/phase-machine';
import { phaseDiagram } from '../../render/phase-diagram';
import { phaseDocs, phaseMermaid } from '../../render/phase-docs';
import { phaseTableJson, phaseTableTypeScript } from '../../render/phase-table';
import type { Output } from '../artefact';

/** What a PhaseMachine becomes: files alone. Its rules are a part of the CustomResourceDefinition of the resource that names it. */
export function renderPhaseMachine(machine: PhaseMachineModel): Output {
  return {
    objects: [],
    files: {
      'phases.md': phaseDocs(machine),
      'phases.mmd': phaseMermaid(machine),
      'phases.svg': phaseDiagram(machine),
      'transitions.json.conf': phaseTableJson(machine),
      'transitions.ts': phaseTableTypeScript(machine),
    },
  };
}
