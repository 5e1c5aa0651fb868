import type { MachinePhase, PhaseMachineSpec } from '../../spec/generated/phase-machine';
import type { Problems } from '../problems';
import { type PhaseGraph, reachableFrom, reversed } from './phase-graph';

/** Proves of a machine whose transitions have targets that all phases are reached, that each can end, and that a reset has one way. */
export function checkPhaseGraph(spec: PhaseMachineSpec, start: string, problems: Problems): void {
  checkReached(spec, start, problems);
  checkEnds(spec, problems);
  checkResets(spec, problems);
}

/** Where a handler leads that is done, with or without an error. */
function everyStep({ next, onError, alternatives = [] }: MachinePhase): readonly string[] {
  return [next, onError, ...alternatives].filter((target) => target !== undefined);
}

/** Where a handler leads that has not failed. */
function stepsWithoutError({ next, alternatives = [] }: MachinePhase): readonly string[] {
  return everyStep({ name: '', next, alternatives });
}

function graphOf(phases: readonly MachinePhase[], steps: (phase: MachinePhase) => readonly string[]): PhaseGraph {
  return new Map(phases.map((phase) => [phase.name, steps(phase)]));
}

function checkReached({ phases }: PhaseMachineSpec, start: string, problems: Problems): void {
  const reached = reachableFrom(graphOf(phases, everyStep), [start]);
  phases.forEach(({ name }, index) => {
    if (reached.has(name)) return;
    problems.add('BAL3231', `/spec/phases/${index}/name`, `no way leads from "${start}" to phase "${name}"`);
  });
}

/** The phases from which no terminal phase can be reached by some steps. */
function endless(
  phases: readonly MachinePhase[],
  steps: (phase: MachinePhase) => readonly string[],
): readonly MachinePhase[] {
  const ends = phases.filter(({ outcome }) => outcome !== undefined).map(({ name }) => name);
  const ending = reachableFrom(reversed(graphOf(phases, steps)), ends);
  return phases.filter(({ name }) => !ending.has(name));
}

function checkEnds({ phases }: PhaseMachineSpec, problems: Problems): void {
  if (phases.every(({ outcome }) => outcome === undefined)) {
    problems.add('BAL3232', '/spec/phases', 'no phase is terminal: none of them has an outcome');
    return;
  }
  const trapped = endless(phases, everyStep);
  const [first] = trapped;
  if (first !== undefined) {
    const message = `from ${quoted(trapped)} no terminal phase can be reached`;
    problems.add('BAL3232', `/spec/phases/${phases.indexOf(first)}/name`, message);
    return;
  }
  const [circling, ...others] = endless(phases, stepsWithoutError);
  if (circling === undefined) return;
  const message = `from ${quoted([circling, ...others])} only an error leads to a terminal phase`;
  problems.add('BAL3240', `/spec/phases/${phases.indexOf(circling)}/next`, message);
}

/** rebirthmonkey/k8s-dev@6b40f61:pkg/pm/phasemachine.go, Normalize, whose answer the demo of the original drops. */
function checkResets({ resettable, phases }: PhaseMachineSpec, problems: Problems): void {
  if (resettable !== true) return;
  const failing = new Map<string, number>();
  phases.forEach(({ name, onError }, index) => {
    if (onError === undefined || onError === name) return;
    const earlier = failing.get(onError);
    if (earlier === undefined) failing.set(onError, index);
    else {
      const message = `"${phases[earlier]?.name}" and "${name}" both fail into "${onError}": a reset could not tell them apart`;
      problems.add('BAL3238', `/spec/phases/${index}/onError`, message, [
        { message: 'the other one is here', location: problems.locate(`/spec/phases/${earlier}/onError`) },
      ]);
    }
  });
  phases.forEach(({ name, outcome }, index) => {
    if (outcome !== 'failed' || failing.has(name)) return;
    problems.add(
      'BAL3239',
      `/spec/phases/${index}/name`,
      `a resource in "${name}" cannot be reset: no error leads there`,
    );
  });
}

function quoted(phases: readonly MachinePhase[]): string {
  const names = phases.map(({ name }) => `"${name}"`);
  const last = names.pop();
  return names.length === 0 ? `${last}` : `${names.join(', ')} and ${last}`;
}
