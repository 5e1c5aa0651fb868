/** The rules of a machine, evaluated as the API server does, against every pair of phases: what the machine declares passes, all else fails. */
import { evaluate } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phaseRules, phaseSchema } from '../../../compiler/manifest/phase-machine/phase-rules';
import type { PhaseMachineModel } from '../../../compiler/model/phase-machine/phase-machine';
import { knownMachines, provenMachine } from '../phase-machines';

/** An object in a phase, and the two ways to have none. */
const NONE = [{ spec: {} }, { spec: {}, status: {} }, { spec: {}, status: { message: 'x' } }] as const;

function objectsIn(phase: string | undefined): readonly object[] {
  if (phase === undefined) return NONE;
  return [{ spec: {}, status: { phase } }, { status: { phase, message: 'y' } }];
}

function refusals(machine: PhaseMachineModel, oldSelf: object, self: object): readonly string[] {
  const broken = phaseRules(machine).filter(({ rule }) => evaluate(rule, { self, oldSelf }) !== true);
  return broken.map(({ message }) => message);
}

/** What the declaration says, read without the table of transitions. */
function isAllowed(machine: PhaseMachineModel, from: string | undefined, to: string | undefined): boolean {
  const { profile, initialPhase, phases, resettable } = machine;
  const phase = (name: string | undefined) => phases.find((one) => one.name === name);
  const leadsTo = (name: string | undefined): readonly unknown[] => {
    const { next, onError, alternatives = [] } = phase(name) ?? {};
    return [next, onError, ...alternatives];
  };
  if (from === to) return true;
  if (to === undefined) return false;
  if (from === undefined) return to === initialPhase || (profile === 'upstream' && leadsTo(initialPhase).includes(to));
  if (phase(from) === undefined) return to === initialPhase;
  if (resettable && phase(from)?.failed && phase(to)?.onError === from) return true;
  return leadsTo(from).includes(to);
}

function checkEveryPair(machine: PhaseMachineModel): void {
  const phases = [undefined, ...machine.phases.map(({ name }) => name)];
  for (const from of [...phases, 'OfAnOlderMachine']) {
    for (const to of phases) {
      const allowed = isAllowed(machine, from, to);
      for (const oldSelf of objectsIn(from)) {
        for (const self of objectsIn(to)) {
          const found = refusals(machine, oldSelf, self);
          expect(found.length === 0, `${from} to ${to}: ${found}`).toBe(allowed);
        }
      }
    }
  }
}

test.each(knownMachines().map((machine) => [machine.name, machine] as const))('%s', (_, machine) => {
  checkEveryPair(machine);
});

test('machines at random', () => {
  fc.assert(fc.property(provenMachine, checkEveryPair), { numRuns: 60 });
});

describe('the machine that 004 recommends', () => {
  const machine = knownMachines().find(({ name }) => name === 'recommended-migration')!;
  const from = (phase: string | undefined, to: string | undefined) =>
    refusals(machine, objectsIn(phase)[0]!, objectsIn(to)[0]!);

  test('a message says which steps there are', () => {
    expect(from('Precheck', 'Succeeded')).toEqual([
      'from "Precheck" the phase may only go to "Migrate" or "PreFailed"',
    ]);
    expect(from('Failed', 'Precheck')).toEqual(['from "Failed" the phase may only be reset to "Migrate"']);
    expect(from('Succeeded', 'Pending')).toEqual(['phase "Succeeded" is terminal: it does not change']);
    expect(from(undefined, 'Migrate')).toEqual(['the first phase is "Pending"']);
    expect(from('Pending', undefined)).toEqual(['a phase that is set stays set']);
    expect(from('Old', 'Migrate')).toEqual(['from a phase that the machine does not know it may only go to "Pending"']);
  });

  test('the schema has the phases', () => {
    expect(phaseSchema(machine)).toEqual({
      type: 'string',
      description: expect.any(String),
      enum: ['Pending', 'Precheck', 'Migrate', 'PreFailed', 'Failed', 'Succeeded'],
    });
  });
});

test('rules are few, short and of constant cost: no loops, no lookups, messages within the limit of the API server', () => {
  const names = Array.from({ length: 32 }, (_, index) => `${'P'.repeat(38)}${String(index).padStart(2, '0')}`);
  const machine: PhaseMachineModel = {
    profile: 'upstream',
    name: 'largest',
    initialPhase: names[0]!,
    phases: names.map((name, index) => ({
      name,
      ...(index < 31 && { handler: 'x', next: names[index + 1]! }),
      alternatives: index < 31 ? names.filter((_, other) => other !== index).slice(0, 16) : [],
      terminal: index === 31,
      failed: false,
    })),
    requeueAfterSeconds: 5,
    resettable: false,
  };
  const rules = phaseRules(machine);
  expect(rules).toHaveLength(35);
  for (const { rule, message } of rules) {
    expect(message.length).toBeLessThanOrEqual(2048);
    expect(message).toMatch(/^[^\n]+$/);
    expect(rule.length).toBeLessThan(2500);
    expect(rule).not.toMatch(/\.(all|exists|exists_one|map|filter|matches|contains)\(/);
  }
});
