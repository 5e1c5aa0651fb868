import { isPlainObject, type PlainObject } from '../../spec/leaf-differences';

/** How the Pods of a workload are replaced when its template changes. */
export interface PodRoll {
  /** `stops`: at some time none of its Pods answers. `waits`: nothing happens by itself. */
  readonly how: 'gradual' | 'stops' | 'waits';
  readonly reason: string;
  readonly source: string;
}

const DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers';

/** How the Pods of a workload, as it is after the change, are replaced. Connections to a Pod end with it in any case. */
export function podRoll(workload: PlainObject): PodRoll {
  if (workload.kind === 'Deployment') return deploymentRoll(workload);
  return workload.kind === 'DaemonSet' ? daemonSetRoll(workload) : statefulSetRoll(workload);
}

/** Whether Pods are replaced by the controller only where somebody deletes or resumes them. */
export function waitsForSomebody(workload: PlainObject): boolean {
  return /^(Deployment|DaemonSet|StatefulSet)$/.test(String(workload.kind)) && podRoll(workload).how === 'waits';
}

function deploymentRoll(workload: PlainObject): PodRoll {
  const source = `${DOCS}/deployment/#strategy`;
  if (at(workload, 'spec', 'paused') === true)
    return { how: 'waits', reason: 'it is paused: its Pods stay as they are until somebody resumes it', source };
  if (at(workload, 'spec', 'strategy', 'type') === 'Recreate') {
    const reason =
      'strategy Recreate: all of its Pods end before new ones start, and all connections to them with them';
    return { how: 'stops', reason, source };
  }
  const replicas = replicasOf(workload);
  const rolling = at(workload, 'spec', 'strategy', 'rollingUpdate');
  const surge = amountOf(at(rolling, 'maxSurge') ?? '25%', replicas, Math.ceil);
  const fewer = amountOf(at(rolling, 'maxUnavailable') ?? '25%', replicas, Math.floor);
  // Both 0 cannot be: the controller then takes one away first.
  const unavailable = surge === 0 && fewer === 0 ? 1 : fewer;
  return { ...gradual(unavailable, replicas), source };
}

function gradual(unavailable: number, replicas: number): Pick<PodRoll, 'how' | 'reason'> {
  if (replicas === 0) return { how: 'gradual', reason: 'it asks for no Pods: none is replaced' };
  if (unavailable >= replicas) {
    const all = replicas === 1 ? 'its only Pod ends' : `all of its ${replicas} Pods may end`;
    return { how: 'stops', reason: `a change of the template replaces every Pod: ${all} before a new one answers` };
  }
  const most =
    unavailable === 0 ? 'a new one answers before an old one ends' : `at most ${unavailable} of ${replicas} at a time`;
  return { how: 'gradual', reason: `a change of the template replaces every Pod: ${most}` };
}

function daemonSetRoll(workload: PlainObject): PodRoll {
  const source = 'https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/';
  if (at(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete') return { ...ON_DELETE, source };
  const rolling = at(workload, 'spec', 'updateStrategy', 'rollingUpdate');
  const surge = at(rolling, 'maxSurge') ?? 0;
  const unavailable = at(rolling, 'maxUnavailable') ?? 1;
  const said = 'a change of the template replaces every Pod';
  if (surge !== 0 && surge !== '0%')
    return { how: 'gradual', reason: `${said}: on each node a new one answers before the old one ends`, source };
  if (unavailable === '100%') return { how: 'stops', reason: `${said}: on all nodes at once`, source };
  const nodes = unavailable === 1 ? 'one node at a time' : `${String(unavailable)} of the nodes at a time`;
  return { how: 'gradual', reason: `${said}, ${nodes}: on a node the old one ends before the new one starts`, source };
}

function statefulSetRoll(workload: PlainObject): PodRoll {
  const source = `${DOCS}/statefulset/#update-strategies`;
  if (at(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete') return { ...ON_DELETE, source };
  const replicas = replicasOf(workload);
  const rolling = at(workload, 'spec', 'updateStrategy', 'rollingUpdate');
  const partition = Number(at(rolling, 'partition') ?? 0);
  if (partition >= replicas && replicas > 0) {
    const reason = `its partition is ${partition}: its ${replicas} Pods stay as they are until somebody lowers it`;
    return { how: 'waits', reason, source };
  }
  const unavailable = Math.max(1, amountOf(at(rolling, 'maxUnavailable') ?? 1, replicas, Math.ceil));
  const { how, reason } = gradual(unavailable, replicas);
  const kept = partition > 0 ? `; the first ${partition} stay as they are` : '';
  return { how: partition > 0 ? 'gradual' : how, reason: `${reason}${kept}`, source };
}

const ON_DELETE: Pick<PodRoll, 'how' | 'reason'> = {
  how: 'waits',
  reason: 'updateStrategy OnDelete: its Pods stay as they are until somebody deletes them, one by one',
};

/** Pods that it asks for; one where it says nothing. */
function replicasOf(workload: PlainObject): number {
  return Number(at(workload, 'spec', 'replicas') ?? 1);
}

/** A number of Pods, or a part of them. */
function amountOf(value: unknown, replicas: number, round: (pods: number) => number): number {
  const part = /^(\d+)%$/.exec(String(value))?.[1];
  return part === undefined ? Number(value) : round((Number(part) * replicas) / 100);
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isPlainObject(inner) ? inner[key] : undefined), value);
}
