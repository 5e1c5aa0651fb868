/** A checked ReconcilerHub. */
export interface ReconcilerHubModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly namespace: string;
}
