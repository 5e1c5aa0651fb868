import { type AccessRule, neededAccess } from '../../model/access';
import { BALANCER_OPERATOR_ACCESS as ACCESS } from '../../model/operator/access-balancer-operator';
import {
  type BalancerOperatorModel,
  OPERATOR_NAMES as NAMES,
  type OperatorFeature,
} from '../../model/operator/balancer-operator';
import type { KubernetesObject, Metadata } from '../k8s';
import { type AccountRef, clusterRole, clusterRoleBinding, role, roleBinding, serviceAccount } from '../rbac';
import { clusterMetadata, operatorMetadata } from './operator-metadata';

/** Features of the operator by which permissions are known. */
type Feature = 'always' | OperatorFeature;

/** What the original lets a leader do: hliangzhao/balancer@49d98fd:config/rbac/leader_election_role.yaml. */
const ORIGINAL_LEADER_ELECTION: readonly AccessRule[] = [
  ...[
    { apiGroups: [''], resources: ['configmaps'] },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'] },
  ].map((rule) => ({ ...rule, verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] })),
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
];

/** The account of the manager, and everything that it may do. */
export function managerPermissions(model: BalancerOperatorModel): KubernetesObject[] {
  const account = { name: NAMES.manager, namespace: model.namespace };
  const metadata = operatorMetadata(model, NAMES.manager);
  return [
    // In upstream as the original has it: its token is mounted into every Pod of the account.
    model.profile === 'hardened' ? serviceAccount(metadata) : { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    ...leaderElection(model, account),
    ...work(model, account),
    ...metricsPermissions(model, account),
    ...userRoles(model),
  ];
}

/** The rules that one feature needs. */
function rulesFor(feature: Feature): readonly AccessRule[] {
  const needs = ACCESS.needs.filter((need) => need.feature === feature);
  const { cluster, namespace } = neededAccess({ ...ACCESS, needs }, new Set([feature]));
  return [...cluster, ...namespace];
}

/** The lease, and events about it, in the namespace of the manager. */
function leaderElection(model: BalancerOperatorModel, account: AccountRef): KubernetesObject[] {
  if (!model.manager.electsLeader) return [];
  const needed = [...rulesFor('leader-election'), ...(model.manager.isOriginal ? rulesFor('config-map-lock') : [])];
  const rules = model.profile === 'hardened' ? needed : ORIGINAL_LEADER_ELECTION;
  const grant = { kind: 'Role', name: NAMES.leaderElectionRole } as const;
  return [
    role(operatorMetadata(model, NAMES.leaderElectionRole), rules),
    roleBinding(operatorMetadata(model, NAMES.leaderElectionBinding), grant, [account]),
  ];
}

/** What the manager does for Balancers: in the whole cluster, or in the namespaces that it watches. */
function work(model: BalancerOperatorModel, account: AccountRef): KubernetesObject[] {
  const { profile, watchNamespaces } = model;
  const rules = profile === 'hardened' ? rulesFor('always') : ACCESS.original;
  if (profile === 'upstream' || watchNamespaces.length === 0) {
    return [
      clusterRole(clusterMetadata(model, NAMES.managerRole), rules),
      clusterRoleBinding(clusterMetadata(model, NAMES.managerBinding), NAMES.managerRole, [account]),
    ];
  }
  const grant = { kind: 'Role', name: NAMES.managerRole } as const;
  return watchNamespaces.flatMap((namespace) => [
    role({ ...operatorMetadata(model, NAMES.managerRole), namespace }, rules),
    roleBinding({ ...operatorMetadata(model, NAMES.managerBinding), namespace }, grant, [account]),
  ]);
}

/** Who asks about readers, and a role for the readers, which is bound to nobody. */
function metricsPermissions(model: BalancerOperatorModel, account: AccountRef): KubernetesObject[] {
  if (model.metrics === undefined) return [];
  return [
    metricsReader(clusterMetadata(model, NAMES.metricsReader)),
    clusterRole(clusterMetadata(model, NAMES.proxyRole), rulesFor('metrics-authentication')),
    clusterRoleBinding(clusterMetadata(model, NAMES.proxyBinding), NAMES.proxyRole, [account]),
  ];
}

/** The L1 types write nonResourceUrLs. */
interface NonResourceRole extends KubernetesObject {
  readonly rules: readonly { readonly nonResourceURLs: readonly string[]; readonly verbs: readonly string[] }[];
}

function metricsReader(metadata: Metadata): NonResourceRole {
  const rules = [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }];
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata, rules };
}

/** Roles for people: hliangzhao/balancer@348fdfc:config/rbac/balancer_editor_role.yaml and balancer_viewer_role.yaml. */
function userRoles(model: BalancerOperatorModel): KubernetesObject[] {
  const verbs = {
    editor: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    viewer: ['get', 'list', 'watch'],
  };
  const apiGroups = ['exposer.hliangzhao.io'];
  return model.userRoles.map((name) =>
    clusterRole(clusterMetadata(model, NAMES.userRoles[name]), [
      { apiGroups, resources: ['balancers'], verbs: verbs[name] },
      { apiGroups, resources: ['balancers/status'], verbs: ['get'] },
    ]),
  );
}
