/** The machine that runs: what the reconcile function of a controller calls. */
export { parallel, serial } from './composite';
export {
  fatalError,
  type Handler,
  type HandlerContext,
  type HandlerError,
  type HandlerNameOf,
  type HandlerPart,
  type HandlersOf,
  type MachineTable,
  type MachineTablePhase,
  type Outcome,
  type PartOutcome,
  type PhaseOf,
  type Resource,
  retriableError,
  type StatusOf,
} from './machine';
export { type Reset, reset } from './reset';
export {
  type Idle,
  type PhaseStatus,
  proceed,
  type Refused,
  type StepOptions,
  type Stepped,
  type StepResult,
  step,
} from './step';
