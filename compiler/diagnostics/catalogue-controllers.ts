import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** What can be wrong with the controllers of Alibaba Cloud, as 000 and 003 deploy them. */
export const CONTROLLER_CODES = {
  BAL3070: error(
    'literal-key',
    'A fleet is kept in Git, and its output too: a key that stands in it is known to everybody who can read it.',
    'Put the keys into a Secret and name it in credentials.secret, or use externalSecret or ramRole. Take a key that was committed out of use.',
  ),
  BAL3071: error(
    'credentials-choice',
    'Alibaba Cloud is told one identity: keys of a Secret, keys of an external secret, or a RAM role without keys.',
    'Keep exactly one of secret, externalSecret and ramRole.',
  ),
  BAL3072: error(
    'moving-image',
    'The image behind "latest" changes without a change of the manifest: replicas run different programs, and there is no way back.',
    'Name a tag of a release, or a digest.',
  ),
  BAL3073: error(
    'placeholder',
    'The text comes from a document or a template, and the place in it was never filled.',
    'Write the real value.',
  ),
  BAL3074: error(
    'missing-cluster-cidr',
    'The program ends at its start where it is to configure routes and does not know the network of the Pods.',
    'Set clusterCIDR, or leave configureCloudRoutes off.',
  ),
  BAL3075: error(
    'lease-timing',
    'A leader that may be silent longer than its lease lasts works side by side with its successor; the program refuses to start.',
    'Choose leaseDurationSeconds above renewDeadlineSeconds, and that above 1.2 times retryPeriodSeconds.',
  ),
  BAL3076: error(
    'replicas-without-election',
    'Several replicas that elect no leader all change the same load balancers.',
    'Set replicas to 1, or leaderElection.enabled to true.',
  ),
  BAL3077: warning(
    'without-effect',
    'Nobody reads the field in this combination: what it says does not happen.',
    'Remove the field, or change what takes its effect away.',
  ),
  BAL3078: error(
    'gate-without-permission',
    'With the gate the program watches EndpointSlices, which the ClusterRole of the original does not allow: it would never be ready.',
    'Use profile hardened, which grants it, or leave the gate off.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
