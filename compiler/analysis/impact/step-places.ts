import type { Change } from './impact';

/**
 * What is done with an object in a step. `widen`: apply it with what was there before kept; `narrow`: then as it is after.
 * `delete owner`: a controller may delete with it what it made for it.
 */
export type Action = 'look' | 'apply' | 'widen' | 'narrow' | 'replace' | 'delete' | 'delete owner' | 'apply and wait';

/** The steps in their order: what others need comes first, what others still use goes last. */
export const STEPS = [
  { step: 'look', title: 'look at what is not known', why: 'nothing here says what these changes do' },
  { step: 'namespaces', title: 'namespaces', why: 'what comes later stands in them' },
  { step: 'definitions', title: 'definitions', why: 'objects of a kind need its definition' },
  {
    step: 'permissions',
    title: 'accounts and permissions',
    why: 'Pods that start need them, and Pods of before keep theirs',
  },
  {
    step: 'configurations',
    title: 'new Services and configurations',
    why: 'Pods that start need them, and nginx looks names up when it starts',
  },
  { step: 'nodes', title: 'rules on the nodes', why: 'a node must be able to answer before a route leads to it' },
  {
    step: 'switches',
    title: 'the switches, in a change window',
    why: 'a switch must know its neighbours and take their paths before a speaker sends them',
  },
  {
    step: 'drain',
    title: 'withdraw routes',
    why: 'before Pods are replaced: connections go to the other next hops, and the nodes still answer those that are open',
  },
  { step: 'workloads', title: 'workloads', why: 'all that their Pods need is there' },
  {
    step: 'stopping',
    title: 'workloads that stop while they change',
    why: 'nothing of them answers meanwhile: choose the time',
  },
  { step: 'others', title: 'other objects', why: 'the programs that act on them run' },
  { step: 'new ways', title: 'where new connections go', why: 'everything that answers is there now' },
  { step: 'withdraw', title: 'withdraw routes', why: 'the new way is there; the nodes still answer what is open' },
  { step: 'fewer', title: 'fewer Pods', why: 'nothing leads to those that end' },
  {
    step: 'taken',
    title: 'rules of nodes and lines of switches that no route needs any more',
    why: 'nothing leads there now',
  },
  { step: 'remove', title: 'remove what nobody uses any more', why: 'connections to it have ended' },
  {
    step: 'remove last',
    title: 'remove what takes other things with it',
    why: 'what is in it is deleted too, and does not come back',
  },
  { step: 'rest', title: 'the rest', why: 'nothing that runs takes notice' },
] as const;

type Step = (typeof STEPS)[number]['step'];

/** Where an object is placed. */
interface Place {
  readonly step: Step;
  readonly action: Action;
}

const CARRIES_OTHERS = /^(Namespace|CustomResourceDefinition|PersistentVolume|PersistentVolumeClaim)$/;
const WORKLOAD = /^(Deployment|DaemonSet|StatefulSet|Pod|Job|CronJob)$/;
const ACCESS = /^(Role|ClusterRole|RoleBinding|ClusterRoleBinding|ServiceAccount)$/;

/** The steps of one object or file, by all of its changes. */
export function placesOf(changes: readonly Change[]): readonly Place[] {
  const isUnknown = changes.some((change) => change.impact === 'unknown' && (change.stays || !isRemoved(change)));
  const moving = changes.filter(({ stays }) => !stays);
  const known = moving.length === 0 ? [] : placesOfMoving(moving);
  return isUnknown ? [{ step: 'look', action: 'look' }, ...known] : known;
}

function placesOfMoving(changes: readonly Change[]): readonly Place[] {
  return changes.every(({ impact }) => impact === 'none') ? restPlaces(changes) : ownPlaces(changes);
}

/** An object that nothing takes notice of; what others need has its place all the same. */
function restPlaces(changes: readonly Change[]): readonly Place[] {
  const kind = kindOf(changes);
  if (isRemoved(changes[0]!)) return [{ step: 'rest', action: 'delete' }];
  const step = changes.some(isAdded) ? NEEDED.get(kind) : undefined;
  return [{ step: step ?? 'rest', action: 'apply' }];
}

const NEEDED: ReadonlyMap<string, Step> = new Map([
  ['Namespace', 'namespaces'],
  ['CustomResourceDefinition', 'definitions'],
  ['Service', 'configurations'],
  ['ConfigMap', 'configurations'],
  ['Secret', 'configurations'],
]);

function ownPlaces(changes: readonly Change[]): readonly Place[] {
  const kind = kindOf(changes);
  if (isRemoved(changes[0]!)) return removedPlaces(changes[0]!, kind);
  const both = twoPlaces(changes, kind);
  if (both !== undefined) return both;
  const action = changes.some(({ impact }) => impact === 'immutable field') ? 'replace' : 'apply';
  if (WORKLOAD.test(kind)) return [workloadPlace(changes, action)];
  return [{ step: stepOf(changes, kind), action }];
}

