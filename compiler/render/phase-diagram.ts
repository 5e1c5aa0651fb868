import type { PhaseMachineModel, PhaseModel, PhaseTransition } from '../model/phase-machine/phase-machine';
import { phaseTransitions } from '../model/phase-machine/phase-transitions';
import { layered, type Place } from './phase-layout';
import { renderTemplate } from './template';

const HEIGHT = 46;
const ROW = 112;
const MARGIN = 24;
/** Above the first row: the title, and the dot from which the first arrow comes. */
const TOP = 76;
const LETTER = 8;

type Reason = PhaseTransition['reason'];

/** A transition from a phase. */
type Step = PhaseTransition & { readonly from: string };

/** A machine as an SVG 1.1 picture, without scripts, fonts or links: https://www.w3.org/TR/SVG11/ */
export function phaseDiagram(machine: PhaseMachineModel): string {
  const steps = phaseTransitions(machine).filter((step): step is Step => step.from !== undefined);
  const names = machine.phases.map(({ name }) => name);
  const initialFirst = [machine.initialPhase, ...names.filter((name) => name !== machine.initialPhase)];
  const boxWidth = Math.max(96, ...machine.phases.map(widthOf));
  const layout = layered(initialFirst, steps, { node: boxWidth, crossing: 12, gap: 28 });
  const ends = endsOf(steps, layout.paths, boxWidth);
  const width = Math.max(layout.width, 390) + 2 * MARGIN;
  const shift = (width - layout.width) / 2;
  const startX = Math.round(shift + (layout.nodes.get(machine.initialPhase)?.x ?? 0));
  const bottom = topOf(layout.rows - 1) + HEIGHT + 36;
  return renderTemplate('phases/phases.svg', {
    title: `Phases of ${machine.name}`,
    name: machine.name,
    width,
    height: bottom + MARGIN,
    start: { x: startX, y: TOP - 30, end: TOP - 3, below: TOP - 24 },
    arrows: steps.map(({ from, to, reason }, index) => ({
      reason,
      title: `${from} to ${to}: ${MEANINGS[reason]}`,
      path: pathOf(layout.paths[index] ?? [], ends[index] ?? [0, 0], shift),
    })),
    boxes: machine.phases.map((phase) => boxView(phase, layout.nodes.get(phase.name), shift, boxWidth)),
    legend: legendOf(steps, bottom),
  });
}

const MEANINGS: Readonly<Record<Reason, string>> = {
  initial: 'first step',
  normal: 'done',
  error: 'failed',
  alternative: 'chosen',
  reset: 'reset',
};

function widthOf({ name, handler = '' }: PhaseModel): number {
  return Math.max(name.length, handler.length + 2) * LETTER + 24;
}

function topOf(row: number): number {
  return TOP + row * ROW;
}

function boxView(phase: PhaseModel, place: Place | undefined, shift: number, width: number): object {
  const { name, handler, description, terminal, failed } = phase;
  const x = shift + (place?.x ?? 0);
  const y = topOf(place?.row ?? 0);
  const kind = failed ? 'failed' : terminal ? 'succeeded' : 'working';
  return {
    kind,
    left: Math.round(x - width / 2),
    width,
    height: HEIGHT,
    x: Math.round(x),
    y,
    nameY: y + (handler === undefined ? 28 : 20),
    handlerY: y + 37,
    name,
    handler: handler ?? null,
    inner: terminal ? { left: Math.round(x - width / 2) + 3, y: y + 3, width: width - 6, height: HEIGHT - 6 } : null,
    description: description ?? null,
  };
}

/** Where each arrow leaves and meets its boxes: the arrows at one side of a box share it, in the order of their other ends. */
function endsOf(steps: readonly Step[], paths: readonly (readonly Place[])[], boxWidth: number): [number, number][] {
  const result: [number, number][] = steps.map(() => [0, 0]);
  const sides = new Map<string, { readonly arrow: number; readonly end: 0 | 1; readonly toward: number }[]>();
  steps.forEach(({ from, to }, arrow) => {
    const path = paths[arrow] ?? [];
    const down = (path[0]?.row ?? 0) < (path.at(-1)?.row ?? 0);
    const add = (side: string, end: 0 | 1, toward: number): void => {
      sides.set(side, [...(sides.get(side) ?? []), { arrow, end, toward }]);
    };
    add(`${from} ${down ? 'below' : 'above'}`, 0, path[1]?.x ?? 0);
    add(`${to} ${down ? 'above' : 'below'}`, 1, path.at(-2)?.x ?? 0);
  });
  for (const ports of sides.values()) {
    const sorted = [...ports].sort((one, other) => one.toward - other.toward || one.arrow - other.arrow);
    const distance = Math.min(24, (boxWidth - 24) / sorted.length);
    sorted.forEach(({ arrow, end }, index) => {
      const ends = result[arrow];
      if (ends) ends[end] = Math.round((index - (sorted.length - 1) / 2) * distance);
    });
  }
  return result;
}

/** Straight through the rows that it crosses, in curves between them. */
function pathOf(places: readonly Place[], [first, last]: readonly [number, number], shift: number): readonly string[] {
  const down = (places[0]?.row ?? 0) < (places.at(-1)?.row ?? 0);
  const words: string[] = [];
  places.forEach(({ row, x }, index) => {
    const moved = index === 0 ? first : index === places.length - 1 ? last : 0;
    const at = Math.round(shift + x + moved);
    const [enter, leave] = down ? [topOf(row), topOf(row) + HEIGHT] : [topOf(row) + HEIGHT, topOf(row)];
    if (index === 0) words.push('M', `${at}`, `${leave}`);
    else {
      const before = places[index - 1];
      const [x0 = '0', y0 = '0'] = words.slice(-2);
      const isEnd = index === places.length - 1;
      // The head of the arrow stands in front of the box.
      const y = isEnd ? enter + (down ? -2 : 2) : enter;
      const half = `${Math.round((Number(y0) + y) / 2)}`;
      if (before) words.push('C', x0, half, `${at}`, half, `${at}`, `${y}`);
      if (!isEnd) words.push('L', `${at}`, `${leave}`);
    }
  });
  return words;
}

/** The kinds of arrows that there are, side by side. */
function legendOf(steps: readonly Step[], y: number): readonly object[] {
  const reasons = (['normal', 'error', 'alternative', 'reset'] as const).filter((reason) =>
    steps.some((step) => step.reason === reason),
  );
  return reasons.map((reason, index) => ({
    reason,
    from: MARGIN + index * 100,
    to: MARGIN + index * 100 + 36,
    label: MARGIN + index * 100 + 43,
    y,
    textY: y + 4,
    text: MEANINGS[reason],
  }));
}
