import { printYaml } from '../yaml/yaml-writer';

/** What every Pod gets of its cluster: https://kubernetes.io/docs/concepts/security/service-accounts/ */
const ACCOUNT_DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The kubeconfig of a Pod's own account, which holds no secret. Without a path 004's program looks for one in its home
 * and ends: rebirthmonkey/k8s-dev@0471049:pkg/reconcilermgr/reconcilermgr.go, PrepareRun.
 */
export function accountKubeconfig(): string {
  return printYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'cluster',
        cluster: {
          'certificate-authority': `${ACCOUNT_DIRECTORY}/ca.crt`,
          server: 'https://kubernetes.default.svc',
        },
      },
    ],
    users: [{ name: 'account', user: { tokenFile: `${ACCOUNT_DIRECTORY}/token` } }],
    contexts: [{ name: 'account', context: { cluster: 'cluster', user: 'account' } }],
    'current-context': 'account',
  });
}
