import type { CustomApiServerSpec } from '../../spec/generated/custom-api-server';
import type { Problems } from '../problems';
import type { CustomApiServerModel } from './custom-api-server';

/** What is for kubectl is of no use where the server refuses it; and kubectl has its token from one place. */
export function checkKubectl({ flags }: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  const { kubeconfig, initialization } = spec;
  if (flags.kubectlDisabled) {
    const refuse = (pointer: string, message: string): void => problems.add('BAL3299', pointer, message);
    if (flags.kubectlEphemeralToken) {
      refuse('/spec/flags/kubectlEphemeralToken', 'kubectl is disabled, and would need a token that expires');
    }
    if (kubeconfig) refuse('/spec/kubeconfig', 'kubectl is disabled, and would get a kubeconfig');
    if (initialization) refuse('/spec/initialization', 'kubectl is disabled, and would apply the initial objects');
  }
  if (kubeconfig?.exec && kubeconfig.tokenFile !== undefined) {
    problems.add('BAL3294', '/spec/kubeconfig/tokenFile', '"tokenFile" stands beside "exec"');
  }
  if (kubeconfig?.certificateAuthority !== undefined && kubeconfig.server?.startsWith('http:')) {
    const message = 'certificateAuthority is for https, and the server is asked over plain HTTP';
    problems.add('BAL3026', '/spec/kubeconfig/certificateAuthority', message);
  }
}
