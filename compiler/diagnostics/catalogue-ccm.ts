import { type CatalogueEntry, error, warning } from './catalogue-entry';

/** Codes of the cloud controller manager. */
export const CCM_CODES = {
  BAL3079: error(
    'flag-of-another-version',
    'A program that does not know a flag ends at its start.',
    'Remove the flag, or choose the other version.',
  ),
  BAL3080: warning(
    'deprecated-flag',
    'The program still takes the flag, and a later one will not.',
    'Remove it, or use what stands in its place.',
  ),
  BAL3081: error(
    'flags-disagree',
    'The flags exclude each other: the program refuses them, or does not do what one of them says.',
    'Change one of the two.',
  ),
  BAL3082: warning(
    'network-of-services',
    'The network asked for is that of the Pods; 172.30.0.0/16, which the document prints, is the default of OpenShift for Services.',
    'Write the network of the Pods.',
  ),
  BAL3083: error(
    'port-of-another-program',
    'The program runs on the host network: on a master kube-controller-manager and kube-scheduler have these ports.',
    'Use another port, such as 10253.',
  ),
  BAL3084: error(
    'no-lock',
    'Kubernetes no longer has client libraries for the lock, and the permissions of profile hardened do not cover it.',
    'Use "leases", or "endpointsleases" while old replicas run.',
  ),
  BAL3085: warning(
    'no-tokens-for-accounts',
    'The program of the document waits for a Secret with a token of each account, and since Kubernetes 1.24 nobody makes them.',
    'Turn useServiceAccountCredentials off, or make a Secret of type kubernetes.io/service-account-token for each account.',
  ),
  BAL3086: warning(
    'unread-flag',
    'The program takes the flag and does not read it: all of its controllers use the account of the Pod.',
    'Remove the flag.',
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
