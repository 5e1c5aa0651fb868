import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Metadata, PolicyRule } from '../compiler/manifest/k8s';
import {
  type AccountRef,
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
  serviceAccount,
} from '../compiler/manifest/rbac';
import { addObject, withoutNamespace } from './add-object';
import { inChart } from './rendered-config-map';

const RBAC = 'rbac.authorization.k8s.io/v1';

/** Props of a `ServiceAccount`. */
export interface ServiceAccountProps {
  readonly metadata: Metadata;
}

/** A ServiceAccount whose token is mounted only where a Pod asks for it. */
export class ServiceAccount extends Construct implements AccountRef {
  readonly apiObject: ApiObject;
  readonly name: string;
  readonly namespace: string;

  constructor(scope: Construct, id: string, { metadata }: ServiceAccountProps) {
    super(scope, id);
    this.name = metadata.name;
    this.namespace = metadata.namespace ?? Chart.of(this).namespace ?? 'default';
    const head = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: inChart(this, metadata) };
    const fields = ['automountServiceAccountToken'] as const;
    this.apiObject = addObject(this, 'Default', head, fields, () => serviceAccount(metadata));
  }
}

/** Props of a `Role` or a `ClusterRole`. */
export interface RoleProps {
  readonly metadata: Metadata;
  readonly rules: readonly PolicyRule[];
}

/** Permissions in one namespace, and who has them. */
export class Role extends Construct {
  readonly apiObject: ApiObject;
  readonly name: string;

  constructor(scope: Construct, id: string, { metadata, rules }: RoleProps) {
    super(scope, id);
    this.name = metadata.name;
    const head = { apiVersion: RBAC, kind: 'Role', metadata: inChart(this, metadata) };
    this.apiObject = addObject(this, 'Default', head, ['rules'], () => role(metadata, rules));
  }

  /** Grants the Role to accounts, by a RoleBinding of the given name in the namespace of the Role. */
  bind(name: string, ...accounts: readonly AccountRef[]): ApiObject {
    const metadata = { name, namespace: this.apiObject.metadata.namespace };
    return addRoleBinding(this, metadata, { kind: 'Role', name: this.name }, accounts);
  }
}

/** Permissions in the whole cluster, and who has them where. */
export class ClusterRole extends Construct {
  readonly apiObject: ApiObject;
  readonly name: string;

  constructor(scope: Construct, id: string, { metadata, rules }: RoleProps) {
    super(scope, id);
    this.name = metadata.name;
    const head = { apiVersion: RBAC, kind: 'ClusterRole', metadata };
    this.apiObject = withoutNamespace(addObject(this, 'Default', head, ['rules'], () => clusterRole(metadata, rules)));
  }

  /** Grants the ClusterRole to accounts in the whole cluster, by a ClusterRoleBinding of the given name. */
  bind(name: string, ...accounts: readonly AccountRef[]): ApiObject {
    const head = { apiVersion: RBAC, kind: 'ClusterRoleBinding', metadata: { name } };
    const body = () => clusterRoleBinding({ name }, this.name, accounts);
    return withoutNamespace(addObject(this, name, head, ['roleRef', 'subjects'], body));
  }

  /** Grants the ClusterRole to accounts in one namespace only, by a RoleBinding of the given name. */
  bindIn(namespace: string, name: string, ...accounts: readonly AccountRef[]): ApiObject {
    return addRoleBinding(this, { name, namespace }, { kind: 'ClusterRole', name: this.name }, accounts);
  }
}

function addRoleBinding(
  scope: Construct,
  metadata: Metadata,
  grant: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string },
  accounts: readonly AccountRef[],
): ApiObject {
  const head = { apiVersion: RBAC, kind: 'RoleBinding', metadata };
  const id = `${metadata.namespace}/${metadata.name}`.replaceAll('/', '.');
  return addObject(scope, id, head, ['roleRef', 'subjects'], () => roleBinding(metadata, grant, accounts));
}
