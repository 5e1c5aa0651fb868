import type { ReconcilerHubModel } from '../../model/hub/reconciler-hub';
import type { Metadata } from '../k8s';

/** Selector of the Pods of one part of a hub: a program, or the web back end. Immutable in the cluster. */
export function hubSelector({ name }: ReconcilerHubModel, component: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'kubecontroller',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': component,
  };
}

/** Component of the web back end: no program of a reconciler has this name, since it has no prefix. */
export const WEB_COMPONENT = 'web-backend';

/** Component of one program. */
export function unitComponent(model: ReconcilerHubModel, unit: string): string {
  return unit === model.name ? 'hub' : `reconciler-${unit}`;
}

/** Metadata of an object of a hub: the user's labels and ours in profile hardened, ours alone in upstream. */
export function hubMetadata(model: ReconcilerHubModel, component: string, name: string): Metadata {
  const { profile, namespace, labels } = model;
  const standard = { ...hubSelector(model, component), 'app.kubernetes.io/managed-by': 'cdk8s-balancer' };
  return { name, namespace, labels: profile === 'hardened' ? { ...labels, ...standard } : standard };
}
