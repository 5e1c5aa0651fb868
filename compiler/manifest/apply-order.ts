import { groupOf } from '../spec/validate';
import type { KubernetesObject } from './k8s';

/**
 * When a manifest is applied, the lowest first: namespaces, definitions of resources, what has no namespace, what has one,
 * resources that others define, and what the API server asks about every request, which must be able to answer by then.
 */
export const APPLY_RANKS = [0, 1, 2, 3, 4, 5] as const;

/** One of them. */
export type ApplyRank = (typeof APPLY_RANKS)[number];

/** API groups of Kubernetes itself: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.30/ */
const BUILT_IN: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

const RANK_OF_KIND: Readonly<Partial<Record<string, ApplyRank>>> = {
  Namespace: 0,
  CustomResourceDefinition: 1,
  APIService: 5,
  MutatingWebhookConfiguration: 5,
  ValidatingWebhookConfiguration: 5,
};

/** The rank of the objects of one manifest: that of the one which others wait for most. */
export function rankOf(objects: readonly KubernetesObject[]): ApplyRank {
  const ranks = new Set(objects.map(rankOfObject));
  return APPLY_RANKS.find((rank) => ranks.has(rank)) ?? 5;
}

function rankOfObject({ apiVersion, kind, metadata }: KubernetesObject): ApplyRank {
  if (!BUILT_IN.has(groupOf(apiVersion))) return 4;
  return (
    (Object.hasOwn(RANK_OF_KIND, kind) ? RANK_OF_KIND[kind] : undefined) ?? (metadata.namespace === undefined ? 2 : 3)
  );
}
