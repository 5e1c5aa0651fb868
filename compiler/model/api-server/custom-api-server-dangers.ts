import type { CustomApiServerSpec } from '../../spec/generated/custom-api-server';
import type { Problems } from '../problems';
import { type CustomApiServerModel, LOOPBACK, servesPlainHttp } from './custom-api-server';

/** What can be acknowledged. */
type DangerName = NonNullable<CustomApiServerSpec['acknowledge']>[number];

/** A setting that gives up some protection. */
interface Danger {
  readonly name: DangerName;
  /** Where a user turns it on. */
  readonly field: string;
  readonly isOn: (model: CustomApiServerModel, spec: CustomApiServerSpec) => boolean | undefined;
  readonly message: (model: CustomApiServerModel, spec: CustomApiServerSpec) => string;
}

const DANGERS: readonly Danger[] = [
  {
    name: 'unrestricted-update',
    field: 'flags/unrestrictedUpdate',
    isOn: ({ flags }) => flags.unrestrictedUpdate,
    message: () => '"--unrestricted-update" lets whoever may update an object change its status and other subresources',
  },
  {
    // rebirthmonkey/k8s-dev@545d9e0:50_custom-apiserver/pkg/apiserver/filters/authn/allowlocalhost.go
    name: 'authn-allow-localhost',
    field: 'flags/authnAllowLocalhost',
    isOn: ({ flags }) => flags.authnAllowLocalhost,
    message: () => '"--authn-allow-localhost" makes whoever sends the header "X-Real-IP: 127.0.0.1" the superuser',
  },
  {
    name: 'plain-http',
    field: 'insecure/address',
    isOn: servesPlainHttp,
    message: ({ insecure: { address, port } }) =>
      `"--insecure-addr=${address}" serves plain HTTP on port "${port}": tokens can be read on the way`,
  },
  {
    name: 'plain-http',
    field: 'flags/apiextUrl',
    isOn: ({ flags }) => isPlainAndFar(flags.apiextUrl),
    message: ({ flags }) => `"--apiext-url=${flags.apiextUrl}" sends requests on with their tokens, over plain HTTP`,
  },
  {
    name: 'plain-http',
    field: 'kubeconfig/server',
    isOn: (_, { kubeconfig }) => isPlainAndFar(kubeconfig?.server),
    message: (_, { kubeconfig }) => `kubectl would send its token to "${kubeconfig?.server}" in plain`,
  },
  {
    // In profile hardened it is an error that nobody can acknowledge.
    name: 'plain-http',
    field: 'backend/etcd/servers',
    isOn: ({ profile, storage }) =>
      profile === 'upstream' && storage.kind === 'etcd' && storage.servers.some((server) => server.startsWith('http:')),
    message: () => '"--etcd-servers" has servers without TLS: whoever reaches them reads and writes every object',
  },
];

function isPlainAndFar(address = ''): boolean {
  return address.startsWith('http:') && hostOf(address) !== LOOPBACK;
}

/** Dangerous settings are acknowledged by name, and nothing else is. */
export function checkDangers(model: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  const { acknowledge = [] } = spec;
  const dangers = DANGERS.filter(({ isOn }) => isOn(model, spec));
  const code = model.profile === 'hardened' ? 'BAL3290' : 'BAL3291';
  for (const { name, field, message } of dangers) {
    if (acknowledge.includes(name)) continue;
    problems.add(code, isSet(spec, field) ? `/spec/${field}` : '/spec/profile', message(model, spec));
  }
  acknowledge.forEach((name, index) => {
    const pointer = `/spec/acknowledge/${index}`;
    if (acknowledge.indexOf(name) !== index) problems.add('BAL3001', pointer, `"${name}" is named twice`);
    else if (!dangers.some((danger) => danger.name === name)) {
      problems.add('BAL3292', pointer, `"${name}" is acknowledged, and is not on`);
    }
  });
}

/** Whether a field comes from the user and not from the profile. */
function isSet(spec: CustomApiServerSpec, field: string): boolean {
  let value: unknown = spec;
  for (const key of field.split('/')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  return value !== undefined;
}

/** The host of an address that the schema has let through: IPv6 without its brackets. */
export function hostOf(address: string): string {
  return address
    .replace(/^https?:\/\//, '')
    .replace(/:[0-9]+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}

/** The port of such an address, or that of its scheme. */
export function portOf(address: string): number {
  return Number(/:([0-9]+)$/.exec(address)?.[1] ?? (address.startsWith('https:') ? 443 : 80));
}
