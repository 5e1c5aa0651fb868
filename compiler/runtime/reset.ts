import type { MachineTable, PhaseOf, Resource } from './machine';
import { fieldsOf, ownField, patched } from './status';
import { type PhaseStatus, type Refused, refused, rowOf } from './step';

/** A failed resource is back in the phase that failed. */
export interface Reset<M extends MachineTable, R extends Resource> {
  readonly kind: 'reset';
  readonly from: PhaseOf<M>;
  readonly to: PhaseOf<M>;
  readonly status: PhaseStatus<M, R>;
  readonly persist: true;
  readonly requeueAfterSeconds: number;
}

/** Takes a failed resource back to the phase that failed. Refused where the resource has not failed, or the machine has no way back. */
export function reset<const M extends MachineTable, R extends Resource>(
  machine: M,
  resource: R,
): Reset<M, R> | Refused<R> {
  const phase = ownField(resource.status, 'phase');
  const row = rowOf(machine, phase);
  if (row?.outcome !== 'failed') {
    return refused(machine, resource, 'not-failed', `a resource in phase "${phase ?? ''}" has not failed`);
  }
  if (!machine.resettable) return refused(machine, resource, 'not-resettable', 'the machine is not resettable');
  const [failing, ...others] = Object.keys(machine.phases).filter((name) => rowOf(machine, name)?.onError === phase);
  if (failing === undefined || others.length > 0) {
    const message = `${failing === undefined ? 'no phase fails' : 'several phases fail'} into "${phase}"`;
    return refused(machine, resource, 'not-resettable', message);
  }
  return {
    kind: 'reset',
    from: phase as PhaseOf<M>,
    to: failing as PhaseOf<M>,
    status: patched(fieldsOf(resource.status), { phase: failing }) as unknown as PhaseStatus<M, R>,
    persist: true,
    requeueAfterSeconds: machine.requeueAfterSeconds,
  };
}
