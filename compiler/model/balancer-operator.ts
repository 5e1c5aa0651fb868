/** The operator of the Balancer resource: CRD, accounts and Deployment of its manager. Checked and with defaults. */
export interface BalancerOperatorModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly namespace: string;
}
