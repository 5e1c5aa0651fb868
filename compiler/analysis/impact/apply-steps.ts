import type { Change } from './impact';

/** A step of an order in which nothing that runs misses what it needs. */
export interface ApplyStep {
  readonly title: string;
  readonly why: string;
  /** The objects and files of the step, in the order in which they are found. */
  readonly what: readonly string[];
}

/** A step: what it is for, and which changes belong to it. */
interface StepRule {
  readonly title: string;
  readonly why: string;
  readonly takes: (change: Change) => boolean;
}

function isAdded({ pointer, before }: Change): boolean {
  return pointer === '' && before === undefined;
}

function isRemoved({ pointer, after }: Change): boolean {
  return pointer === '' && after === undefined;
}

/** Whether something goes that Pods of before may still need: an object, or a permission. */
function isTaken(change: Change): boolean {
  return isRemoved(change) || (change.impact === 'permissions' && change.after === undefined);
}

/** Whether a change of a configuration only takes lines away; comments in their place are nothing. */
function onlyTakes({ before = [], after = [] }: Change): boolean {
  return before.length > 0 && after.every((line) => /^\s*(#|$)/.test(line));
}

const kindOf = ({ where }: Change): string => where.split(' ')[0]!;

/** The order of a change: what others need comes first, what others still use goes last. */
const STEPS: readonly StepRule[] = [
  {
    title: 'replace what cannot be changed',
    why: 'the API server refuses these changes: each needs a delete, and a moment without it',
    takes: (change) => change.impact === 'immutable field' && !isRemoved(change),
  },
  {
    title: 'look at what is not known',
    why: 'nothing here says what these changes do',
    takes: (change) => change.impact === 'unknown' && !isRemoved(change),
  },
  {
    title: 'namespaces, definitions, accounts and permissions',
    why: 'what comes later needs them',
    takes: (change) =>
      !isTaken(change) &&
      (change.impact === 'permissions' || /^(Namespace|CustomResourceDefinition|ServiceAccount)$/.test(kindOf(change))),
  },
  {
    title: 'rules on the nodes',
    why: 'a node must be able to answer before a route leads to it',
    takes: (change) => change.impact === 'node rule change' && !isRemoved(change) && !onlyTakes(change),
  },
  {
    title: 'the switches, in a change window',
    why: 'a switch must take the paths before a speaker sends them',
    takes: (change) => change.impact === 'switch change window' && !isRemoved(change) && !onlyTakes(change),
  },
  {
    title: 'new Services and configurations',
    why: 'Pods that start need them, and nginx looks names up when it starts',
    takes: (change) => isAdded(change) && /^(Service|ConfigMap|Secret|ExternalSecret)$/.test(kindOf(change)),
  },
  {
    title: 'workloads',
    why: 'their Pods are replaced a few at a time',
    takes: (change) =>
      !isRemoved(change) && /^(pod roll|pods start or stop|nginx reload|BGP session reset)$/.test(change.impact),
  },
  {
    title: 'where new connections go',
    why: 'everything that answers is there now',
    takes: (change) =>
      !isRemoved(change) && /^(traffic moves|route announced|cloud load balancer)$/.test(change.impact),
  },
  {
    title: 'withdraw routes',
    why: 'last of all that moves connections; the nodes still answer those that are open',
    takes: ({ impact }) => impact === 'route withdrawn',
  },
  {
    title: 'rules of nodes and lines of switches that no route needs any more',
    why: 'nothing leads there now',
    takes: (change) => /^(node rule change|switch change window)$/.test(change.impact),
  },
  {
    title: 'remove what nobody uses any more',
    why: 'connections to it have ended',
    takes: isTaken,
  },
  {
    title: 'the rest',
    why: 'nothing that runs takes notice',
    takes: () => true,
  },
];

/** A safe order for some changes: each is in exactly one step. A workload comes with the last of the configurations that it reads. */
export function applySteps(changes: readonly Change[]): ApplyStep[] {
  const ranks = new Map(changes.map((change) => [change, STEPS.findIndex(({ takes }) => takes(change))]));
  const latest = new Map<string, number>();
  for (const [{ where }, rank] of ranks) latest.set(where, Math.max(rank, latest.get(where) ?? 0));
  for (const [change, rank] of ranks) {
    const configs = (change.reads ?? []).map((config) => latest.get(config) ?? 0);
    ranks.set(change, Math.max(rank, ...configs.filter((own) => own < STEPS.length - 1)));
  }
  return STEPS.flatMap(({ title, why }, step): ApplyStep[] => {
    const own = changes.filter((change) => ranks.get(change) === step);
    return own.length === 0 ? [] : [{ title, why, what: [...new Set(own.map(({ where }) => where))] }];
  });
}
