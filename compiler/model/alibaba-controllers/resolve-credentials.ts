import type { AlibabaCredentials } from '../../spec/generated/alibaba-load-balancer-controller';
import { ACCESS_KEY_ID_KEY, ACCESS_KEY_SECRET_KEY, type CredentialsModel } from './credentials';

/** Credentials with their defaults; the schema has seen to it that exactly one way is named. */
export function resolveCredentials({ secret, externalSecret, ramRole }: AlibabaCredentials): CredentialsModel {
  if (secret !== undefined) {
    const { name, accessKeyIdKey = ACCESS_KEY_ID_KEY, accessKeySecretKey = ACCESS_KEY_SECRET_KEY } = secret;
    return { kind: 'secret', name, accessKeyIdKey, accessKeySecretKey };
  }
  if (externalSecret !== undefined) {
    const { store, refreshInterval = '1h', ...rest } = externalSecret;
    const { kind = 'SecretStore', name } = store;
    return { kind: 'externalSecret', ...rest, store: { kind, name }, refreshInterval };
  }
  return { kind: 'ramRole', name: ramRole! };
}
