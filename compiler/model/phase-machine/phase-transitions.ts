import type { PhaseMachineModel, PhaseModel, PhaseTransition } from './phase-machine';

/** Every step that a machine may take, each once: the first step, those of each phase in order, then the resets. */
export function phaseTransitions(machine: PhaseMachineModel): readonly PhaseTransition[] {
  const all = [
    ...firstSteps(machine),
    ...machine.phases.flatMap((phase) => stepsFrom(phase).map((step) => ({ from: phase.name, ...step }))),
    ...resets(machine),
  ];
  const seen = new Set<string>();
  return all.filter(({ from, to }) => {
    const pair = `${from ?? ''} ${to}`;
    return !seen.has(pair) && Boolean(seen.add(pair));
  });
}

/** The phases to which a machine may go from one phase, or as long as none is set. */
export function phasesAfter(machine: PhaseMachineModel, from: string | undefined): readonly string[] {
  return phaseTransitions(machine)
    .filter((transition) => transition.from === from)
    .map(({ to }) => to);
}

/**
 * What is written where no phase was set. The original runs the handler of the initial phase before it writes the phase
 * for the first time: rebirthmonkey/k8s-dev@6b40f61:pkg/pm/phasemachine.go, GetPhase and proceed.
 */
function firstSteps({ profile, initialPhase, phases }: PhaseMachineModel): readonly PhaseTransition[] {
  const initial = phases.find(({ name }) => name === initialPhase);
  const skipping = profile === 'upstream' && initial ? stepsFrom(initial) : [];
  return [{ to: initialPhase, reason: 'initial' }, ...skipping];
}

function stepsFrom({ next, onError, alternatives }: PhaseModel): readonly PhaseTransition[] {
  return [
    ...(next === undefined ? [] : [{ to: next, reason: 'normal' } as const]),
    ...(onError === undefined ? [] : [{ to: onError, reason: 'error' } as const]),
    ...alternatives.map((to) => ({ to, reason: 'alternative' }) as const),
  ];
}

/** The error transitions into failed phases, backwards. */
function resets({ resettable, phases }: PhaseMachineModel): readonly PhaseTransition[] {
  if (!resettable) return [];
  return phases
    .filter(({ failed }) => failed)
    .flatMap(({ name }) => {
      const failing = phases.filter(({ onError }) => onError === name);
      return failing.map((phase) => ({ from: name, to: phase.name, reason: 'reset' }) as const);
    });
}
