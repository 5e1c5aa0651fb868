/** Keys of the Secret that an external secret makes. */
export const ACCESS_KEY_ID_KEY = 'access-key-id';
export const ACCESS_KEY_SECRET_KEY = 'access-key-secret';

/** What is filled in for credentials, of every controller. */
export const CREDENTIALS_DEFAULTS = {
  secret: { accessKeyIdKey: ACCESS_KEY_ID_KEY, accessKeySecretKey: ACCESS_KEY_SECRET_KEY },
  externalSecret: { storeKind: 'SecretStore', refreshInterval: '1h' },
} as const;
