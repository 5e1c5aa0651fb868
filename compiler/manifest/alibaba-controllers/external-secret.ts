import type { CredentialsModel, RemoteRef } from '../../model/alibaba-controllers/credentials';
import { ACCESS_KEY_ID_KEY, ACCESS_KEY_SECRET_KEY } from '../../model/alibaba-controllers/credentials-defaults';
import type { KubernetesObject, Metadata } from '../k8s';

/** https://external-secrets.io/latest/api/externalsecret/ */
interface ExternalSecret extends KubernetesObject {
  readonly kind: 'ExternalSecret';
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: 'SecretStore' | 'ClusterSecretStore'; readonly name: string };
    readonly target: {
      readonly name: string;
      readonly creationPolicy: 'Owner';
      /** What the Secret holds in place of the fetched values: Go templates over their names. */
      readonly template?: { readonly engineVersion: 'v2'; readonly data: Readonly<Record<string, string>> };
    };
    readonly data: readonly { readonly secretKey: string; readonly remoteRef: RemoteRef }[];
  };
}

/**
 * The ExternalSecret that fetches an AccessKey. With a template, the Secret holds what the template says: there the keys are
 * `{{ index . "access-key-id" }}`, and `| b64enc` encodes them.
 */
export function accessKeyExternalSecret(
  metadata: Metadata,
  credentials: Extract<CredentialsModel, { readonly kind: 'externalSecret' }>,
  template?: Readonly<Record<string, string>>,
): ExternalSecret {
  const { name, store, accessKeyId, accessKeySecret, refreshInterval } = credentials;
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { ...metadata, name },
    spec: {
      refreshInterval,
      secretStoreRef: store,
      target: {
        name,
        creationPolicy: 'Owner',
        ...(template && { template: { engineVersion: 'v2', data: template } }),
      },
      data: [
        { secretKey: ACCESS_KEY_ID_KEY, remoteRef: accessKeyId },
        { secretKey: ACCESS_KEY_SECRET_KEY, remoteRef: accessKeySecret },
      ],
    },
  };
}
