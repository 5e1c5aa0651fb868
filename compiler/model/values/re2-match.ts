import { type PatternNode, parsePattern } from './re2-pattern';

/** A state: what a character must be to go on; without one it goes on at once, where its assertion holds. */
interface State {
  readonly character?: RegExp;
  readonly assertion?: string;
  next: readonly number[];
}

/** States of one pattern, and steps of one search: more is not worth the time, and nobody is told anything then. */
const MAX_STATES = 10_000;
const MAX_STEPS = 200_000;

/**
 * Whether a pattern matches somewhere in a text, as the API server would find; true where that is too much work.
 * A pattern is a stranger's: JavaScript's own matcher may need exponential time, this one needs states times characters.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const tree = parsePattern(pattern);
  if (typeof tree === 'string') return true;
  const states: State[] = [];
  const [start, end] = [addState(states, {}), addState(states, {})];
  if (!connect(states, tree, start, end) || states.length * text.length > MAX_STEPS) return true;
  return run(states, start, end, [...text]);
}

function addState(states: State[], state: Omit<State, 'next'>): number {
  return states.push({ ...state, next: [] }) - 1;
}

function link(states: readonly State[], from: number, to: number): void {
  const state = states[from]!;
  state.next = [...state.next, to];
}

/** Lays the states of a part between two states; false where they become too many. */
function connect(states: State[], node: PatternNode, from: number, to: number): boolean {
  if (states.length > MAX_STATES) return false;
  if (node.kind === 'choice') return node.parts.every((part) => connect(states, part, from, to));
  if (node.kind === 'sequence') return connectAll(states, node.parts, from, to);
  if (node.kind === 'repeat') return connectRepeat(states, node, from, to);
  const isCharacter = node.kind === 'character';
  const { source } = node;
  const state = addState(states, isCharacter ? { character: new RegExp(`^${source}$`, 'u') } : { assertion: source });
  link(states, from, state);
  link(states, state, to);
  return true;
}

function connectAll(states: State[], parts: readonly PatternNode[], from: number, to: number): boolean {
  let at = from;
  for (const part of parts) {
    const next = addState(states, {});
    if (!connect(states, part, at, next)) return false;
    at = next;
  }
  link(states, at, to);
  return true;
}

function connectRepeat(
  states: State[],
  { part, from: least, to: most }: PatternNode & { readonly kind: 'repeat' },
  from: number,
  to: number,
): boolean {
  let at = from;
  const copies = most === Number.POSITIVE_INFINITY ? least : most;
  for (let copy = 0; copy < copies; copy += 1) {
    if (copy >= least) link(states, at, to);
    const next = addState(states, {});
    if (!connect(states, part, at, next)) return false;
    at = next;
  }
  if (most === Number.POSITIVE_INFINITY) {
    const loop = addState(states, {});
    link(states, at, loop);
    if (!connect(states, part, loop, loop)) return false;
    at = loop;
  }
  link(states, at, to);
  return true;
}

function run(states: readonly State[], start: number, end: number, characters: readonly string[]): boolean {
  let current: ReadonlySet<number> = new Set();
  for (let at = 0; at <= characters.length; at += 1) {
    const holds = (assertion: string): boolean => isAt(assertion, characters, at);
    const reached = closure(states, [...current, start], holds);
    if (reached.has(end)) return true;
    const character = characters[at];
    if (character === undefined) return false;
    const next = new Set<number>();
    for (const index of reached) {
      const state = states[index]!;
      if (state.character?.test(character)) for (const target of state.next) next.add(target);
    }
    current = next;
  }
  return false;
}

/** The states that are reached without a character. */
function closure(
  states: readonly State[],
  from: readonly number[],
  holds: (assertion: string) => boolean,
): ReadonlySet<number> {
  const reached = new Set<number>(from);
  const open = [...reached];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const { character, assertion, next } = states[index]!;
    if (character !== undefined || (assertion !== undefined && !holds(assertion))) continue;
    for (const target of next) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}

function isAt(assertion: string, characters: readonly string[], at: number): boolean {
  if (assertion === '^') return at === 0;
  if (assertion === '$') return at === characters.length;
  const isWord = (character = ' '): boolean => /^\w$/.test(character);
  const isBoundary = isWord(characters[at - 1]) !== isWord(characters[at]);
  return (assertion === '\\b') === isBoundary;
}
