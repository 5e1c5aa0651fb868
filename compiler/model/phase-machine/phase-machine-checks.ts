import type { MachinePhase, PhaseMachineSpec } from '../../spec/generated/phase-machine';
import { nearest } from '../../spec/nearest';
import type { Problems } from '../problems';
import { checkPhaseGraph } from './phase-graph-checks';

/** The phase in which a resource begins. */
export function initialPhaseOf({ initialPhase, phases }: PhaseMachineSpec): string {
  return initialPhase ?? phases[0]?.name ?? '';
}

/** The fields of a phase that name other phases, each name with its place below the phase. */
function targetsOf({ next, onError, alternatives = [] }: MachinePhase): [field: string, target: string][] {
  const single = Object.entries({ next, onError }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return [...single, ...alternatives.map((name, index): [string, string] => [`alternatives/${index}`, name])];
}

/** Proves what must hold of a machine, and reports what does not. */
export function checkPhaseMachine(spec: PhaseMachineSpec, problems: Problems): void {
  checkNames(spec, problems);
  checkTargets(spec, problems);
  spec.phases.forEach((phase, index) => {
    const pointer = `/spec/phases/${index}`;
    if (phase.outcome === undefined) checkWorking(phase, pointer, problems);
    else checkTerminal(phase, pointer, problems);
    checkRedundant(phase, pointer, problems);
  });
  checkStart(spec, problems);
  // Where a transition is wrong, what follows from it would only hide it.
  if (!problems.anyError()) checkPhaseGraph(spec, initialPhaseOf(spec), problems);
}

function checkNames({ phases }: PhaseMachineSpec, problems: Problems): void {
  const first = new Map<string, number>();
  phases.forEach(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else {
      problems.add('BAL3001', `/spec/phases/${index}/name`, `phase "${name}" is defined twice`, [
        { message: 'first defined here', location: problems.locate(`/spec/phases/${earlier}/name`) },
      ]);
    }
  });
}

function checkTargets(spec: PhaseMachineSpec, problems: Problems): void {
  const names = spec.phases.map(({ name }) => name);
  const check = (pointer: string, target: string): void => {
    if (names.includes(target)) return;
    const guess = nearest(target, names);
    const question = guess === undefined ? '' : `; did you mean "${guess}"?`;
    problems.add('BAL3230', pointer, `there is no phase "${target}"${question}`);
  };
  if (spec.initialPhase !== undefined) check('/spec/initialPhase', spec.initialPhase);
  spec.phases.forEach((phase, index) => {
    for (const [field, target] of targetsOf(phase)) check(`/spec/phases/${index}/${field}`, target);
  });
}

function checkWorking({ name, handler, next }: MachinePhase, pointer: string, problems: Problems): void {
  if (handler === undefined) problems.add('BAL3233', pointer, `phase "${name}" has no handler, and no outcome`);
  if (next === undefined) problems.add('BAL3234', pointer, `phase "${name}" has no next phase, and no outcome`);
  else if (next === name) problems.add('BAL3234', `${pointer}/next`, `phase "${name}" goes on to itself`);
}

function checkTerminal(phase: MachinePhase, pointer: string, problems: Problems): void {
  const { name, outcome } = phase;
  for (const [field, target] of targetsOf(phase)) {
    if (outcome === 'failed') {
      problems.add('BAL3235', `${pointer}/${field}`, `phase "${name}" has failed, and goes on to "${target}"`);
    } else problems.add('BAL3236', `${pointer}/${field}`, `phase "${name}" is terminal, and goes on to "${target}"`);
  }
  if (phase.handler === undefined) return;
  problems.add('BAL3236', `${pointer}/handler`, `phase "${name}" is terminal: nobody calls "${phase.handler}"`);
}

/** Transitions that change nothing. */
function checkRedundant(
  { name, next, onError, alternatives = [], outcome }: MachinePhase,
  pointer: string,
  problems: Problems,
): void {
  if (outcome !== undefined) return;
  if (onError === name) {
    problems.add('BAL3026', `${pointer}/onError`, `a handler that failed is tried again in "${name}" anyway`);
  }
  alternatives.forEach((target, index) => {
    const place = `${pointer}/alternatives/${index}`;
    if (alternatives.indexOf(target) !== index) problems.add('BAL3001', place, `"${target}" is named twice`);
    else if (target === name) problems.add('BAL3026', place, `a handler that is not done stays in "${name}" anyway`);
    else if (target === next) problems.add('BAL3026', place, `"${target}" is the next phase anyway`);
    else if (target === onError) problems.add('BAL3026', place, `"${target}" is the phase for errors anyway`);
  });
}

function checkStart(spec: PhaseMachineSpec, problems: Problems): void {
  const start = initialPhaseOf(spec);
  const index = spec.phases.findIndex(({ name }) => name === start);
  if (spec.phases[index]?.outcome === undefined) return;
  const pointer = spec.initialPhase === undefined ? `/spec/phases/${index}/outcome` : '/spec/initialPhase';
  problems.add('BAL3237', pointer, `a resource would begin in "${start}", which is terminal`);
}
