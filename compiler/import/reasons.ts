import type { LeafDifference } from '../spec/leaf-differences';
import { isPlaceholder } from './placeholder';
import { BGP_RULES } from './reasons-bgp';
import type { Reason, Rule } from './rule';

const DEPRECATED = 'the version is no longer served; the object is the same';

/** Flags of 000 that the output always has. */
const FLAG_RULES: readonly Rule[] = [
  {
    object: /^Deployment /,
    path: /\/command\/--(?:configure-cloud-routes|leader-elect-resource-name)$/,
    after: /=(?:true|ccm)$/,
    sides: 'added',
    effect: 'same',
    reason: 'what the program does without the flag, written out',
  },
  {
    object: /^Deployment /,
    path: /\/command\/--cluster-cidr$/,
    sides: 'added',
    effect: 'fill in',
    reason:
      'the program configures routes where no flag says otherwise, and ends at its start without the network of the Pods',
  },
  {
    object: /^Deployment /,
    path: /\/command\/--(?:controllers|cloud-config)$/,
    sides: 'added',
    effect: 'changed',
    reason: 'the flag as 000 has it: your files leave it to the program',
  },
];

/** Rules in the order in which they are tried: special ones first. */
const RULES: readonly Rule[] = [
  ...BGP_RULES,
  ...FLAG_RULES,
  { path: /^\/apiVersion$/, sides: 'changed', effect: 'same', reason: DEPRECATED },
  {
    path: /\/env\/ACCESS_KEY_(ID|SECRET)\/valueFrom\/(configMapKeyRef|secretKeyRef)\//,
    effect: 'changed',
    reason: 'the key comes from a Secret of that name, which you make: it does not stand in a ConfigMap',
  },
  {
    object: /^ConfigMap /,
    path: /^\/data\/(cloud-config\.conf|write-cloud-config\.sh)$/,
    effect: 'changed',
    reason:
      'strict JSON, and no keys: an init container writes them in from the Secret. Take the keys that stood there out of use',
  },
  {
    object: /^ConfigMap /,
    path: /^\/data\/special\.key(id|secret)$/,
    effect: 'changed',
    reason: 'a key does not stand in a ConfigMap: make a Secret, and take the key that stood there out of use',
  },
  {
    object: /^Deployment /,
    path: /\/(initContainers|volumes)\//,
    effect: 'changed',
    reason: 'the init container that writes the keys of the Secret into cloud-config.conf',
  },
  {
    path: /\/securityContext\/fsGroup$/,
    sides: 'added',
    effect: 'changed',
    reason: 'the files with keys are readable for the group of the Pod only',
  },
  { path: /\/volumeMounts\/.*\/readOnly$/, sides: 'added', effect: 'same', reason: 'a ConfigMap never was writable' },
  { path: /\/ports\/health\//, sides: 'added', effect: 'same', reason: 'the port that the probe asks, declared' },
  {
    path: /\/dnsPolicy$/,
    sides: 'added',
    effect: 'same',
    reason: 'what Kubernetes makes of a Pod on the host network, written out',
  },
  {
    path: /critical-pod$/,
    sides: 'missing',
    effect: 'same',
    reason: 'the annotation has had no effect since Kubernetes 1.16',
  },
  {
    path: /node-role\.kubernetes\.io~1(master|control-plane)$/,
    effect: 'changed',
    reason: 'the label "master" is gone since Kubernetes 1.24; nodes of the control plane have the new one',
  },
  {
    path: /\/tolerations\/\d+\/key$/,
    sides: 'changed',
    effect: 'changed',
    reason: 'the taint "master" is gone since Kubernetes 1.25; nodes of the control plane have the new one',
  },
  {
    path: /\/livenessProbe\/httpGet\/port$/,
    sides: 'changed',
    effect: 'changed',
    reason: 'the probe asks the port that the program listens on; 10252 is kube-controller-manager on the same node',
  },
  {
    object: /^ServiceAccount /,
    path: /./,
    sides: 'added',
    effect: 'changed',
    reason: 'the account was bound and not there: anybody who may create accounts could take its permissions',
  },
  {
    object: /^Service /,
    path: /^\/metadata\/annotations\/.*alicloud-loadbalancer-/,
    sides: 'missing',
    effect: 'same',
    reason: 'an old prefix; the same annotation stands under the new one',
  },
  {
    object: /^Service /,
    path: /^\/metadata\/annotations\/.*alibaba-cloud-loadbalancer-/,
    sides: 'added',
    effect: 'same',
    reason: 'the annotation by its new name, or what a listener of this protocol needs',
  },
  {
    path: /last-applied-configuration$/,
    sides: 'missing',
    effect: 'same',
    reason: 'kubectl writes it',
  },
  {
    object: /^Service /,
    path: /^\/metadata\/annotations\//,
    sides: 'missing',
    effect: 'lost',
    reason: 'no field of a LoadBalancerService stands for the annotation',
  },
  {
    object: /^Service /,
    path: /^\/spec\/ports\/[^/]+\/(targetPort|protocol|name)$/,
    sides: 'added',
    effect: 'same',
    reason: 'what Kubernetes fills in, written out',
  },
  {
    object: /^Service /,
    path: /^\/spec\/(externalTrafficPolicy|allocateLoadBalancerNodePorts|ipFamilyPolicy|sessionAffinity)$/,
    sides: 'added',
    effect: 'same',
    reason: 'the default of Kubernetes, written out',
  },
  {
    object: /^Service /,
    path: /^\/spec\/loadBalancerClass$/,
    sides: 'added',
    effect: 'changed',
    reason:
      'other controllers of load balancers leave the Service alone; the field cannot be added to a Service that is there',
  },
  {
    object: /^Service /,
    path: /^\/spec\/(clusterIP|clusterIPs|internalTrafficPolicy|ipFamilies|ipFamilyPolicy|sessionAffinity)/,
    sides: 'missing',
    effect: 'same',
    reason: 'Kubernetes chose it, and keeps it',
  },
  { path: /^\/status/, sides: 'missing', effect: 'same', reason: 'the cluster writes the status' },
  {
    path: /^\/metadata\/(creationTimestamp|generation|managedFields|resourceVersion|selfLink|uid)/,
    sides: 'missing',
    effect: 'same',
    reason: 'the API server writes it',
  },
  {
    object: /^Balancer /,
    path: /^\/(spec\/(profile|delivery)|metadata\/(namespace|labels\/.*))$/,
    sides: 'added',
    effect: 'same',
    reason: 'said by the spec itself; the operator does not read it',
  },
  {
    path: /^\/metadata\/namespace$/,
    sides: 'added',
    effect: 'same',
    reason: 'the namespace where kubectl puts an object without one',
  },
];

/** What is said of a difference that no rule knows: somebody has changed the manifest of the document by hand. */
export const GENERAL: Readonly<Record<'added' | 'missing' | 'changed', Reason>> = {
  added: { effect: 'changed', reason: 'as the original manifest has it; your files say nothing about it' },
  missing: { effect: 'lost', reason: 'no field of the spec stands for it' },
  changed: {
    effect: 'lost',
    reason: 'no field of the spec stands for it: the output has the value of the original manifest',
  },
};

/** Why a leaf differs. */
export function reasonFor({ object, path, ...sides }: LeafDifference): Reason {
  // A file may hold one, and still differ for another reason.
  if (isPlaceholder(sides.before) && !path.startsWith('/data/')) {
    return { effect: 'fill in', reason: 'a placeholder stood there: write the value into the spec' };
  }
  const side = !('before' in sides) ? 'added' : !('after' in sides) ? 'missing' : 'changed';
  const rule = RULES.find((candidate) => {
    if (candidate.object && !candidate.object.test(object)) return false;
    if (candidate.after && !('after' in sides && candidate.after.test(String(sides.after)))) return false;
    return candidate.path.test(path) && (candidate.sides ?? side) === side;
  });
  return rule === undefined ? GENERAL[side] : { effect: rule.effect, reason: rule.reason };
}
