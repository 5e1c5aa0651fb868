/** Permissions on resources: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export interface AccessRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What a feature of a controller needs, and where that was read. */
export interface AccessNeed {
  /** Name of the feature; `always` for what it cannot run without. */
  readonly feature: string;
  /** `namespace`: in the namespace of the controller only. */
  readonly scope: 'cluster' | 'namespace';
  /** Where it is granted instead, as words for people, where these are other namespaces. */
  readonly where?: string;
  readonly rules: readonly AccessRule[];
  /** What the feature does with them, as a sentence. */
  readonly purpose: string;
  /** Repository, commit and path, or address of a page. */
  readonly source: string;
}

/** A permission of the original that is not granted: nothing is dropped without a reason and its source. */
export interface DroppedAccess {
  readonly apiGroup: string;
  readonly resource: string;
  /** `*` for every verb of the original on it. */
  readonly verb: string;
  readonly reason: string;
  readonly source: string;
}

/** What is known of the permissions of one controller. */
export interface AccessTable {
  /** The rules of the original manifest, in its order; they are what profile upstream prints. */
  readonly original: readonly AccessRule[];
  readonly originalSource: string;
  readonly needs: readonly AccessNeed[];
  readonly dropped: readonly DroppedAccess[];
}

/** A controller as it is declared: its table, and the features that its flags ask for. */
export interface ControllerAccess {
  readonly table: AccessTable;
  readonly features: ReadonlySet<string>;
}

/** The rules that a controller with some features needs: those of the cluster, and those of its own namespace. */
export function neededAccess(
  { needs }: AccessTable,
  features: ReadonlySet<string>,
): { readonly cluster: readonly AccessRule[]; readonly namespace: readonly AccessRule[] } {
  const wanted = needs.filter(({ feature }) => feature === 'always' || features.has(feature));
  const rulesOf = (scope: AccessNeed['scope']): AccessRule[] =>
    mergeRules(wanted.filter((need) => need.scope === scope).flatMap(({ rules }) => rules));
  return { cluster: rulesOf('cluster'), namespace: rulesOf('namespace') };
}

/** One rule per API group, resource and set of names, in the order of the first mention; verbs in the order of Kubernetes' documentation. */
export function mergeRules(rules: readonly AccessRule[]): AccessRule[] {
  const merged = new Map<string, { readonly rule: AccessRule; readonly verbs: Set<string> }>();
  for (const { apiGroups, resources, verbs, resourceNames } of rules) {
    for (const apiGroup of apiGroups) {
      for (const resource of resources) {
        const rule = {
          apiGroups: [apiGroup],
          resources: [resource],
          verbs: [],
          ...(resourceNames && { resourceNames }),
        };
        const key = JSON.stringify(rule);
        const entry = merged.get(key) ?? { rule, verbs: new Set<string>() };
        for (const verb of verbs) entry.verbs.add(verb);
        merged.set(key, entry);
      }
    }
  }
  return [...merged.values()].map(({ rule, verbs }) => ({ ...rule, verbs: [...verbs].sort(byVerb) }));
}

/** Verbs of a controller that follows objects, and of one that also makes them. */
export const READ = ['get', 'list', 'watch'];
export const ALL = [...READ, 'create', 'update', 'patch', 'delete'];

const VERBS = [...ALL, 'deletecollection'];

function byVerb(one: string, other: string): number {
  const [first, second] = [VERBS.indexOf(one), VERBS.indexOf(other)].map((place) => (place < 0 ? VERBS.length : place));
  return first! - second! || (one < other ? -1 : Number(one > other));
}
