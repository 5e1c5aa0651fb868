import type {
  ClusterRole,
  ClusterRoleBinding,
  Metadata,
  PolicyRule,
  Role,
  RoleBinding,
  ServiceAccount,
  Subject,
} from './k8s';

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
const RBAC = 'rbac.authorization.k8s.io';

/** A ServiceAccount whose token is mounted only where a Pod asks for it. */
export function serviceAccount(metadata: Metadata): ServiceAccount {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false };
}

/** Permissions in one namespace. */
export function role(metadata: Metadata, rules: readonly PolicyRule[]): Role {
  return { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata, rules };
}

/** Permissions in the whole cluster. */
export function clusterRole({ namespace: _, ...metadata }: Metadata, rules: readonly PolicyRule[]): ClusterRole {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata, rules };
}

/** The account of a binding: Kubernetes requires its namespace, also in a binding of the same namespace. */
export interface AccountRef {
  readonly name: string;
  readonly namespace: string;
}

/** Grants a Role, or a ClusterRole for one namespace, to accounts. */
export function roleBinding(
  metadata: Metadata,
  grant: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string },
  accounts: readonly AccountRef[],
): RoleBinding {
  const roleRef = { apiGroup: RBAC, kind: grant.kind, name: grant.name };
  return { apiVersion: `${RBAC}/v1`, kind: 'RoleBinding', metadata, roleRef, subjects: accounts.map(subjectOf) };
}

/** Grants a ClusterRole in the whole cluster to accounts. */
export function clusterRoleBinding(
  { namespace: _, ...metadata }: Metadata,
  clusterRoleName: string,
  accounts: readonly AccountRef[],
): ClusterRoleBinding {
  const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: clusterRoleName };
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata, roleRef, subjects: accounts.map(subjectOf) };
}

function subjectOf({ name, namespace }: AccountRef): Subject {
  return { kind: 'ServiceAccount', name, namespace };
}
