import type { MachineTable } from '../../../compiler/runtime';

/** The smallest machine: one phase with a handler, and the two ends. */
export const WORK_MACHINE: MachineTable = {
  initialPhase: 'Work',
  requeueAfterSeconds: 5,
  resettable: false,
  phases: {
    Work: { handler: 'work', next: 'Done', onError: 'Failed' },
    Done: { outcome: 'succeeded' },
    Failed: { outcome: 'failed' },
  },
};
