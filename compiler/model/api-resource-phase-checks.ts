import { show } from '../spec/shape-errors';
import type { ApiResourceModel, FieldSchema } from './api-resource';
import { fieldOf } from './field-schema';
import type { Problems } from './problems';

/** What may be said about status.phase beside the machine. */
const PHASE_KEYWORDS: readonly string[] = ['type', 'description', 'title'];

/** Checks that each version has room for the machine: status.phase, and the field that stops it. */
export function checkPhaseFields({ versions, phaseMachine }: ApiResourceModel, problems: Problems): void {
  if (phaseMachine === undefined) return;
  versions.forEach(({ spec, status }, index) => {
    const pointer = `/spec/versions/${index}/schema`;
    const phase = status && fieldOf(status, 'phase');
    for (const keyword of Object.keys(phase ?? {})) {
      const at = `${pointer}/status/properties/phase/${keyword}`;
      const isOther = keyword === 'type' && phase?.type !== 'string';
      if (isOther) problems.add('BAL3222', at, `the phase is a text, not ${show(phase?.type)}`);
      else if (!PHASE_KEYWORDS.includes(keyword)) {
        problems.add('BAL3222', at, `"${keyword}" of the phase is what PhaseMachine "${phaseMachine.name}" says`);
      }
    }
    const { pauseField } = phaseMachine;
    if (pauseField === undefined) return;
    const [part, ...path] = pauseField.split('.').filter(Boolean);
    const root = part === 'spec' ? spec : part === 'status' ? status : undefined;
    const field = path.reduce<FieldSchema | undefined>((at, name) => at && fieldOf(at, name), root);
    if (path.length > 0 && field?.type === 'boolean') return;
    const what = field === undefined ? 'is not in the schema' : 'is no boolean';
    const message = `the field "${pauseField}", which stops PhaseMachine "${phaseMachine.name}", ${what}`;
    problems.add('BAL3222', `${pointer}/${part === 'status' ? 'status' : 'spec'}`, message);
  });
}
