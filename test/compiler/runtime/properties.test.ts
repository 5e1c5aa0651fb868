/** Over machines and outcomes at random: no step leaves the table, and every run that the proofs accept can end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PhaseMachineModel } from '../../../compiler/model/phase-machine/phase-machine';
import {
  fatalError,
  type Handler,
  type Outcome,
  type Resource,
  reset,
  retriableError,
  step,
} from '../../../compiler/runtime';
import { provenMachine, tableOf } from '../phase-machines';

interface Counter extends Resource {
  readonly status?: { readonly phase?: string; readonly count?: number };
}

const outcomes: fc.Arbitrary<Outcome<Counter>> = fc.record(
  {
    done: fc.boolean(),
    error: fc.constantFrom(fatalError('a'), retriableError('b'), [retriableError('c'), fatalError('d')], []),
    next: fc.constantFrom('Work0', 'Work1', 'Failed0', 'Failed1', 'Done', 'Migrate', 'Failed', 'Nowhere', '__proto__'),
    status: fc.record({ count: fc.nat(3), phase: fc.constantFrom('Done', 'Nowhere') }, { requiredKeys: [] }),
    updated: fc.boolean(),
  },
  { requiredKeys: ['done'] },
);

/** The steps of the declaration, read from the model and not from the table that the runtime reads. */
function isDeclared({ phases, initialPhase }: PhaseMachineModel, from: string | undefined, to: string): boolean {
  if (from === undefined) return to === initialPhase;
  const { next, onError, alternatives = [] } = phases.find(({ name }) => name === from) ?? {};
  return [from, next, onError, ...alternatives].includes(to);
}

function handlersFor(model: PhaseMachineModel, handler: Handler<Counter>): Record<string, Handler<Counter>> {
  return Object.fromEntries(model.phases.flatMap((phase) => (phase.handler ? [[phase.handler, handler]] : [])));
}

test('no step leaves the declared transitions', async () => {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(provenMachine, fc.array(outcomes, { minLength: 1, maxLength: 12 }), async (model, script) => {
      const table = tableOf(model);
      let resource: Counter = {};
      for (const outcome of script) {
        const before = JSON.stringify(resource);
        const from = resource.status?.phase;
        const result = await step(
          table,
          resource,
          handlersFor(model, () => outcome),
        );
        kinds.add(result.kind);
        expect(JSON.stringify(resource)).toBe(before);
        const isEnd = model.phases.some(({ name, terminal }) => terminal && name === result.status?.phase);
        expect(result.requeueAfterSeconds).toBe(isEnd ? undefined : model.requeueAfterSeconds);
        if (result.kind !== 'stepped') {
          expect(result.status).toBe(resource.status);
          if (result.kind === 'refused') expect(isDeclared(model, from, outcome.next!)).toBe(false);
          continue;
        }
        expect(isDeclared(model, from, result.to), `${from} to ${result.to}`).toBe(true);
        expect(result.status.phase).toBe(result.to);
        if (result.to !== from) expect(result.persist).toBe(true);
        if (!result.persist) expect(result.status).toEqual(resource.status);
        resource = { status: result.status };
      }
    }),
    { numRuns: 500 },
  );
  expect([...kinds].sort()).toEqual(['refused', 'stepped', 'terminal']);
});

test('every run can end: done by done, with as many steps as there are phases', async () => {
  await fc.assert(
    fc.asyncProperty(provenMachine, async (model) => {
      const table = tableOf(model);
      for (const { name } of model.phases) {
        let resource: Counter = { status: { phase: name } };
        for (let steps = 0; steps < model.phases.length; steps += 1) {
          const choice = towardsEnd(model, resource.status!.phase!);
          const result = await step(
            table,
            resource,
            handlersFor(model, () => choice),
          );
          expect(result.kind).not.toBe('refused');
          resource = { status: result.status as Counter['status'] };
        }
        expect((await step(table, resource, {})).kind).toBe('terminal');
      }
    }),
    { numRuns: 300 },
  );
});

/** What a handler would do that wants to come to an end: the first step of a shortest way there. */
function towardsEnd({ phases }: PhaseMachineModel, from: string): Outcome<Counter> {
  const distance = new Map(phases.map(({ name, terminal }) => [name, terminal ? 0 : Number.POSITIVE_INFINITY]));
  for (const _ of phases) {
    for (const { name, terminal, next, onError, alternatives } of phases) {
      if (terminal) continue;
      const ways = [next, onError, ...alternatives].map((to) => distance.get(to ?? '') ?? Number.POSITIVE_INFINITY);
      distance.set(name, 1 + Math.min(...ways));
    }
  }
  const phase = phases.find(({ name }) => name === from)!;
  const ways = [phase.next, phase.onError, ...phase.alternatives].filter((to) => to !== undefined);
  const [best] = ways.sort((one, other) => distance.get(one)! - distance.get(other)!);
  if (best === phase.next) return { done: true };
  return best === phase.onError ? { done: true, error: fatalError('on purpose') } : { done: true, next: best };
}

test('a machine whose normal transitions end does so without a choice', async () => {
  let ended = 0;
  await fc.assert(
    fc.asyncProperty(provenMachine, async (model) => {
      const seen = new Set<string>();
      let name: string | undefined = model.initialPhase;
      for (; name !== undefined && !seen.has(name); name = model.phases.find((one) => one.name === name)?.next)
        seen.add(name);
      if (name !== undefined) return;
      ended += 1;
      let resource: Counter = {};
      // One step more than there are phases: the first one sets the initial phase.
      for (let steps = 0; steps <= model.phases.length; steps += 1) {
        const result = await step(
          tableOf(model),
          resource,
          handlersFor(model, () => ({ done: true })),
        );
        resource = { status: result.status as Counter['status'] };
      }
      expect(model.phases.find((one) => one.name === resource.status?.phase)?.terminal).toBe(true);
    }),
    { numRuns: 200 },
  );
  expect(ended).toBeGreaterThan(20);
});

test('a reset goes against an error transition, and only from a failed phase of a resettable machine', () => {
  fc.assert(
    fc.property(provenMachine, (model) => {
      for (const { name, failed } of model.phases) {
        const result = reset(tableOf(model), { status: { phase: name } });
        const failing = model.phases.filter(({ onError }) => onError === name);
        if (model.resettable && failed && failing.length > 0)
          expect(result).toMatchObject({ kind: 'reset', to: failing[0]!.name });
        else expect(result.kind).toBe('refused');
      }
    }),
  );
});
