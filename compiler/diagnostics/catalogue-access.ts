import { type CatalogueEntry, warning } from './catalogue-entry';

/** Codes of permissions (RBAC) and of manifests that others wrote. */
export const ACCESS_CODES = {
  BAL3180: warning(
    'wildcard',
    'A wildcard also grants what the next version of Kubernetes, or the next installed resource, brings.',
    'Name what is used.',
  ),
  BAL3181: warning(
    'cluster-wide-secrets',
    'Who reads the Secrets of all namespaces has the tokens and keys of everybody.',
    'Grant it by a Role in the namespaces that need it, or name the Secrets in resourceNames.',
  ),
  BAL3182: warning(
    'unknown-resource',
    'A permission for something that no API server serves does nothing, and shows that the list was not checked.',
    'Remove it, or correct the API group.',
  ),
  BAL3183: warning(
    'unknown-account',
    'Whoever may create an account of that name gets these permissions.',
    'Add the ServiceAccount, or remove it from the binding.',
  ),
  BAL3184: warning(
    'unknown-role',
    'A binding to a role that is not there grants nothing until somebody creates one.',
    'Add the role, or correct roleRef.',
  ),
  BAL3185: warning(
    'escalation',
    'Who has this permission can give himself every other one.',
    'Remove it, or limit it with resourceNames in one namespace.',
  ),
  BAL3186: warning(
    'split-permission',
    'A reader finds one of the two rules and takes it for all that is granted.',
    'Put the verbs of a resource into one rule.',
  ),
  BAL3187: warning(
    'removed-api',
    'Kubernetes 1.27 and newer refuse this version of the object.',
    'Use the version that the deprecation guide of Kubernetes names.',
  ),
  BAL3188: warning(
    'malformed-rule',
    'The API server refuses a role with a rule of another shape, so that nothing is granted.',
    'Write apiGroups, resources and verbs as lists of texts, and at least one verb.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
