/** One step of a machine: what 004's Reconcile does, without its two faults. */
import { describe, expect, test } from 'vitest';
import {
  fatalError,
  type Outcome,
  proceed,
  type Resource,
  reset,
  retriableError,
  step,
} from '../../../compiler/runtime';
import { machine } from '../../cases/phase-machine-full/expected/config/phasemachine.full-machine.cluster/transitions';

interface Flight extends Resource {
  readonly spec: { readonly control?: { readonly paused?: boolean } };
  readonly status?: { readonly phase?: string; readonly height?: number; readonly crew?: readonly string[] };
}

type Does = Outcome<Flight, keyof typeof machine.phases>;

const in_ = (phase: string, more: object = {}): Flight => ({ spec: {}, status: { phase, ...more } });

/** A step in which every handler answers the same. */
function stepWith(resource: Flight, outcome: Does | (() => Does | Promise<Does>)) {
  const handler = typeof outcome === 'function' ? outcome : () => outcome;
  const handlers = { initialize: handler, pre_flight: handler, fly: handler, rollBack: handler };
  return step(machine, resource, handlers);
}

describe('without a handler', () => {
  test.each([[{ spec: {} }], [{ spec: {}, status: {} }], [in_('')]])(
    '%j begins in the initial phase',
    async (resource) => {
      expect(await stepWith(resource, () => expect.unreachable())).toEqual({
        kind: 'stepped',
        to: 'Uninitialized',
        status: { phase: 'Uninitialized' },
        persist: true,
        requeueAfterSeconds: 30,
        errors: [],
      });
    },
  );

  test.each(['Succeeded', 'Failed', 'PreFailed', 'Cancelled'])('%s is the end', async (phase) => {
    const resource = in_(phase, { height: 3 });
    const result = await stepWith(resource, () => expect.unreachable());
    expect(result).toEqual({ kind: 'terminal', status: resource.status, persist: false });
  });

  test('paused', async () => {
    const resource = { ...in_('InFlight'), spec: { control: { paused: true } } };
    const result = await stepWith(resource, () => expect.unreachable());
    expect(result).toEqual({ kind: 'paused', status: resource.status, persist: false });
  });

  test.each([{}, { control: {} }, { control: { paused: false } }, { control: { paused: 'true' } }, { control: null }])(
    'not paused: %j',
    async (spec) => {
      const resource = { ...in_('DryRun'), spec } as Flight;
      expect(await stepWith(resource, { done: true })).toMatchObject({ kind: 'stepped', to: 'Succeeded' });
    },
  );

  test('a missing handler is refused, and the resource stays as it is', async () => {
    const result = await step(machine, in_('InFlight'), {} as never);
    expect(result).toEqual({
      kind: 'refused',
      reason: 'missing-handler',
      message: 'there is no handler "fly" for phase "InFlight"',
      status: { phase: 'InFlight' },
      persist: false,
      requeueAfterSeconds: 30,
    });
  });

  test.each(['Elsewhere', 'constructor', '__proto__', 'toString'])('no phase of the machine: %s', async (phase) => {
    const result = await stepWith(in_(phase), { done: true });
    expect(result).toMatchObject({ kind: 'refused', reason: 'unknown-phase', persist: false });
  });

  test('a handler is a property of its own', async () => {
    const table = {
      ...machine,
      phases: { Uninitialized: { handler: 'toString', next: 'Succeeded' }, Succeeded: { outcome: 'succeeded' } },
    } as const;
    const result = await step(table, in_('Uninitialized'), {} as never);
    expect(result).toMatchObject({ kind: 'refused', reason: 'missing-handler' });
  });
});

const fatal = fatalError('no fuel');
const passing = retriableError('fog');

