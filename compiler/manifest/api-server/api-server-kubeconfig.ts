import type { CustomApiServerModel, KubeconfigModel } from '../../model/api-server/custom-api-server';
import { printYaml } from '../yaml/yaml-writer';

/** The kubeconfig of a CustomApiServer. It holds no secret: only where kubectl finds its token. */
export function apiServerKubeconfig({ name, kubeconfig }: CustomApiServerModel): string | undefined {
  if (kubeconfig === undefined) return undefined;
  const { server, certificateAuthority } = kubeconfig;
  return printYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority': certificateAuthority } }],
    users: [{ name, user: userOf(kubeconfig) }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  } as never);
}

/** https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo */
function userOf({ token }: KubeconfigModel): object {
  if ('tokenFile' in token) return { tokenFile: token.tokenFile };
  const { command, args } = token.exec;
  return {
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'IfAvailable' },
  };
}
