import type { CustomApiServerSpec } from '../../spec/generated/custom-api-server';

/** Fields of a CustomApiServer that a profile may fill. */
type Defaults = Pick<CustomApiServerSpec, 'kubernetesVersion' | 'secure' | 'insecure' | 'flags' | 'resources'>;

/** What is filled in for a field of a CustomApiServer that a spec leaves out, by profile. */
export const CUSTOM_API_SERVER_DEFAULTS = {
  hardened: {
    kubernetesVersion: '1.30',
    secure: { address: '0.0.0.0', port: 6443 },
    insecure: { address: '127.0.0.1', port: 6080 },
    flags: {
      requestTimeout: '1m',
      unrestrictedUpdate: false,
      kubectlDisabled: false,
      kubectlEphemeralToken: false,
      authnAllowLocalhost: false,
      v: 2,
    },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
  },
  // The command line in 004's document, section 定制APIServer.
  upstream: {
    kubernetesVersion: '1.30',
    insecure: { address: '0.0.0.0', port: 6080 },
    flags: {
      requestTimeout: '60m',
      unrestrictedUpdate: true,
      kubectlDisabled: false,
      kubectlEphemeralToken: false,
      authnAllowLocalhost: true,
      v: 10,
    },
  },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Defaults>>;

/** What is filled in within objects of a spec, in both profiles alike but for the folder: the volume is immutable. */
export const API_SERVER_FIELD_DEFAULTS = {
  tokenKey: 'token.csv',
  tls: { certKey: 'tls.crt', keyKey: 'tls.key' },
  etcdTls: { caKey: 'ca.crt', certKey: 'tls.crt', keyKey: 'tls.key' },
  rootPath: { hardened: '/var/lib/custom-api-server', upstream: '/tmp/teleport' },
  volume: { size: '1Gi', accessModes: ['ReadWriteOnce'] },
  kubeconfig: {
    certificateAuthority: '/etc/custom-api-server/ca.crt',
    tokenFile: '/etc/custom-api-server/token',
  },
  /** Namespace of initial objects that have one: `kubectl -n default get users`. */
  namespace: 'default',
} as const;
