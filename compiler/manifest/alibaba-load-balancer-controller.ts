import type { AlibabaLoadBalancerControllerModel } from '../model/alibaba-load-balancer-controller';
import type { Output } from './artefact';

/** The Alibaba Load Balancer Controller: accounts, credentials, configuration and Deployment. */
export function renderAlibabaLoadBalancerController(_: AlibabaLoadBalancerControllerModel): Output {
  return { objects: [], files: {} };
}
