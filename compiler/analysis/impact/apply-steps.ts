import type { Change } from './impact';
import { type Action, isNewWay, placesOf, STEPS } from './step-places';

/** A step of an order in which nothing that runs misses what it needs. */
export interface ApplyStep {
  readonly title: string;
  readonly why: string;
  readonly what: readonly StepItem[];
}

/** An object or a file of a step, and what is done with it. */
export interface StepItem {
  readonly where: string;
  readonly action: Action;
}

type Step = (typeof STEPS)[number]['step'];

/** What is placed in a step. */
interface Placed extends StepItem {
  readonly step: Step;
}

/**
 * A safe order for some changes. An object is applied as a whole, so that it is in one step, and in two where something is
 * added and something else taken away: first with both. What has to be looked at stands in a first step of its own.
 */
export function applySteps(changes: readonly Change[]): ApplyStep[] {
  const byObject = new Map<string, Change[]>();
  for (const change of changes) byObject.set(change.where, [...(byObject.get(change.where) ?? []), change]);
  const places = new Map([...byObject].map(([where, own]) => [where, placesOf(own)]));
  const placed = [...byObject].flatMap(([where, own]): Placed[] => {
    return withConfigs(places.get(where)!, own, places).map((place) => ({ where, ...place }));
  });
  const settled = changes.some(isNewWay) ? placed : drained(placed);
  return STEPS.flatMap(({ step, title, why }): ApplyStep[] => {
    const own = settled.filter((item) => item.step === step);
    const what = own.map(({ where, action }) => ({ where, action }));
    return own.length === 0 ? [] : [{ title, why, what: step === 'remove' ? what.sort(byDependents) : what }];
  });
}

/** Steps of configurations that a workload has to wait for: its Pods carry them out. */
const CARRIED_OUT: readonly Step[] = ['nodes', 'new ways', 'withdraw', 'taken'];

type Places = ReturnType<typeof placesOf>;

/** A workload comes with the configurations that it carries out: its Pods start with them. */
function withConfigs(own: Places, changes: readonly Change[], places: ReadonlyMap<string, Places>): Places {
  const reads = new Set(changes.flatMap((change) => change.reads ?? []));
  const configs = [...reads]
    .flatMap((config) => places.get(config) ?? [])
    .filter(({ step }) => CARRIED_OUT.includes(step));
  const main = own.find(({ step }) => /^(workloads|stopping|remove)$/.test(step));
  if (main === undefined || configs.length === 0) return own;
  const last = Math.max(...configs.map(({ step }) => rankOf(step)));
  const kept = configs
    .filter(({ step, action }) => action === 'widen' || rankOf(step) === last)
    .map(({ step }) => step);
  const moved = [...new Set(kept)].map((step) => ({ step, action: main.action }));
  return [...own.filter((place) => place !== main), ...moved];
}

function rankOf(step: Step): number {
  return STEPS.findIndex((other) => other.step === step);
}

/** Routes that only go, and nothing new leads elsewhere: they are withdrawn before Pods are replaced. */
function drained(placed: readonly Placed[]): readonly Placed[] {
  return placed.map((item) => (item.step === 'withdraw' ? { ...item, step: 'drain' } : item));
}

const USERS_FIRST = [
  /^(Deployment|DaemonSet|StatefulSet|ReplicaSet|CronJob|Job|Pod) /,
  /^(Ingress|IngressClass|AlbConfig|Service) /,
];

/** What uses others goes before what is used: workloads, then addresses, then the rest. */
function byDependents(one: StepItem, other: StepItem): number {
  const rank = ({ where }: StepItem): number => {
    const found = USERS_FIRST.findIndex((kinds) => kinds.test(where));
    return found === -1 ? USERS_FIRST.length : found;
  };
  return rank(one) - rank(other);
}
