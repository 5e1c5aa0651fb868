import type { ReconcilerHubSpec } from '../../spec/generated/reconciler-hub';
import type { Problems } from '../problems';
import type { NamedResource, ReconcilerHubModel, ReconcilerModel } from './reconciler-hub';

/** Objects of cluster-scoped resources are in no namespace; and nothing in a namespace may own one. */
export function checkScopes({ units, filters }: ReconcilerHubModel, _: ReconcilerHubSpec, problems: Problems): void {
  for (const { resource, owns } of reconcilersOf(units)) {
    if (resource.scope === 'Cluster' && filters.namespaces.length > 0) {
      const message = `"${nameOf(resource)}" is in no namespace, and resourceFilters shows objects of some namespaces only`;
      problems.add('BAL3270', resource.pointer, message);
    }
    if (resource.scope === 'Cluster') continue;
    for (const owned of owns.filter(({ scope }) => scope === 'Cluster')) {
      const message = `"${nameOf(resource)}" is in a namespace and cannot own "${nameOf(owned)}", which is in none`;
      problems.add('BAL3271', owned.pointer, message);
    }
  }
}

/** Groups and resources that give more than they seem to: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
const ESCALATING: ReadonlySet<string> = new Set([
  'rbac.authorization.k8s.io',
  'admissionregistration.k8s.io',
  'certificates.k8s.io',
  'apiregistration.k8s.io',
]);

/** What a program may read of Secrets, or change of what guards the cluster, is told, since the spec does not look like it. */
export function checkSecrets(
  { units, filters, apiExt }: ReconcilerHubModel,
  _: ReconcilerHubSpec,
  problems: Problems,
): void {
  const reconcilers = reconcilersOf(units);
  const read = [...reconcilers.flatMap(({ owns, watches }) => [...owns, ...watches]), ...(apiExt?.reads ?? [])];
  for (const { group, plural, pointer } of read) {
    if (group !== '' || plural !== 'secrets' || filters.namespaces.length > 0) continue;
    problems.add('BAL3181', pointer, 'the hub reads the Secrets of all namespaces');
  }
  for (const owned of reconcilers.flatMap(({ owns }) => owns)) {
    if (!ESCALATING.has(owned.group)) continue;
    problems.add('BAL3185', owned.pointer, `the hub writes "${nameOf(owned)}"`);
  }
}

function reconcilersOf(units: ReconcilerHubModel['units']): readonly ReconcilerModel[] {
  return units.flatMap(({ reconcilers }) => reconcilers);
}

function nameOf({ group, plural }: NamedResource): string {
  return [plural, group].filter(Boolean).join('.');
}