describe('what a handler has done', () => {
  test.each<[string, string, Does, string, boolean]>([
    ['not done: it stays', 'InFlight', { done: false }, 'InFlight', false],
    ['not done: a next phase is not heard', 'InFlight', { done: false, next: 'Succeeded' }, 'InFlight', false],
    ['not done, but the status has changed', 'InFlight', { done: false, status: { height: 9 } }, 'InFlight', true],
    [
      'not done, and the status is the same',
      'InFlight',
      { done: false, status: { height: 1, crew: ['a'] } },
      'InFlight',
      false,
    ],
    ['not done, and says that something is new', 'InFlight', { done: false, updated: true }, 'InFlight', true],
    ['done', 'InFlight', { done: true }, 'Succeeded', true],
    ['done, and chooses', 'InFlight', { done: true, next: 'Uninitialized' }, 'Uninitialized', true],
    ['done, and chooses the usual', 'InFlight', { done: true, next: 'Succeeded' }, 'Succeeded', true],
    ['done, and chooses the phase for errors', 'InFlight', { done: true, next: 'RollBack' }, 'RollBack', true],
    ['done, and chooses to stay', 'InFlight', { done: true, next: 'InFlight' }, 'InFlight', true],
    ['a fatal error', 'InFlight', { done: false, error: fatal }, 'RollBack', true],
    ['a fatal error of a handler that says done', 'InFlight', { done: true, error: fatal }, 'RollBack', true],
    [
      'a fatal error, and a choice',
      'InFlight',
      { done: true, error: fatal, next: 'Uninitialized' },
      'Uninitialized',
      true,
    ],
    ['a fatal error among others', 'InFlight', { done: false, error: [passing, fatal] }, 'RollBack', true],
    ['a fatal error without a transition: tried again', 'DryRun', { done: false, error: fatal }, 'DryRun', true],
    ['an error that is not fatal: tried again', 'InFlight', { done: false, error: passing }, 'InFlight', false],
    ['an error that is not fatal is not done', 'InFlight', { done: true, error: passing }, 'InFlight', false],
    ['an empty list of errors is none', 'InFlight', { done: true, error: [] }, 'Succeeded', true],
  ])('%s', async (_, phase, outcome, to, persist) => {
    const result = await stepWith(in_(phase, { height: 1, crew: ['a'] }), outcome);
    expect(result).toMatchObject({ kind: 'stepped', from: phase, to, persist, status: { phase: to } });
    const isEnd = to === 'Succeeded';
    expect(result.requeueAfterSeconds).toBe(isEnd ? undefined : 30);
    expect('errors' in result && result.errors).toEqual([outcome.error ?? []].flat());
  });

  test('a step that is not declared is refused, with what the handler did', async () => {
    const result = await stepWith(in_('InFlight'), { done: true, next: 'Failed', status: { height: 2 } });
    expect(result).toMatchObject({
      kind: 'refused',
      reason: 'undeclared-phase',
      message: 'the handler "fly" of phase "InFlight" chose "Failed", which the machine does not declare there',
      status: { phase: 'InFlight' },
    });
    expect(await stepWith(in_('InFlight'), { done: true, next: null as never })).toMatchObject({ kind: 'refused' });
  });

  test('the status: fields over fields, undefined removes one, and the phase is the machine’s', async () => {
    const outcome = { done: true, status: { height: 2, crew: undefined, phase: 'Failed' } } as Does;
    const result = await stepWith(in_('InFlight', { height: 1, crew: ['a'] }), outcome);
    expect(result.status).toEqual({ phase: 'Succeeded', height: 2 });
    expect(Object.keys(result.status ?? {})).not.toContain('crew');
  });

  test('what is thrown is tried again', async () => {
    const cause = new Error('ECONNRESET');
    const thrown = await stepWith(in_('InFlight'), () => {
      throw cause;
    });
    expect(thrown).toMatchObject({
      to: 'InFlight',
      persist: false,
      errors: [{ message: 'ECONNRESET', fatal: false, cause }],
    });
    const rejected = await stepWith(in_('InFlight'), () => Promise.reject('gone'));
    expect(rejected).toMatchObject({ to: 'InFlight', errors: [{ message: 'gone', fatal: false }] });
    const nothing = await stepWith(in_('InFlight'), () => undefined as never);
    expect(nothing).toMatchObject({ to: 'InFlight', errors: [{ fatal: false }] });
  });

  test('the resource is not touched', async () => {
    const resource = Object.freeze({ spec: {}, status: Object.freeze({ phase: 'InFlight', height: 1 }) });
    await stepWith(resource, { done: true, status: { height: 2 } });
    expect(resource).toEqual({ spec: {}, status: { phase: 'InFlight', height: 1 } });
  });

  test('without waiting', () => {
    expect(proceed(machine, in_('InFlight'), { done: true })).toMatchObject({ kind: 'stepped', to: 'Succeeded' });
    expect(proceed(machine, { spec: {} } as Flight, { done: true })).toMatchObject({ kind: 'refused' });
  });
});

describe('reset', () => {
  test.each([
    ['PreFailed', 'PreFlight'],
    ['Failed', 'RollBack'],
  ])('%s goes back to %s', (from, to) => {
    expect(reset(machine, in_(from, { height: 1 }))).toEqual({
      kind: 'reset',
      from,
      to,
      status: { phase: to, height: 1 },
      persist: true,
      requeueAfterSeconds: 30,
    });
  });

  test.each([in_('InFlight'), in_('Succeeded'), in_('Elsewhere'), { spec: {} }])('%j has not failed', (resource) => {
    expect(reset(machine, resource)).toMatchObject({ kind: 'refused', reason: 'not-failed', status: resource.status });
  });

  test('a machine without a way back', () => {
    const result = reset({ ...machine, resettable: false }, in_('Failed'));
    expect(result).toMatchObject({ kind: 'refused', reason: 'not-resettable' });
  });

  test('a table that nobody has proven: two phases fail into the same one', () => {
    const phases = {
      ...machine.phases,
      DryRun: { handler: 'pre_flight', next: 'Succeeded', onError: 'Failed' },
    } as const;
    const result = reset({ ...machine, phases }, in_('Failed'));
    expect(result).toMatchObject({ kind: 'refused', message: 'several phases fail into "Failed"' });
  });
});
