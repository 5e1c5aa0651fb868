import { pointerKeys } from '../spec/document';
import { identityOf, type LeafDifference, type PlainObject } from '../spec/leaf-differences';
import { STAND_IN_WEIGHT } from './balancer-backends-from-parts';
import { fieldOf, itemsAt } from './field';
import { CONF_PATH } from './nginx-conf-fields';
import { reasonFor } from './reasons';
import { confReason } from './reasons-nginx-conf';
import type { Reason, Rule } from './rule';

const RULES: readonly Rule[] = [
  {
    path: /^\/metadata\/ownerReferences\//,
    sides: 'missing',
    effect: 'changed',
    reason:
      'the cluster deletes the object with its Balancer: delete that with "--cascade=orphan" before you apply objects in its place',
  },
  {
    path: /^\/metadata\/annotations\/deployment\.kubernetes\.io~1revision$/,
    sides: 'missing',
    effect: 'same',
    reason: 'the cluster writes it',
  },
  {
    path: /configmap-hash$/,
    effect: 'changed',
    reason: 'the hash is of nginx.conf alone: the Pods are rolled once, and then only when it changes',
  },
  {
    path: /^\/spec\/template\/metadata\/(name|namespace|creationTimestamp)$/,
    sides: 'missing',
    effect: 'same',
    reason: 'Kubernetes ignores it in the template of a Pod',
  },
  {
    path: /\/initContainers\/(wait-for-backends|find-resolver)\//,
    sides: 'added',
    effect: 'changed',
    reason: 'nginx does not start before the names of its backends resolve',
  },
  {
    path: /\/containers\/nginx\/ports\//,
    effect: 'same',
    reason: 'the ports on which nginx listens: 001 writes 80 whatever they are, and Kubernetes only shows them',
  },
  {
    object: /^Service /,
    path: /^\/spec\/(healthCheckNodePort|clusterIPs?|ipFamilies)(\/|$)/,
    sides: 'missing',
    effect: 'same',
    reason: 'Kubernetes chose it, and keeps it',
  },
  {
    object: /^Service /,
    path: /^\/spec\/ports\//,
    sides: 'changed',
    effect: 'lost',
    reason: 'a Balancer has one list of ports, with one target each, for all of its Services',
  },
];

/** Values that the API server fills in, by the ends of their paths. */
const DEFAULTS: readonly (readonly [RegExp, unknown])[] = [
  [/^\/spec\/progressDeadlineSeconds$/, 600],
  [/^\/spec\/revisionHistoryLimit$/, 10],
  [/^\/spec\/strategy\/type$/, 'RollingUpdate'],
  [/^\/spec\/strategy\/rollingUpdate\/(maxSurge|maxUnavailable)$/, '25%'],
  [/\/template\/spec\/dnsPolicy$/, 'ClusterFirst'],
  [/\/template\/spec\/restartPolicy$/, 'Always'],
  [/\/template\/spec\/schedulerName$/, 'default-scheduler'],
  [/\/template\/spec\/securityContext$/, '{}'],
  [/\/template\/spec\/terminationGracePeriodSeconds$/, 30],
  [/\/terminationMessagePath$/, '/dev/termination-log'],
  [/\/terminationMessagePolicy$/, 'File'],
  [/\/imagePullPolicy$/, 'IfNotPresent'],
  [/\/resources$/, '{}'],
  [/\/configMap\/defaultMode$/, 420],
  [/^\/spec\/type$/, 'ClusterIP'],
  [/^\/spec\/sessionAffinity$/, 'None'],
  [/^\/spec\/internalTrafficPolicy$/, 'Cluster'],
  [/^\/spec\/externalTrafficPolicy$/, 'Cluster'],
  [/^\/spec\/ipFamilyPolicy$/, 'SingleStack'],
  [/^\/spec\/allocateLoadBalancerNodePorts$/, true],
  [/\/protocol$/, 'TCP'],
];

const DEFAULT: Reason = { effect: 'same', reason: 'the default of Kubernetes' };

/** What is compared when a Service selects nothing but what stands for a blank. */
const PLACEHOLDER: Reason = { effect: 'fill in', reason: 'no file says it: write the value into the spec' };

/** Why leaves of a Balancer and of its objects differ. */
export function balancerReasons(
  originals: readonly PlainObject[],
  delivery: unknown,
): (leaf: LeafDifference) => Reason {
  const reasonOf = reasonsOf(originals);
  return (leaf) => {
    const { effect, reason } = reasonOf(leaf);
    const isLater = delivery === 'resource' && effect !== 'same' && !leaf.object.startsWith('Balancer ');
    return { effect, reason: isLater ? `the operator leaves it, until delivery is "objects": ${reason}` : reason };
  };
}

function reasonsOf(originals: readonly PlainObject[]): (leaf: LeafDifference) => Reason {
  const objects = new Map(originals.map((object) => [identityOf(object), object]));
  return (leaf) => {
    if (leaf.path.startsWith(`${CONF_PATH}/`)) return confReason(leaf);
    if (isStandIn(leaf.after)) return PLACEHOLDER;
    if (!objects.has(leaf.object)) return NEW_OBJECT;
    const side = !('before' in leaf) ? 'added' : !('after' in leaf) ? 'missing' : 'changed';
    const rule = RULES.find(({ object, path, sides }) => {
      return (object?.test(leaf.object) ?? true) && path.test(leaf.path) && (sides ?? side) === side;
    });
    if (rule !== undefined) return { effect: rule.effect, reason: rule.reason };
    if (side !== 'changed' && isDefault(leaf, objects.get(leaf.object))) return DEFAULT;
    return side === 'missing' && isSession(leaf.path) ? LOST : reasonFor(leaf);
  };
}

const NEW_OBJECT: Reason = {
  effect: 'changed',
  reason: 'a Balancer has the object too; your files say nothing about it, or it is not there yet',
};

const LOST: Reason = { effect: 'lost', reason: 'no field of a Balancer stands for it' };

/** Fields with a default that somebody has changed. */
function isSession(path: string): boolean {
  return /^\/spec\/(sessionAffinity|internalTrafficPolicy|ipFamilyPolicy)/.test(path);
}

function isDefault({ path, ...leaf }: LeafDifference, original: PlainObject | undefined): boolean {
  const value = 'before' in leaf ? leaf.before : leaf.after;
  if (DEFAULTS.some(([end, standard]) => end.test(path) && standard === value)) return true;
  const [spec, ports, port, field] = pointerKeys(path);
  if (spec !== 'spec' || ports !== 'ports' || field !== 'targetPort') return false;
  const entries = itemsAt(original, 'spec', 'ports');
  const entry = entries.find((one) => fieldOf(one, 'name') === port) ?? entries[Number(port)];
  return fieldOf(entry, 'port') === value;
}

function isStandIn(value: unknown): boolean {
  return value === STAND_IN_WEIGHT || (typeof value === 'string' && /^placeholder(-\d+)?$/.test(value));
}