function removedPlaces({ impact }: Change, kind: string): readonly Place[] {
  if (CARRIES_OTHERS.test(kind)) return [{ step: 'remove last', action: 'delete' }];
  if (impact === 'route withdrawn') return [{ step: 'withdraw', action: 'delete' }];
  if (/^(node rule change|switch change window)$/.test(impact)) return [{ step: 'taken', action: 'delete' }];
  // A kind of a group that we do not know has the group in its name.
  return [{ step: 'remove', action: kind.includes('.') ? 'delete owner' : 'delete' }];
}

/** What is needed before, and taken away after: permissions, rules of nodes, lines of switches. */
function twoPlaces(changes: readonly Change[], kind: string): readonly Place[] | undefined {
  const first = firstOfTwo(changes, kind);
  if (first === undefined || changes.some(({ impact }) => impact === 'immutable field')) return undefined;
  if (changes.every(({ where }) => VERIFY.test(where))) return [{ step: first, action: 'apply' }];
  const last: Step = first === 'permissions' ? 'remove' : 'taken';
  const own = changes.filter(({ impact }) => impact !== 'none');
  const adds = own.some((change) => added(change).length > 0);
  const takes = own.some((change) => taken(change).length > 0);
  if (adds && takes)
    return [
      { step: first, action: 'widen' },
      { step: last, action: 'narrow' },
    ];
  return [{ step: takes ? last : first, action: 'apply' }];
}

function firstOfTwo(changes: readonly Change[], kind: string): Step | undefined {
  const has = (impact: Change['impact']): boolean => changes.some((change) => change.impact === impact);
  if (has('node rule change')) return 'nodes';
  if (has('switch change window')) return 'switches';
  if (ACCESS.test(kind) || (has('permissions') && !/^(Namespace|CustomResourceDefinition)$/.test(kind)))
    return 'permissions';
  return undefined;
}

/** What people type into a switch: nobody loads it as a whole. */
const VERIFY = /\/verify\.txt$/;

const COMMENT = /^\s*(#|!|$)/;

/** Lines that come. */
function added({ after = [] }: Change): readonly string[] {
  return after.filter((line) => !COMMENT.test(line));
}

/** Lines that go, and are not only another value of a setting of the same switch: that one ends the old one at once. */
function taken({ impact, before = [], after = [] }: Change): readonly string[] {
  const lines = before.filter((line) => !COMMENT.test(line));
  if (impact !== 'switch change window') return lines;
  const settings = new Set(after.map(settingOf));
  return lines.filter((line) => !settings.has(settingOf(line)));
}

function settingOf(line: string): string {
  return line.trim().replace(/\s+\S+$/, '');
}

function workloadPlace(changes: readonly Change[], action: Action): Place {
  if (action === 'replace') return { step: 'stopping', action };
  const rolls = changes.flatMap(({ roll }) => roll ?? []);
  if (rolls.includes('stops')) return { step: 'stopping', action };
  if (rolls.includes('waits')) return { step: 'workloads', action: 'apply and wait' };
  return { step: rolls.length === 0 && changes.some(isFewer) ? 'fewer' : 'workloads', action };
}

/** Whether a workload loses Pods and keeps the others as they are. */
function isFewer({ pointer, before, after }: Change): boolean {
  return pointer === '/spec/replicas' && Number(after?.[0] ?? 1) < Number(before?.[0] ?? 1);
}

/** Where all else is placed: the last of the steps of its changes, which is when all that it needs is there. */
function stepOf(changes: readonly Change[], kind: string): Step {
  if (changes.some(({ impact }) => impact === 'route withdrawn')) return 'withdraw';
  if (ACCESS.test(kind)) return 'permissions';
  if (/^(Namespace|CustomResourceDefinition)$/.test(kind)) return NEEDED.get(kind)!;
  // Who starts may look the name of a new Service up.
  if (kind === 'Service' && changes.some(isAdded)) return 'configurations';
  if (changes.some(isNewWay)) return 'new ways';
  if (/^(ConfigMap|Secret|ExternalSecret)$/.test(kind))
    return changes.some(isAdded) || isReplaced(changes) ? 'configurations' : 'workloads';
  return kind === 'Service' ? 'new ways' : 'others';
}

/** Whether new connections go elsewhere from then on. */
export function isNewWay(change: Change): boolean {
  return !isRemoved(change) && /^(traffic moves|route announced|cloud load balancer)$/.test(change.impact);
}

function isReplaced(changes: readonly Change[]): boolean {
  return changes.some(({ impact }) => impact === 'immutable field');
}

function isAdded({ pointer, before }: Change): boolean {
  return pointer === '' && before === undefined;
}

function isRemoved({ pointer, after }: Change): boolean {
  return pointer === '' && after === undefined;
}

/** The kind of an object; a file has none. */
function kindOf([first]: readonly Change[]): string {
  return /^([A-Z]\S*) /.exec(first!.where)?.[1] ?? '';
}
