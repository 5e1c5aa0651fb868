import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with a BalancerOperator, and with Balancers that are left to one. */
export const OPERATOR_CODES = {
  BAL3160: error(
    'placeholder-image',
    'Tools write this name for others to replace; nobody publishes an image under it.',
    'Name the image that you have built from the Dockerfile and pushed.',
  ),
  BAL3161: warning(
    'operator-image',
    'A tag that moves starts another program after each restart of a Pod, and nobody can go back.',
    'Name a version or a digest.',
  ),
  BAL3162: error(
    'unknown-flag',
    'The public image of the original knows --metrics-bind-address, --health-probe-bind-address, --leader-elect and the --zap flags; any other ends it.',
    'Build a manager that knows it, or set metrics.authentication to kube-rbac-proxy and leave the other fields out.',
  ),
  BAL3163: error(
    'no-leader',
    'Managers without a leader undo the work of each other.',
    'Enable leaderElection, or set replicas to 1.',
  ),
  BAL3164: error(
    'delivered-twice',
    'An operator would write the same Services and the same Deployment, again and again.',
    'Set delivery to "resource", or take the namespace out of watchNamespaces of the operator.',
  ),
  BAL3165: warning(
    'unknown-to-operator',
    'The operator of 001 knows ports, selector and backends by label; it drops everything else without a word.',
    'Remove the fields, or set delivery to "objects" in a namespace that no operator watches.',
  ),
  BAL3166: error(
    'not-for-operator',
    'The operator of 001 would make something else of it, without a word.',
    'Set delivery to "objects", in a namespace that no operator watches.',
  ),
  BAL3167: warning(
    'namesake',
    'The operator of 001 finds backend Services by the name of their Balancer alone, in every namespace that it watches, and deletes those that it does not know.',
    'Give Balancers that are left to an operator names of their own.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
