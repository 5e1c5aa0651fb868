/** A checked CustomApiServer. */
export interface CustomApiServerModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly namespace: string;
}
