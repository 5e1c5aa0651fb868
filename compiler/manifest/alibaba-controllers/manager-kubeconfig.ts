import type { AlibabaCloudControllerManagerModel } from '../../model/alibaba-controllers/alibaba-cloud-controller-manager';
import { printYaml } from '../yaml/yaml-writer';

const USER = 'system:cloud-controller-manager';

/** What every Pod gets of its cluster: https://kubernetes.io/docs/concepts/security/service-accounts/ */
const ACCOUNT_DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The kubeconfig of 003, which holds no secret: the token is that of the Pod's account. */
export function managerKubeconfig({ kubeconfig }: AlibabaCloudControllerManagerModel): string {
  const { server, certificateAuthorityData } = kubeconfig;
  const authority =
    certificateAuthorityData === undefined
      ? { 'certificate-authority': `${ACCOUNT_DIRECTORY}/ca.crt` }
      : { 'certificate-authority-data': certificateAuthorityData };
  const context = `${USER}@kubernetes`;
  return printYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'kubernetes', cluster: { ...authority, server } }],
    users: [{ name: USER, user: { tokenFile: `${ACCOUNT_DIRECTORY}/token` } }],
    contexts: [{ name: context, context: { cluster: 'kubernetes', user: USER } }],
    'current-context': context,
  } as never);
}
