import { type CustomApiServerModel, API_SERVER_FOLDERS as FOLDERS } from './custom-api-server';

/** A flag of the server. */
interface ApiServerFlag {
  /** Without the dashes. */
  readonly name: string;
  /**
   * Whose flag it is: the original's own, or one of k8s.io/apiserver's recommended options, which the original links
   * and does not offer on its command line.
   */
  readonly program: 'original' | 'recommended';
  /** What the program does without it; empty for nothing. */
  readonly standard: string;
  /** What it is told; undefined where it is left out. */
  readonly value: (model: CustomApiServerModel) => string | number | boolean | undefined;
}

const etcd = ({ storage }: CustomApiServerModel) => (storage.kind === 'etcd' ? storage : undefined);
const inFolder = (folder: string, key: string | undefined) => key && `${folder}/${key}`;

/**
 * Every flag of the program: rebirthmonkey/k8s-dev@545d9e0:50_custom-apiserver/main.go, in the order of the command line in
 * 004's document; and those of https://pkg.go.dev/k8s.io/apiserver/pkg/server/options (EtcdOptions, SecureServingOptions)
 * without which there is no TLS: the builder of an image for profile hardened adds them.
 */
export const API_SERVER_FLAGS: readonly ApiServerFlag[] = [
  { name: 'backend', program: 'original', standard: 'etcd', value: ({ storage }) => storage.kind },
  { name: 'etcd-servers', program: 'original', standard: '', value: (model) => etcd(model)?.servers.join(',') },
  { name: 'etcd-prefix', program: 'recommended', standard: '/custom', value: (model) => etcd(model)?.prefix },
  {
    name: 'etcd-cafile',
    program: 'recommended',
    standard: '',
    value: (model) => inFolder(FOLDERS.etcd, etcd(model)?.tls?.caKey),
  },
  {
    name: 'etcd-certfile',
    program: 'recommended',
    standard: '',
    value: (model) => inFolder(FOLDERS.etcd, etcd(model)?.tls?.certKey),
  },
  {
    name: 'etcd-keyfile',
    program: 'recommended',
    standard: '',
    value: (model) => inFolder(FOLDERS.etcd, etcd(model)?.tls?.keyKey),
  },
  {
    name: 'file-rootpath',
    program: 'original',
    standard: '',
    value: ({ storage }) => (storage.kind === 'file' ? storage.rootPath : undefined),
  },
  { name: 'request-timeout', program: 'original', standard: '1m', value: ({ flags }) => flags.requestTimeout },
  {
    name: 'token-auth-file',
    program: 'original',
    standard: '',
    value: ({ tokens }) => inFolder(FOLDERS.tokens, tokens.key),
  },
  {
    name: 'unrestricted-update',
    program: 'original',
    standard: 'false',
    value: ({ flags }) => flags.unrestrictedUpdate,
  },
  { name: 'v', program: 'original', standard: '0', value: ({ flags }) => flags.v },
  { name: 'kubectl-disabled', program: 'original', standard: 'false', value: ({ flags }) => flags.kubectlDisabled },
  {
    name: 'kubectl-ephemeral-token',
    program: 'original',
    standard: 'false',
    value: ({ flags }) => flags.kubectlEphemeralToken,
  },
  {
    name: 'kubectl-ephemeral-duration',
    program: 'original',
    standard: '1h',
    value: ({ flags }) => flags.kubectlEphemeralDuration,
  },
  {
    name: 'authn-allow-localhost',
    program: 'original',
    standard: 'false',
    value: ({ flags }) => flags.authnAllowLocalhost,
  },
  {
    name: 'apiext-url',
    program: 'original',
    standard: 'http://127.0.0.1:6084',
    value: ({ flags }) => flags.apiextUrl,
  },
  { name: 'portable', program: 'original', standard: 'false', value: ({ flags }) => flags.portable },
  { name: 'insecure-addr', program: 'original', standard: '0.0.0.0', value: ({ insecure }) => insecure.address },
  { name: 'insecure-port', program: 'original', standard: '6080', value: ({ insecure }) => insecure.port },
  { name: 'bind-address', program: 'recommended', standard: '127.0.0.1', value: ({ secure }) => secure?.address },
  { name: 'secure-port', program: 'recommended', standard: '8443', value: ({ secure }) => secure?.port },
  {
    name: 'tls-cert-file',
    program: 'recommended',
    standard: '',
    value: ({ secure }) => inFolder(FOLDERS.tls, secure?.certKey),
  },
  {
    name: 'tls-private-key-file',
    program: 'recommended',
    standard: '',
    value: ({ secure }) => inFolder(FOLDERS.tls, secure?.keyKey),
  },
];

/** The arguments of the server. In profile upstream, only flags that the original's program knows. */
export function apiServerArguments(model: CustomApiServerModel): string[] {
  const known = API_SERVER_FLAGS.filter(({ program }) => model.profile === 'hardened' || program === 'original');
  return known.flatMap(({ name, value }) => {
    const told = value(model);
    // pflag takes one dash for a flag of one letter.
    return told === undefined ? [] : [`${name.length === 1 ? '-' : '--'}${name}=${told}`];
  });
}
