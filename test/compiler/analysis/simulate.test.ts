import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../../compiler/analysis/simulate';

const sample = [
  { name: 'v1', weight: 40 },
  { name: 'v2', weight: 20 },
  { name: 'v3', weight: 40 },
];

describe('simulate', () => {
  test("40/20/40 is the sequence of 001's curl trace", () => {
    const { sequence, shares } = simulate(sample);
    expect(sequence).toEqual(['v1', 'v3', 'v2', 'v1', 'v3']);
    expect(Object.fromEntries(shares)).toEqual({ v1: 0.4, v2: 0.2, v3: 0.4 });
  });

  test("001's trace on the cluster IP is the same cycle, entered at its second pick", () => {
    const { sequence } = simulate(sample, { picks: 12 });
    expect(sequence.slice(4, 10)).toEqual(['v3', 'v1', 'v3', 'v2', 'v1', 'v3']);
  });

  test('one backend down: the others share its part', () => {
    const { sequence, shares } = simulate(sample, { down: ['v1'] });
    expect(sequence).toEqual(['v3', 'v2', 'v3']);
    expect(shares.get('v1')).toBe(0);
    expect(shares.get('v3')).toBeCloseTo(2 / 3);
  });

  test('a drained backend gets nothing, a backup only what nobody else takes', () => {
    const backends = [
      { name: 'drained', weight: 0 },
      { name: 'live', weight: 1 },
      { name: 'spare', weight: 9, backup: true },
    ];
    expect(simulate(backends).sequence).toEqual(['live']);
    expect(simulate(backends, { down: ['live'] }).sequence).toEqual(['spare']);
    expect(simulate(backends, { down: ['live', 'spare'] })).toMatchObject({ sequence: [] });
  });

  test('property: after a cycle every backend has exactly its weight', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(weights, (list) => {
        const total = list.reduce((sum, weight) => sum + weight, 0);
        const { sequence } = simulate(
          list.map((weight, index) => ({ name: `v${index}`, weight })),
          { picks: total },
        );
        const counts = list.map((_, index) => sequence.filter((name) => name === `v${index}`).length);
        expect(counts).toEqual(list);
      }),
    );
  });
});
