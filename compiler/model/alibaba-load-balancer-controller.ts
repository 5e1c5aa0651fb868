/** The Alibaba Load Balancer Controller: accounts, credentials, configuration and Deployment. Checked and with defaults. */
export interface AlibabaLoadBalancerControllerModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly namespace: string;
}
