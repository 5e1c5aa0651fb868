import { pointerTo } from '../../spec/document';
import { show } from '../../spec/shape-errors';
import type { PhaseMachineModel } from '../phase-machine/phase-machine';
import type { Problems } from '../problems';
import type { ApiResourceModel, FieldSchema } from './api-resource';
import { fieldOf } from './field-schema';

/** What may be said about status.phase beside the machine. */
const PHASE_KEYWORDS: readonly string[] = ['type', 'description', 'title'];

/** Checks that each version has room for the machine: status.phase, and the field that stops it. */
export function checkPhaseFields(
  { versions, phaseMachine }: ApiResourceModel,
  name: string | undefined,
  problems: Problems,
): void {
  if (name === undefined) return;
  versions.forEach(({ spec, status }, index) => {
    const pointer = `/spec/versions/${index}/schema`;
    const phase = (status && fieldOf(status, 'phase')) ?? {};
    for (const [keyword, value] of Object.entries(phase)) {
      const at = pointerTo(`${pointer}/status/properties/phase`, keyword);
      if (keyword === 'type' && value !== 'string') {
        problems.add('BAL3222', at, `the phase is a text, not ${show(value)}`);
      } else if (!PHASE_KEYWORDS.includes(keyword)) {
        problems.add('BAL3222', at, `${show(keyword)} of the phase is what PhaseMachine "${name}" says`);
      }
    }
    if (phaseMachine !== undefined) checkPauseField({ spec, status, phaseMachine, pointer }, problems);
  });
}

interface Paused {
  readonly spec: FieldSchema;
  readonly status: FieldSchema | undefined;
  readonly phaseMachine: PhaseMachineModel;
  readonly pointer: string;
}

function checkPauseField({ spec, status, phaseMachine, pointer }: Paused, problems: Problems): void {
  const { name, pauseField } = phaseMachine;
  if (pauseField === undefined) return;
  const [part, ...path] = pauseField.split('.').filter(Boolean);
  const root = part === 'spec' ? spec : part === 'status' ? status : undefined;
  const field = path.reduce<FieldSchema | undefined>((at, step) => at && fieldOf(at, step), root);
  if (path.length > 0 && field?.type === 'boolean') return;
  const what = field === undefined ? 'is not in the schema' : 'is no boolean';
  const message = `the field "${pauseField}", which stops PhaseMachine "${name}", ${what}`;
  problems.add('BAL3222', `${pointer}/${part === 'status' ? 'status' : 'spec'}`, message);
}
