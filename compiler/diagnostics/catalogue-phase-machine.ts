import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with a PhaseMachine. */
export const PHASE_MACHINE_CODES = {
  BAL3230: error(
    'unknown-phase',
    'A transition into a phase that is not there would leave the resource in a phase that nobody works on.',
    'Name one of the phases, or add the phase.',
  ),
  BAL3231: error(
    'unreachable-phase',
    'No run of the machine ever comes to the phase, so that its handler is dead code and its name a promise.',
    'Add a transition that leads to the phase, or remove it.',
  ),
  BAL3232: error(
    'endless-phase',
    'A resource that has come to the phase could never end, and its controller would look at it for ever.',
    'Add a transition to a terminal phase, or give a phase an outcome.',
  ),
  BAL3233: error(
    'missing-handler',
    'A phase in which nobody works is never done: the machine would stand still in it.',
    'Name a handler, or give the phase an outcome if it is an end.',
  ),
  BAL3234: error(
    'missing-transition',
    'A phase that is done has to go on: the original returns to the start without a word.',
    'Name another phase in next, or give the phase an outcome if it is an end.',
  ),
  BAL3235: error(
    'failed-phase-goes-on',
    'A failed phase is terminal: people and programs that wait for the end stop looking at the resource there.',
    'Remove the transition; set resettable to true for a way back to the phase that failed.',
  ),
  BAL3236: error(
    'terminal-phase-works',
    'Nothing is called in a terminal phase and nothing leads out of it: the field would never be read.',
    'Remove the field, or remove the outcome.',
  ),
  BAL3237: error(
    'terminal-start',
    'A machine that begins at its end never calls a handler.',
    'Begin in a phase that has a handler.',
  ),
  BAL3238: error(
    'unresettable-error',
    'Who resets a failed resource goes back to the phase that failed, which nobody can tell where two phases fail into the same one.',
    'Give each phase a failed phase of its own, such as PreFailed and Failed; or set resettable to false.',
  ),
  BAL3239: warning(
    'no-way-back',
    'Reset goes against an error transition, and none leads to this phase.',
    'Lead an error transition to the phase, or set resettable to false.',
  ),
  BAL3240: warning(
    'ends-only-in-failure',
    'Handlers that are done bring the resource round and round: only an error ends it.',
    'Add an alternative that leads out of the circle, or change next.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
