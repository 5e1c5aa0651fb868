import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with a ReconcilerHub: from 3260 on. */
export const RECONCILER_HUB_CODES = {
  BAL3260: error(
    'unknown-api-resource',
    'The permissions of a reconciler are made from the group, the plural and the scope of its resource.',
    'Add the ApiResource to the fleet, or correct the name.',
  ),
  BAL3261: error(
    'resource-choice',
    'A permission is for one resource: an ApiResource of the fleet, or a group, a resource and its scope.',
    'Name either apiResource, or group, resource and, outside of Kubernetes, scope.',
  ),
  BAL3262: error(
    'no-such-resource',
    'A permission for something that no API server serves does nothing, and the program would wait for it forever.',
    'Correct the group, the plural or the scope: kubectl api-resources lists them.',
  ),
  BAL3263: error(
    'reconciled-twice',
    'Two reconcilers of one resource write the same status, each over the other.',
    'Keep one of them.',
  ),
  BAL3264: error(
    'phases-without-status',
    'A phase that is no status subresource can be written by every user of the resource, and each step counts as a change of its spec.',
    'Add "status: {}" to the subresources of the ApiResource.',
  ),
  BAL3265: error(
    'unknown-controller',
    'The program would run fewer reconcilers than somebody expects.',
    'Name reconcilers of this hub.',
  ),
  BAL3266: error(
    'nothing-runs',
    'A program without reconcilers does nothing; 004 takes an empty list for all of them.',
    'Enable a reconciler, or remove the hub.',
  ),
  BAL3267: error(
    'tls-without-secret',
    'Without certificate and key the Gin server leaves HTTPS off, without a word.',
    'Set tlsSecretName to a Secret of type kubernetes.io/tls, or remove secure.',
  ),
  BAL3268: error(
    'unreachable-server',
    'The Gin server always has plain HTTP; without acknowledgement only its own Pod reaches it.',
    'Set apiExt.secure.tlsSecretName, or list "plain-http" in acknowledge.',
  ),
  BAL3269: error(
    'web-without-api',
    'The web back end gets all that it shows from APIExt.',
    'Add apiExt, or remove web.',
  ),
  BAL3270: error(
    'filter-hides-resource',
    'A cache that is limited to namespaces has no object that is in none: the reconciler would never be called.',
    'Remove resourceFilters.namespaces, or put the reconciler into a hub of its own.',
  ),
  BAL3271: error(
    'owner-in-namespace',
    'Kubernetes deletes a cluster-scoped object whose owner is in a namespace: the garbage collector does not find the owner.',
    'Move the entry to watches, or make the resource cluster-scoped.',
  ),
  BAL3272: error(
    'server-without-hub',
    'In layout separate there is one program per reconciler, and each of them would serve APIExt.',
    'Use layout hub, or declare apiExt in a hub of its own.',
  ),
  BAL3273: warning(
    'plain-http',
    'Whoever reaches the Pod reads what APIExt reads, and so does everybody on the way; profile upstream follows the original.',
    'Keep it away from every network that is not yours, or use profile hardened.',
  ),
  BAL3274: error(
    'literal-password',
    'A fleet is kept in Git, and its output too: a password that stands in it is known to everybody who can read it.',
    'Put it into a Secret that the program reads. Take a password that was committed out of use.',
  ),
  BAL3275: error(
    'reconciled-by-two-hubs',
    'Both would write the status of the same objects, each over the other.',
    'Remove the reconciler from one hub, or give both hubs different namespaces in resourceFilters.',
  ),
  BAL3276: error(
    'shared-program',
    'The program of 004 runs all reconcilers that it has: each Deployment would run every one of them, without their permissions.',
    'Give each reconciler an image or a command, or use layout hub or profile hardened.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
