/** An Application Load Balancer of Alibaba Cloud and what it forwards: AlbConfig, IngressClass and Ingress. Checked and with defaults. */
export interface AlbIngressModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly namespace: string;
}
