import type { Code, Location, Report } from '../diagnostics';
import { pointerTo } from '../spec/document';
import { checkRules, SECRETS_CODE } from './check-access-rules';
import { listOf, objectOf, textOf } from './plain-value';

/** An object that anybody wrote, and where its fields stand. */
export interface PlacedObject {
  readonly value: unknown;
  readonly locate: (pointer: string) => Location;
}

/** Checks of permissions over a set of objects: what stands in one object at once, what needs another one at the end. */
interface AccessChecks {
  readonly add: (object: PlacedObject) => void;
  /** Compares bindings with the roles and accounts of the set. */
  readonly finish: () => void;
}

interface Binding {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly role: { readonly kind: string; readonly name: string };
  readonly accounts: readonly { readonly name: string; readonly namespace: string; readonly index: number }[];
  readonly locate: PlacedObject['locate'];
}

const RBAC_GROUP = /^rbac\.authorization\.k8s\.io\//;

/** Roles that Kubernetes makes: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
const BUILT_IN_ROLE = /^(system:|admin$|cluster-admin$|edit$|view$)/;

/** Empty checks. The objects may come from files, a fleet or a cluster: nothing about their shape is taken for granted. */
export function accessChecks(report: Report): AccessChecks {
  const accounts = new Set<string>();
  const roles = new Set<string>();
  const bindings: Binding[] = [];
  const secretRoles: { readonly name: string; readonly location: Location; readonly message: string }[] = [];
  return {
    add({ value, locate }) {
      const { apiVersion, kind, metadata } = objectOf(value);
      const { name, namespace } = objectOf(metadata);
      const identity = `${textOf(namespace) || 'default'}/${textOf(name)}`;
      if (kind === 'ServiceAccount') accounts.add(identity);
      if (!RBAC_GROUP.test(textOf(apiVersion))) return;
      if (kind === 'ClusterRole' || kind === 'Role') {
        roles.add(kind === 'Role' ? `Role ${identity}` : `ClusterRole ${textOf(name)}`);
        checkRules(textOf(kind), objectOf(value).rules, (code, pointer, message) => {
          if (code === SECRETS_CODE) secretRoles.push({ name: textOf(name), location: locate(pointer), message });
          else report({ code, message, location: locate(pointer) });
        });
      } else if (kind === 'ClusterRoleBinding' || kind === 'RoleBinding') bindings.push(bindingOf(value, locate));
    },
    finish() {
      for (const { name, location, message } of secretRoles) {
        const bound = bindings.filter(({ role }) => role.kind === 'ClusterRole' && role.name === name);
        // A ClusterRole that only RoleBindings name is granted in their namespaces.
        if (bound.length > 0 && bound.every(({ kind }) => kind === 'RoleBinding')) continue;
        report({ code: SECRETS_CODE, message, location });
      }
      for (const binding of bindings) checkBinding(binding, roles, accounts, report);
    },
  };
}

function bindingOf(value: unknown, locate: PlacedObject['locate']): Binding {
  const { kind, metadata, roleRef, subjects } = objectOf(value);
  const { name, namespace } = objectOf(metadata);
  const role = objectOf(roleRef);
  return {
    kind: textOf(kind),
    name: textOf(name),
    namespace: textOf(namespace) || 'default',
    role: { kind: textOf(role.kind), name: textOf(role.name) },
    accounts: listOf(subjects).flatMap((entry, index) => {
      const subject = objectOf(entry);
      if (subject.kind !== 'ServiceAccount') return [];
      return [{ name: textOf(subject.name), namespace: textOf(subject.namespace) || textOf(namespace), index }];
    }),
    locate,
  };
}

function checkBinding(
  { name, namespace, role, accounts, locate }: Binding,
  roles: ReadonlySet<string>,
  known: ReadonlySet<string>,
  report: Report,
): void {
  const add = (code: Code, pointer: string, message: string): void => {
    report({ code, message, location: locate(pointer) });
  };
  const identity = role.kind === 'Role' ? `Role ${namespace}/${role.name}` : `ClusterRole ${role.name}`;
  if (role.name !== '' && !roles.has(identity) && !BUILT_IN_ROLE.test(role.name)) {
    add(
      'BAL3184',
      '/roleRef/name',
      `"${name}" binds the ${role.kind} "${role.name}", which is not among the manifests`,
    );
  }
  for (const account of accounts) {
    // Kubernetes makes an account called default in every namespace.
    if (account.name === 'default' || known.has(`${account.namespace || 'default'}/${account.name}`)) continue;
    const place = `${account.namespace}/${account.name}`;
    add(
      'BAL3183',
      pointerTo('/subjects', account.index),
      `"${name}" grants to the account "${place}", which is not among the manifests`,
    );
  }
}
