/** The proofs of a PhaseMachine agree with a judge that looks at every pair of phases. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PhaseMachineSpec } from '../../../compiler/spec/generated/phase-machine';
import { anyMachine, machineDocument, proven, provenMachine } from '../phase-machines';

/** Whether one can come from each phase to each, by closing the relation over every phase in between (Warshall 1962). */
function reachability({ phases }: PhaseMachineSpec): (from: string, to: string) => boolean {
  const pairs = new Set<string>();
  for (const { name, next, onError, alternatives = [] } of phases) {
    for (const to of [name, next, onError, ...alternatives]) if (to !== undefined) pairs.add(`${name}>${to}`);
  }
  const names = phases.map(({ name }) => name);
  for (const middle of names) {
    for (const from of names) {
      for (const to of names) {
        if (pairs.has(`${from}>${middle}`) && pairs.has(`${middle}>${to}`)) pairs.add(`${from}>${to}`);
      }
    }
  }
  return (from, to) => pairs.has(`${from}>${to}`);
}

/** The codes that a spec deserves. Those of the graph are asked only where every transition is right. */
function deserved(spec: PhaseMachineSpec): ReadonlySet<string> {
  const { phases, resettable } = spec;
  const names = phases.map(({ name }) => name);
  const start = spec.initialPhase ?? names[0]!;
  const codes = new Set<string>();
  const terminal = (name: string): boolean => phases.find((one) => one.name === name)?.outcome !== undefined;
  if (!names.includes(start)) codes.add('BAL3230');
  else if (terminal(start)) codes.add('BAL3237');
  for (const { name, handler, next, onError, alternatives = [], outcome } of phases) {
    const targets = [next, onError, ...alternatives].filter((target) => target !== undefined);
    if (targets.some((target) => !names.includes(target))) codes.add('BAL3230');
    if (outcome === undefined && handler === undefined) codes.add('BAL3233');
    if (outcome === undefined && (next === undefined || next === name)) codes.add('BAL3234');
    if (outcome === 'failed' && targets.length > 0) codes.add('BAL3235');
    if (outcome !== undefined && (handler !== undefined || (outcome === 'succeeded' && targets.length > 0)))
      codes.add('BAL3236');
  }
  if (codes.size > 0) return codes;
  const reaches = reachability(spec);
  if (names.some((name) => !reaches(start, name))) codes.add('BAL3231');
  if (names.some((name) => !names.some((end) => terminal(end) && reaches(name, end)))) codes.add('BAL3232');
  const errors = phases
    .filter(({ name, onError }) => onError !== undefined && onError !== name)
    .map(({ onError }) => onError);
  if (resettable === true && new Set(errors).size < errors.length) codes.add('BAL3238');
  return codes;
}

describe('at random', () => {
  test('the proofs find what a search of all pairs finds, and nothing else', () => {
    const verdicts = new Map<string, number>();
    fc.assert(
      fc.property(anyMachine, (spec) => {
        const { model, errors } = proven(machineDocument(spec));
        const expected = deserved(spec);
        expect(new Set(errors)).toEqual(expected);
        expect(model === undefined).toBe(expected.size > 0);
        for (const code of expected.size === 0 ? ['none'] : expected) verdicts.set(code, (verdicts.get(code) ?? 0) + 1);
      }),
      { numRuns: 3000, seed: 5 },
    );
    const all = [
      'none',
      'BAL3230',
      'BAL3231',
      'BAL3232',
      'BAL3233',
      'BAL3234',
      'BAL3235',
      'BAL3236',
      'BAL3237',
      'BAL3238',
    ];
    expect([...verdicts.keys()].sort()).toEqual([...all].sort());
  });

  test('a machine that holds has what a renderer and a controller take for granted', () => {
    fc.assert(
      fc.property(provenMachine, ({ initialPhase, phases }) => {
        const names = phases.map(({ name }) => name);
        expect(names).toContain(initialPhase);
        for (const { name, terminal, failed, handler, next, onError, alternatives } of phases) {
          expect(handler === undefined).toBe(terminal);
          expect(next === undefined).toBe(terminal);
          if (failed) expect(terminal).toBe(true);
          for (const target of [next, onError, ...alternatives]) {
            if (target === undefined) continue;
            expect(names).toContain(target);
            expect(target).not.toBe(name);
          }
        }
      }),
    );
  });
});
