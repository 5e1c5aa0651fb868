/** How a controller of Alibaba Cloud proves who it is. The keys themselves never stand in a spec or in an artefact. */
export type CredentialsModel =
  | {
      /** Keys that somebody else put into a Secret of the namespace, as plain text (not encoded twice). */
      readonly kind: 'secret';
      readonly name: string;
      readonly accessKeyIdKey: string;
      readonly accessKeySecretKey: string;
    }
  | {
      /** Keys that external-secrets.io fetches: https://external-secrets.io/latest/api/externalsecret/ */
      readonly kind: 'externalSecret';
      /** Name of the Secret that it makes. */
      readonly name: string;
      readonly store: { readonly kind: 'SecretStore' | 'ClusterSecretStore'; readonly name: string };
      readonly accessKeyId: RemoteRef;
      readonly accessKeySecret: RemoteRef;
      /** A duration of Go, such as "1h". */
      readonly refreshInterval: string;
    }
  | {
      /** The RAM role of the ECS instance: no key at all. */
      readonly kind: 'ramRole';
      readonly name: string;
    };

/** Where an external secret store keeps a value. */
export interface RemoteRef {
  readonly key: string;
  readonly property?: string;
}
