import { type BalancerOperatorModel, MANAGER_SELECTOR } from '../../model/operator/balancer-operator';
import type { Metadata } from '../k8s';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const STANDARD_LABELS = {
  'app.kubernetes.io/name': 'balancer-operator',
  'app.kubernetes.io/component': 'manager',
  'app.kubernetes.io/managed-by': 'cdk8s-balancer',
} as const;

/** Metadata of an object of the operator: the user's labels and ours in profile hardened, the original's in upstream. */
export function operatorMetadata(
  { profile, name: instance, namespace, labels }: BalancerOperatorModel,
  name: string,
  own: Readonly<Record<string, string>> = {},
): Metadata {
  const standard = { ...STANDARD_LABELS, 'app.kubernetes.io/instance': instance };
  const all = profile === 'hardened' ? { ...labels, ...standard, ...own } : own;
  return { name, namespace, ...(Object.keys(all).length > 0 && { labels: all }) };
}

/** The same for what has no namespace. */
export function clusterMetadata(...args: Parameters<typeof operatorMetadata>): Metadata {
  const { namespace: _, ...metadata } = operatorMetadata(...args);
  return metadata;
}

/** Labels of the manager's Pods. The user's own are not among them: a backend could select them. */
export function managerPodLabels({ profile, name }: BalancerOperatorModel): Readonly<Record<string, string>> {
  if (profile === 'upstream') return MANAGER_SELECTOR;
  return { ...STANDARD_LABELS, 'app.kubernetes.io/instance': name, ...MANAGER_SELECTOR };
}
