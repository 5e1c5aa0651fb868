/** A phase in the table of a machine: transitions.ts of a PhaseMachine has such a table. */
export interface MachineTablePhase {
  readonly handler?: string;
  readonly next?: string;
  readonly onError?: string;
  readonly alternatives?: readonly string[];
  /** Makes the phase terminal. */
  readonly outcome?: 'succeeded' | 'failed';
}

/** The table of a machine, as `as const` in transitions.ts or read from transitions.json.conf. */
export interface MachineTable {
  readonly initialPhase: string;
  /** Path of the boolean field that stops the machine, such as `spec.paused`. */
  readonly pauseField?: string;
  readonly requeueAfterSeconds: number;
  readonly resettable: boolean;
  readonly phases: Readonly<Record<string, MachineTablePhase>>;
}

/** The phases of a machine: literal types where its table is a constant. */
export type PhaseOf<M extends MachineTable> = Extract<keyof M['phases'], string>;

/** The names of the handlers of a machine. */
export type HandlerNameOf<M extends MachineTable> =
  string extends PhaseOf<M>
    ? string
    : {
        [P in PhaseOf<M>]: M['phases'][P] extends { readonly handler: infer H extends string } ? H : never;
      }[PhaseOf<M>];

/** What a machine works on: a resource of Kubernetes, whose status has a phase once it has begun. */
export interface Resource {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** The status of a resource, without the phase, which belongs to the machine. */
export type StatusOf<R extends Resource> = Omit<NonNullable<R['status']>, 'phase'>;

/** Something that went wrong in a handler. */
export interface HandlerError {
  readonly message: string;
  /** Whether trying again is useless. */
  readonly fatal: boolean;
  /** What was thrown, if it was. */
  readonly cause?: unknown;
}

/** An error after which the machine takes the error transition at once. */
export function fatalError(message: string, cause?: unknown): HandlerError {
  return { message, fatal: true, ...(cause !== undefined && { cause }) };
}

/** An error after which the handler is tried again. */
export function retriableError(message: string, cause?: unknown): HandlerError {
  return { message, fatal: false, ...(cause !== undefined && { cause }) };
}

/** What a function has done in a phase. */
interface Work<R extends Resource> {
  /** Whether the work of the phase is finished; otherwise the handler is called again. */
  readonly done: boolean;
  /** What went wrong. Then `done` is not asked: a fatal error ends the phase, any other does not. */
  readonly error?: HandlerError | readonly HandlerError[];
  /** Fields of the status that have changed; `undefined` removes one. */
  readonly status?: Partial<StatusOf<R>>;
  /** Whether the status must be written, even where no field has changed. */
  readonly updated?: boolean;
}

/** What a handler has done. */
export interface Outcome<R extends Resource, Phase extends string = string> extends Work<R> {
  /** A phase to go on to when done, in place of the usual one: one of those that the machine declares for this phase. */
  readonly next?: Phase;
}

/** What one of the functions of a composite handler has done: it cannot choose the next phase, as in the original. */
export interface PartOutcome<R extends Resource> extends Work<R> {
  readonly next?: undefined;
}

/** What a handler is told beside the resource. */
export interface HandlerContext<Phase extends string = string> {
  readonly phase: Phase;
  /** Aborted when nobody waits for the result any more: fetch and the timers of Node take it. */
  readonly signal: AbortSignal;
}

/** A function that works in a phase. It may be called again at any time, and has to find out what is done already. */
export type Handler<R extends Resource, Phase extends string = string> = (
  resource: R,
  context: HandlerContext<Phase>,
) => Outcome<R, Phase> | Promise<Outcome<R, Phase>>;

/** One of the functions of a composite handler. */
export type HandlerPart<R extends Resource, Phase extends string = string> = (
  resource: R,
  context: HandlerContext<Phase>,
) => PartOutcome<R> | Promise<PartOutcome<R>>;

/** A function for each name of a handler in the table. */
export type HandlersOf<M extends MachineTable, R extends Resource> = {
  readonly [H in HandlerNameOf<M>]: Handler<R, PhaseOf<M>>;
};

/** The errors of an outcome, as a list. JavaScript may answer anything: what is no error of ours is one to try again after. */
export function errorsOf({ error }: Pick<Work<Resource>, 'error'>): readonly HandlerError[] {
  const errors: readonly unknown[] = Array.isArray(error) ? error : [error ?? []].flat();
  return errors.map((own) => (isHandlerError(own) ? own : retriableError(messageOf(own), own)));
}

/** What a function answers. A thrown error is no verdict: a network that was away may be back the next time. */
export async function outcomeOf<O extends Work<Resource>>(call: () => O | Promise<O>): Promise<O | PartOutcome<never>> {
  try {
    const outcome: O | undefined = await call();
    return outcome ?? { done: false, error: retriableError('the handler has returned nothing') };
  } catch (cause) {
    return { done: false, error: retriableError(messageOf(cause), cause) };
  }
}

/** What a function answers as long as a signal is not aborted; afterwards an error to try again after, whatever it answers. */
export async function outcomeBefore<O extends Work<Resource>>(
  signal: AbortSignal,
  call: () => Promise<O>,
  what: string,
): Promise<O | PartOutcome<never>> {
  const late = (): PartOutcome<never> => {
    const error = retriableError(`${what} did not answer before the signal was aborted`, signal.reason);
    return { done: false, error };
  };
  if (signal.aborted) return late();
  return await new Promise((resolve) => {
    const stop = (): void => resolve(late());
    signal.addEventListener('abort', stop, { once: true });
    void call().then((outcome) => {
      // A signal may live as long as the program.
      signal.removeEventListener('abort', stop);
      resolve(outcome);
    });
  });
}

function isHandlerError(value: unknown): value is HandlerError {
  const { message, fatal } = (value ?? {}) as Partial<HandlerError>;
  return typeof message === 'string' && typeof fatal === 'boolean';
}

/** What was thrown, in words. */
function messageOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  try {
    return String(cause);
  } catch {
    return 'something that has no text was thrown';
  }
}
