import { type AccessRule, mergeRules } from '../../model/access';
import {
  electionNeeds,
  isPods,
  ORIGINAL_POD_RULE,
  originalRules,
  usesPods,
  workNeeds,
} from '../../model/hub/access-reconciler-hub';
import { type HubUnitModel, type ReconcilerHubModel, unitNames } from '../../model/hub/reconciler-hub';
import type { KubernetesObject } from '../k8s';
import { clusterRole, clusterRoleBinding, role, roleBinding, serviceAccount } from '../rbac';
import { hubMetadata, unitComponent } from './hub-metadata';

/** The account of one program of a hub, and everything that it may do. */
export function hubPermissions(model: ReconcilerHubModel, unit: HubUnitModel): KubernetesObject[] {
  const names = unitNames(unit.name);
  const metadata = hubMetadata(model, unitComponent(model, unit.name), names.manager);
  const account: KubernetesObject =
    model.profile === 'hardened' ? serviceAccount(metadata) : { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
  // Of another API server, the account of this cluster is a stranger.
  if (model.manager.kubeconfig !== undefined) return [account];
  return [
    account,
    ...(model.profile === 'upstream' ? original(model, unit) : [...work(model, unit), ...election(model, unit)]),
  ];
}

/** What its reconcilers need: in the whole cluster, or in the namespaces that they see. */
function work(model: ReconcilerHubModel, unit: HubUnitModel): KubernetesObject[] {
  const needs = workNeeds(model, unit);
  const rulesOf = (wanted: 'cluster' | 'namespace'): readonly AccessRule[] =>
    mergeRules(needs.filter(({ scope }) => scope === wanted).flatMap(({ rules }) => rules));
  const names = unitNames(unit.name);
  const inNamespaces = rulesOf('namespace');
  const granted = model.filters.namespaces.flatMap((namespace) =>
    roleIn(namespace, names.role, names.binding, inNamespaces, model, unit),
  );
  return [
    ...inCluster(names.role, names.binding, rulesOf('cluster'), model, unit),
    ...(inNamespaces.length > 0 ? granted : []),
  ];
}

/** 004's roles: kubebuilder's for each resource, and the one for Pods; what they do not have is as in hardened. */
function original(model: ReconcilerHubModel, unit: HubUnitModel): KubernetesObject[] {
  const names = unitNames(unit.name);
  const own = new Set(unit.reconcilers.map(({ resource: { group, plural } }) => `${group}/${plural}`));
  const others = workNeeds(model, unit)
    .flatMap(({ rules }) => rules)
    .filter(({ apiGroups: [group = ''], resources: [plural = ''] }) => {
      return !own.has(`${group}/${plural.split('/')[0]}`) && !isPods({ group, plural, scope: 'Namespaced' });
    });
  const rules = [...unit.reconcilers.flatMap(originalRules), ...mergeRules(others)];
  return [
    ...inCluster(names.role, names.binding, rules, model, unit),
    ...(usesPods(unit) ? inCluster(names.podRole, names.podBinding, [ORIGINAL_POD_RULE], model, unit) : []),
  ];
}

/** The lease, and events about it, in the namespace of the hub. */
function election(model: ReconcilerHubModel, unit: HubUnitModel): KubernetesObject[] {
  if (!model.manager.electsLeader) return [];
  const names = unitNames(unit.name);
  const { rules } = electionNeeds(unit);
  return roleIn(model.namespace, names.leaderElectionRole, names.leaderElectionBinding, rules, model, unit);
}

type Grant = readonly [model: ReconcilerHubModel, unit: HubUnitModel];

function inCluster(
  name: string,
  binding: string,
  rules: readonly AccessRule[],
  ...[model, unit]: Grant
): KubernetesObject[] {
  if (rules.length === 0) return [];
  const component = unitComponent(model, unit.name);
  const account = { name: unitNames(unit.name).manager, namespace: model.namespace };
  return [
    clusterRole(hubMetadata(model, component, name), rules),
    clusterRoleBinding(hubMetadata(model, component, binding), name, [account]),
  ];
}

function roleIn(
  namespace: string,
  name: string,
  binding: string,
  rules: readonly AccessRule[],
  ...[model, unit]: Grant
): KubernetesObject[] {
  const component = unitComponent(model, unit.name);
  const account = { name: unitNames(unit.name).manager, namespace: model.namespace };
  return [
    role({ ...hubMetadata(model, component, name), namespace }, rules),
    roleBinding({ ...hubMetadata(model, component, binding), namespace }, { kind: 'Role', name }, [account]),
  ];
}
