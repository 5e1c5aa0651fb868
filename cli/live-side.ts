import { liveSnapshot, MARK } from '../compiler/analysis/live-snapshot';
import type { Snapshot } from '../compiler/analysis/snapshot';
import type { KubernetesObject } from '../compiler/manifest/k8s';
import { printDocuments } from '../compiler/manifest/yaml/yaml-writer';
import { clusterObjects, labelledObjects } from '../judge/cluster';

/** What a cluster has of the objects of a snapshot, and of ours besides; or why nobody knows. */
type LiveSide = Snapshot | Unanswered;

/** Asks the cluster of the current context. Nothing in it is changed. */
export function readLiveSide({ objects }: Snapshot): LiveSide {
  const answer = knownObjects(objects as unknown as readonly KubernetesObject[]);
  if (!('known' in answer)) return answer;
  const { known, unknownKinds } = answer;
  const namespaces = namespacesOf(objects as unknown as readonly KubernetesObject[]);
  const { marked, problems } = markedObjects(namespaces);
  const live = liveSnapshot(objects, { known, marked });
  const notLookedAt = [...live.notLookedAt!, ...unlooked(namespaces), ...problems];
  return {
    ...live,
    notLookedAt: [...unknownKinds.map((kind) => `${kind}: the cluster does not know it`), ...notLookedAt],
  };
}

type Unanswered = { readonly problem: string } | { readonly missing: 'kubectl' };

interface Known {
  readonly known: readonly object[];
  readonly unknownKinds: readonly string[];
}

/** https://github.com/kubernetes/apimachinery/blob/v0.30.0/pkg/api/meta/errors.go */
const NO_KIND = /no matches for kind "([^"]+)" in version "([^"]+)"/g;

/** The objects of manifests; those of kinds that the cluster does not know, such as of a definition that comes, are not there. */
function knownObjects(objects: readonly KubernetesObject[]): Known | Unanswered {
  const answer = clusterObjects(printDocuments(objects));
  if ('missing' in answer) return answer;
  if (answer.problem === undefined) return { known: answer.objects ?? [], unknownKinds: [] };
  const unknown = new Set([...answer.problem.matchAll(NO_KIND)].map(([, kind, version]) => `${kind} of ${version}`));
  const rest = objects.filter(({ kind, apiVersion }) => !unknown.has(`${kind} of ${apiVersion}`));
  if (unknown.size === 0 || rest.length === objects.length) return { problem: answer.problem };
  const again = rest.length === 0 ? { objects: [] } : clusterObjects(printDocuments(rest));
  if ('missing' in again) return again;
  if (again.problem !== undefined) return { problem: again.problem };
  return { known: again.objects ?? [], unknownKinds: [...unknown].sort() };
}

/** Resources that we make, of every cluster. */
const IN_NAMESPACES = [
  'configmaps',
  'serviceaccounts',
  'services',
  'daemonsets.apps',
  'deployments.apps',
  'statefulsets.apps',
  'ingresses.networking.k8s.io',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'rolebindings.rbac.authorization.k8s.io',
  'roles.rbac.authorization.k8s.io',
];
const WITHOUT_NAMESPACE = [
  'namespaces',
  'customresourcedefinitions.apiextensions.k8s.io',
  'ingressclasses.networking.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
];

/** Resources that we make, and not every cluster has. Each is asked for by itself: one that is not there would fail the others. */
const OPTIONAL = [
  { resource: 'externalsecrets.external-secrets.io', scope: '*' },
  { resource: 'servicemonitors.monitoring.coreos.com', scope: '*' },
  { resource: 'albconfigs.alibabacloud.com', scope: undefined },
  { resource: 'validatingadmissionpolicies.admissionregistration.k8s.io', scope: undefined },
  { resource: 'validatingadmissionpolicybindings.admissionregistration.k8s.io', scope: undefined },
];

/** More of them are asked for at once. */
const MOST_NAMESPACES = 8;

function markedObjects(namespaces: readonly string[]) {
  const scopes = namespaces.length > MOST_NAMESPACES ? ['*'] : namespaces;
  const questions = [
    ...scopes.map((scope) => ({ resources: IN_NAMESPACES, scope })),
    { resources: WITHOUT_NAMESPACE, scope: undefined },
    ...OPTIONAL.map(({ resource, scope }) => ({ resources: [resource], scope })),
  ];
  const answers = questions.map(({ resources, scope }) => {
    const answer = labelledObjects(resources, `${MARK.label}=${MARK.value}`, scope);
    return 'missing' in answer ? { problem: `the program "${answer.missing}" is missing` } : answer;
  });
  const marked = answers.flatMap(({ objects = [] }) => objects).filter((object) => isIn(namespaces, object));
  const problems = answers.flatMap(({ problem }) => (problem === undefined ? [] : problem.split('\n')));
  return {
    marked,
    problems: [...new Set(problems.filter((problem) => !/doesn't have a resource type/.test(problem)))],
  };
}

function isIn(namespaces: readonly string[], object: object): boolean {
  const { namespace } = ((object as { readonly metadata?: object }).metadata ?? {}) as { readonly namespace?: string };
  return namespace === undefined || namespaces.includes(namespace);
}

function namespacesOf(objects: readonly KubernetesObject[]): string[] {
  const names = objects.flatMap(({ kind, metadata }) =>
    kind === 'Namespace' ? metadata.name : (metadata.namespace ?? []),
  );
  return [...new Set(names)].sort();
}

function unlooked(namespaces: readonly string[]): string[] {
  const [shown, more] = [namespaces.slice(0, MOST_NAMESPACES), namespaces.length - MOST_NAMESPACES];
  const all = `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    `objects that no spec makes, in other namespaces than ${all}`,
    `objects that no spec makes and that do not bear the label ${MARK.label}=${MARK.value}: those of profile upstream, and those of other documents`,
    'what is not in the cluster: configurations of switches, and files for people',
    'objects that no spec makes, of kinds that cdk8s-balancer does not make: Secrets, Pods, custom resources',
  ];
}
