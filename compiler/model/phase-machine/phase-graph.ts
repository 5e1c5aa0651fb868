/** Where each phase leads, by name. */
export type PhaseGraph = ReadonlyMap<string, readonly string[]>;

/** The phases to which one can come from some phases, those included. */
export function reachableFrom(graph: PhaseGraph, starts: Iterable<string>): ReadonlySet<string> {
  const reached = new Set(starts);
  // A set is walked in the order of adding, what is added on the way included.
  for (const phase of reached) for (const next of graph.get(phase) ?? []) reached.add(next);
  return reached;
}

/** The same graph with every arrow turned round. */
export function reversed(graph: PhaseGraph): PhaseGraph {
  const result = new Map<string, string[]>([...graph.keys()].map((phase) => [phase, []]));
  for (const [from, targets] of graph) for (const to of targets) result.get(to)?.push(from);
  return result;
}
