/** A phase of a machine. */
export interface PhaseModel {
  readonly name: string;
  readonly description?: string;
  /** Name of the function that works in this phase; absent in a terminal phase. */
  readonly handler?: string;
  /** Where it goes on when the handler is done; absent in a terminal phase. */
  readonly next?: string;
  /** Where it goes on when the handler failed; without it the phase is tried again. */
  readonly onError?: string;
  /** Other phases that the handler may choose. */
  readonly alternatives: readonly string[];
  readonly terminal: boolean;
  /** A terminal phase in which something has failed. */
  readonly failed: boolean;
}

/** A proven machine: every name is a phase, all phases are reachable, and from each a terminal one is. */
export interface PhaseMachineModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly initialPhase: string;
  readonly phases: readonly PhaseModel[];
  /** Path of the boolean field that stops the machine, such as `spec.paused`. */
  readonly pauseField?: string;
  readonly requeueAfterSeconds: number;
  /** Whether a failed phase can go back to the phase that failed. */
  readonly resettable: boolean;
}

/** A step that a machine may take. Staying in a phase is no transition, and always allowed. */
export interface PhaseTransition {
  /** Absent: the phase has not been set yet. */
  readonly from?: string;
  readonly to: string;
  readonly reason: 'initial' | 'normal' | 'error' | 'alternative' | 'reset';
}
