import type { AlibabaCredentials } from '../../spec/generated/alibaba-load-balancer-controller';
import type { CredentialsModel } from './credentials';
import { CREDENTIALS_DEFAULTS } from './credentials-defaults';

/** Credentials with their defaults; the schema has seen to it that exactly one way is named. */
export function resolveCredentials({ secret, externalSecret, ramRole }: AlibabaCredentials): CredentialsModel {
  if (secret !== undefined) {
    return { kind: 'secret', ...CREDENTIALS_DEFAULTS.secret, ...secret };
  }
  if (externalSecret !== undefined) {
    const { storeKind, refreshInterval: interval } = CREDENTIALS_DEFAULTS.externalSecret;
    const { store, refreshInterval = interval, ...rest } = externalSecret;
    const { kind = storeKind, name } = store;
    return { kind: 'externalSecret', ...rest, store: { kind, name }, refreshInterval };
  }
  return { kind: 'ramRole', name: ramRole! };
}
