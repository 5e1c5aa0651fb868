import {
  type AccessNeed,
  type AccessRule,
  type AccessTable,
  ALL,
  type ControllerAccess,
  type DroppedAccess,
  READ,
} from '../access';
import { LEASES, OWNERS, RECORDER } from '../access-sources';
import {
  type HubUnitModel,
  type ReconcilerHubModel,
  type ReconcilerModel,
  type ResourceRef,
  unitNames,
} from './reconciler-hub';

const ROLE = 'rebirthmonkey/k8s-dev@f42b0db:scaffold/kubecontroller/configs/at/rbac/role.yaml';
const POD_ROLE = 'rebirthmonkey/k8s-dev@ba28ca6:scaffold/kubecontroller/configs/at/rbac/pod_role.yaml';

/** What a program needs for its reconcilers and its Gin server, without leader election. */
export function workNeeds({ filters, apiExt }: ReconcilerHubModel, unit: HubUnitModel): AccessNeed[] {
  const needs = [
    ...unit.reconcilers.flatMap(reconcilerNeeds),
    ...(apiExt?.reads ?? []).map((read) => need(read, READ, 'APIExt reads them', read.pointer)),
  ];
  return needs.map(({ isClusterScoped, ...rest }) => {
    if (filters.namespaces.length === 0 || isClusterScoped) return { ...rest, scope: 'cluster' };
    return { ...rest, scope: 'namespace', where: `in ${filters.namespaces.join(', ')} only` };
  });
}

type Need = Omit<AccessNeed, 'scope'> & { readonly isClusterScoped: boolean };

function need({ group, plural, scope }: ResourceRef, verbs: readonly string[], purpose: string, source: string): Need {
  const rules = [{ apiGroups: [group], resources: [plural], verbs }];
  return { feature: 'always', rules, purpose, source, isClusterScoped: scope === 'Cluster' };
}

function reconcilerNeeds({ name, resource, hasStatus, owns, watches }: ReconcilerModel): Need[] {
  const part = (subresource: string): ResourceRef => ({ ...resource, plural: `${resource.plural}/${subresource}` });
  const { pointer } = resource;
  return [
    need(resource, [...READ, 'update', 'patch'], `${name} follows them, and keeps finalizers and labels`, pointer),
    ...(hasStatus
      ? [need(part('status'), ['get', 'update', 'patch'], `${name} writes what it has found`, pointer)]
      : []),
    ...(owns.length > 0
      ? [need(part('finalizers'), ['update'], `${name} makes them owners, where the API server guards that`, OWNERS)]
      : []),
    ...owns.map((owned) => need(owned, ALL, `${name} owns them`, owned.pointer)),
    ...watches.map((watched) => need(watched, READ, `${name} watches them`, watched.pointer)),
  ];
}

/** What a program needs in its own namespace to be the only one that works. */
export function electionNeeds(unit: HubUnitModel): AccessNeed {
  const lease = { apiGroups: ['coordination.k8s.io'], resources: ['leases'] };
  return {
    feature: 'leader-election',
    scope: 'namespace',
    rules: [
      // Who creates an object cannot be limited to a name.
      { ...lease, verbs: ['create'] },
      { ...lease, verbs: ['get', 'update'], resourceNames: [leaseName(unit)] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ],
    purpose: `${unit.name} holds the lease that only one replica has, and says so`,
    source: `${LEASES}; ${RECORDER}`,
  };
}

/** The lease of a program. */
export function leaseName({ name }: HubUnitModel): string {
  return unitNames(name).manager;
}

/** What kubebuilder's markers of 004 grant for the resource of a reconciler. */
export function originalRules({ resource: { group, plural } }: ReconcilerModel): readonly AccessRule[] {
  return [
    { apiGroups: [group], resources: [plural], verbs: ALL },
    { apiGroups: [group], resources: [`${plural}/finalizers`], verbs: ['update'] },
    { apiGroups: [group], resources: [`${plural}/status`], verbs: ['get', 'update', 'patch'] },
  ];
}

/** 004's role for Pods: those of every API group. */
export const ORIGINAL_POD_RULE: AccessRule = { apiGroups: ['*'], resources: ['pods'], verbs: ALL };

/** Whether a resource is that of Pods. */
export function isPods({ group, plural }: ResourceRef): boolean {
  return group === '' && plural === 'pods';
}

/** Whether 004 would give a program its role for Pods. */
export function usesPods({ reconcilers }: HubUnitModel): boolean {
  return reconcilers.some(({ owns, watches }) => [...owns, ...watches].some(isPods));
}

/** What is known of the permissions of a hub. With another API server its accounts have none in this cluster. */
export function hubAccess(model: ReconcilerHubModel): ControllerAccess {
  const { units, manager } = model;
  const reconcilers = units.flatMap((unit) => unit.reconcilers);
  const works = manager.kubeconfig === undefined;
  const hasPodRole = units.some(usesPods);
  const table: AccessTable = {
    originalSource: hasPodRole ? `${ROLE}; ${POD_ROLE}` : ROLE,
    original: [...reconcilers.flatMap(originalRules), ...(hasPodRole ? [ORIGINAL_POD_RULE] : [])],
    needs: works ? units.flatMap((unit) => [...workNeeds(model, unit), electionNeeds(unit)]) : [],
    dropped: [...reconcilers.flatMap((one) => droppedOf(one, works)), ...(hasPodRole ? [POD_WILDCARD] : [])],
  };
  return { table, features: new Set(manager.electsLeader ? ['leader-election'] : []) };
}

const POD_WILDCARD: DroppedAccess = {
  apiGroup: '*',
  resource: 'pods',
  verb: '*',
  reason: 'Pods are of the core group; "*" is also the Pods of metrics.k8s.io and of whatever is installed next',
  source: POD_ROLE,
};

function droppedOf({ resource: { group, plural } }: ReconcilerModel, works: boolean): DroppedAccess[] {
  const drop = (resource: string, reason: string): DroppedAccess => ({
    apiGroup: group,
    resource,
    verb: '*',
    reason: works ? reason : 'its objects are on another API server',
    source: ROLE,
  });
  return [
    drop(plural, 'objects of the resource belong to users: its reconciler creates and deletes none'),
    drop(`${plural}/finalizers`, 'the reconciler owns nothing'),
    drop(`${plural}/status`, 'the resource has no status subresource'),
  ];
}
