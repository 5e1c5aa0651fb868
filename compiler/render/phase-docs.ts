import type { PhaseMachineModel, PhaseModel, PhaseTransition } from '../model/phase-machine/phase-machine';
import { phaseTransitions } from '../model/phase-machine/phase-transitions';
import { renderTemplate } from './template';

/** What makes a machine take a step, in a word or two. */
const LABELS: Readonly<Record<PhaseTransition['reason'], string>> = {
  initial: 'first step',
  normal: 'done',
  error: 'error',
  alternative: 'chosen by the handler',
  reset: 'reset',
};

/** Words that begin a statement of Mermaid, whatever their case: https://mermaid.js.org/syntax/stateDiagram.html */
const MERMAID_WORDS: ReadonlySet<string> = new Set([
  ...['state', 'note', 'class', 'classdef', 'style', 'click', 'scale', 'default', 'as', 'href', 'acctitle', 'accdescr'],
  ...['statediagram', 'end', 'direction', 'hide', 'fork', 'join', 'choice', 'concurrent'],
]);

/** The machine as a state diagram of Mermaid, which GitHub and GitLab draw. */
export function phaseMermaid(machine: PhaseMachineModel): string {
  const { phases } = machine;
  const ids = (kept: readonly PhaseModel[]): object[] => kept.map(({ name }) => ({ id: mermaidId(name) }));
  return renderTemplate('phases/phases.mmd', {
    states: phases.map(({ name, handler }) => ({ id: mermaidId(name), name, handler: handler ?? null })),
    transitions: phaseTransitions(machine).map(({ from, to, reason }) => ({
      from: from === undefined ? null : mermaidId(from),
      to: mermaidId(to),
      label: LABELS[reason],
    })),
    terminal: ids(phases.filter(({ terminal }) => terminal)),
    failed: ids(phases.filter(({ failed }) => failed)),
  });
}

/** No phase has an underscore in its name. */
function mermaidId(name: string): string {
  return MERMAID_WORDS.has(name.toLowerCase()) ? `${name}_` : name;
}

/** The documentation of a machine, in GitHub's Markdown. */
export function phaseDocs(machine: PhaseMachineModel): string {
  const { name, initialPhase, pauseField, requeueAfterSeconds, resettable, phases } = machine;
  return renderTemplate('phases/phases.md', {
    name,
    initialPhase,
    pauseField: pauseField ?? null,
    requeueAfterSeconds,
    resettable,
    phases: phases.map((phase) => ({
      name: phase.name,
      handler: phase.handler ?? null,
      next: phase.next ?? null,
      onError: phase.onError ?? null,
      alternatives: phase.alternatives.map((alternative, index) => ({ first: index === 0, name: alternative })),
      outcome: phase.terminal ? (phase.failed ? 'failed' : 'succeeded') : null,
      description: phase.description ?? null,
    })),
    transitions: phaseTransitions(machine).map(({ from, to, reason }) => ({
      from: from ?? null,
      to,
      label: LABELS[reason],
    })),
  });
}
