import {
  errorsOf,
  type Handler,
  type HandlerError,
  type HandlersOf,
  type MachineTable,
  type MachineTablePhase,
  type Outcome,
  outcomeBefore,
  outcomeOf,
  type PhaseOf,
  type Resource,
  type StatusOf,
} from './machine';
import { copyOf, endlessAt, fieldsOf, ownField, patched, sameValue } from './status';

/** The status of a resource that is in a phase. */
export type PhaseStatus<M extends MachineTable, R extends Resource> = StatusOf<R> & { readonly phase: PhaseOf<M> };

/** The machine has worked, or has begun. */
export interface Stepped<M extends MachineTable, R extends Resource> {
  readonly kind: 'stepped';
  /** Absent where no phase was set. */
  readonly from?: PhaseOf<M>;
  readonly to: PhaseOf<M>;
  /** The whole status, to be written if `persist` says so. */
  readonly status: PhaseStatus<M, R>;
  readonly persist: boolean;
  /** When to look again; absent at the end. */
  readonly requeueAfterSeconds?: number;
  readonly errors: readonly HandlerError[];
}

/** There was nothing to do. */
export interface Idle<R extends Resource> {
  readonly kind: 'paused' | 'terminal';
  readonly status: R['status'];
  readonly persist: false;
  readonly requeueAfterSeconds?: undefined;
}

/** The machine would have to leave its table: a fault of the program, not of the resource. The resource stays as it is. */
export interface Refused<R extends Resource> {
  readonly kind: 'refused';
  readonly reason:
    | 'missing-handler'
    | 'undeclared-phase'
    | 'unknown-phase'
    | 'endless-status'
    | 'not-failed'
    | 'not-resettable';
  readonly message: string;
  readonly status: R['status'];
  readonly persist: false;
  readonly requeueAfterSeconds?: number;
}

/** What a step has come to. */
export type StepResult<M extends MachineTable, R extends Resource> = Stepped<M, R> | Idle<R> | Refused<R>;

/** Options of a step. */
export interface StepOptions {
  /**
   * Tells handlers that they may stop. The step waits for none of them any longer: it ends in the same phase, with an error.
   * `AbortSignal.timeout(30_000)` is a limit of time.
   * @default one that is never aborted, so that a handler that never answers keeps the step waiting
   */
  readonly signal?: AbortSignal;
}

/**
 * One step of a machine: what the reconcile function of a controller does. A resource without a phase gets the initial one;
 * a paused or terminal one is left alone; else its handler is called. Never leaves the table: rebirthmonkey/k8s-dev@6b40f61:pkg/pm/phasemachine.go.
 */
export async function step<const M extends MachineTable, R extends Resource>(
  machine: M,
  resource: R,
  handlers: HandlersOf<M, R>,
  { signal = new AbortController().signal }: StepOptions = {},
): Promise<StepResult<M, R>> {
  const { status } = resource;
  if (isPaused(machine, resource)) return { kind: 'paused', status, persist: false };
  const phase = ownField(status, 'phase');
  if (phase === undefined || phase === null || phase === '')
    return stepped(machine, resource, machine.initialPhase, {}, true);
  const row = rowOf(machine, phase);
  if (row === undefined) return refused(machine, resource, 'unknown-phase', `the machine has no phase "${phase}"`);
  if (row.outcome !== undefined) return { kind: 'terminal', status, persist: false };
  const handler = ownField(handlers, row.handler ?? '') as Handler<R, PhaseOf<M>> | undefined;
  if (typeof handler !== 'function') {
    return refused(machine, resource, 'missing-handler', `there is no handler "${row.handler}" for phase "${phase}"`);
  }
  const endless = endlessAt(status);
  if (endless !== undefined) return refused(machine, resource, 'endless-status', endlessMessage('the status', endless));
  // A handler that writes into the resource must neither choose the phase nor hide what has changed.
  const before = { ...resource, status: copyOf(status) };
  const call = () => outcomeOf(() => handler(resource, { phase: phase as PhaseOf<M>, signal }));
  const outcome = await outcomeBefore(signal, call, `the handler "${row.handler}"`);
  const result = proceed(machine, before, outcome);
  return result.kind === 'refused' ? { ...result, status } : result;
}

/** The step that follows from what the handler of the present phase has done. */
export function proceed<const M extends MachineTable, R extends Resource>(
  machine: M,
  resource: R,
  outcome: Outcome<R, PhaseOf<M>>,
): Stepped<M, R> | Refused<R> {
  const phase = String(ownField(resource.status, 'phase'));
  const row = rowOf(machine, phase);
  if (row === undefined) return refused(machine, resource, 'unknown-phase', `the machine has no phase "${phase}"`);
  const errors = errorsOf(outcome);
  const failed = errors.some(({ fatal }) => fatal);
  const done = errors.length > 0 ? failed : outcome.done === true;
  const { next = (failed ? row.onError : row.next) ?? phase } = done ? outcome : { next: phase };
  if (!declared(row, phase).includes(next) || rowOf(machine, next) === undefined) {
    const message = `the handler "${row.handler}" of phase "${phase}" chose "${next}", which the machine does not declare there`;
    return refused(machine, resource, 'undeclared-phase', message);
  }
  const changes = fieldsOf(outcome.status);
  const endless = endlessAt(changes);
  if (endless !== undefined) {
    const message = endlessMessage(`the status from the handler "${row.handler}"`, endless);
    return refused(machine, resource, 'endless-status', message);
  }
  return { ...stepped(machine, resource, next, changes, done || outcome.updated === true), errors };
}

function endlessMessage(what: string, path: string): string {
  return `${what} contains itself or is nested too deeply, at "${path}": it cannot be written`;
}

/** The phases that a phase may go on to, itself included. */
function declared({ next, onError, alternatives = [] }: MachineTablePhase, phase: string): readonly unknown[] {
  return [phase, next, onError, ...alternatives];
}

function stepped<M extends MachineTable, R extends Resource>(
  machine: M,
  { status }: R,
  phase: string,
  changes: object,
  mustPersist: boolean,
): Stepped<M, R> {
  const from = ownField(status, 'phase');
  const after = patched(fieldsOf(status), { ...changes, phase });
  const isEnd = rowOf(machine, phase)?.outcome !== undefined;
  return {
    kind: 'stepped',
    ...(typeof from === 'string' && from !== '' && { from: from as PhaseOf<M> }),
    to: phase as PhaseOf<M>,
    status: after as unknown as PhaseStatus<M, R>,
    persist: mustPersist || !sameValue(fieldsOf(status), after),
    ...(!isEnd && { requeueAfterSeconds: machine.requeueAfterSeconds }),
    errors: [],
  };
}

/** A refusal. The resource is looked at again: a new version of the program may know better. */
export function refused<R extends Resource>(
  { requeueAfterSeconds }: MachineTable,
  { status }: R,
  reason: Refused<R>['reason'],
  message: string,
): Refused<R> {
  return { kind: 'refused', reason, message, status, persist: false, requeueAfterSeconds };
}

/** The row of a phase in the table. */
export function rowOf({ phases }: MachineTable, phase: unknown): MachineTablePhase | undefined {
  return typeof phase === 'string' && Object.hasOwn(phases, phase) ? phases[phase] : undefined;
}

function isPaused({ pauseField }: MachineTable, resource: Resource): boolean {
  const path = pauseField?.split('.') ?? [];
  return path.length > 0 && path.reduce<unknown>(ownField, resource) === true;
}
