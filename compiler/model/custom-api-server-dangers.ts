import type { CustomApiServerSpec } from '../spec/generated/custom-api-server';
import { type CustomApiServerModel, LOOPBACK, servesPlainHttp } from './custom-api-server';
import type { Problems } from './problems';

/** What can be acknowledged. */
type DangerName = NonNullable<CustomApiServerSpec['acknowledge']>[number];

/** A setting that gives up some protection, and where it comes from. */
interface Danger {
  readonly name: DangerName;
  readonly field: string;
  readonly message: string;
}

/** The dangerous settings that are on. */
function dangersOf(model: CustomApiServerModel, spec: CustomApiServerSpec): Danger[] {
  const { flags, insecure, storage, profile } = model;
  const plainEtcd = storage.kind === 'etcd' && storage.servers.some((server) => server.startsWith('http:'));
  const apiext = flags.apiextUrl ?? '';
  const server = spec.kubeconfig?.server ?? '';
  const settings: readonly (readonly [isOn: boolean | undefined, danger: Danger])[] = [
    [
      flags.unrestrictedUpdate,
      {
        name: 'unrestricted-update',
        field: 'flags/unrestrictedUpdate',
        message: '"--unrestricted-update" lets whoever may update an object change its status and other subresources',
      },
    ],
    [
      flags.authnAllowLocalhost,
      {
        name: 'authn-allow-localhost',
        field: 'flags/authnAllowLocalhost',
        message: '"--authn-allow-localhost" makes whoever sends the header "X-Real-IP: 127.0.0.1" the superuser',
      },
    ],
    [
      servesPlainHttp(model),
      {
        name: 'plain-http',
        field: 'insecure/address',
        message: `"--insecure-addr=${insecure.address}" serves plain HTTP on port "${insecure.port}": tokens can be read on the way`,
      },
    ],
    [
      apiext.startsWith('http:') && hostOf(apiext) !== LOOPBACK,
      {
        name: 'plain-http',
        field: 'flags/apiextUrl',
        message: `"--apiext-url=${apiext}" sends requests on with their tokens, over plain HTTP`,
      },
    ],
    [
      server.startsWith('http:') && hostOf(server) !== LOOPBACK,
      {
        name: 'plain-http',
        field: 'kubeconfig/server',
        message: `kubectl would send its token to "${server}" in plain`,
      },
    ],
    // In profile hardened it is an error that nobody can acknowledge.
    [
      plainEtcd && profile === 'upstream',
      {
        name: 'plain-http',
        field: 'backend/etcd/servers',
        message: '"--etcd-servers" has servers without TLS: whoever reaches them reads and writes every object',
      },
    ],
  ];
  return settings.flatMap(([isOn, danger]) => (isOn ? [danger] : []));
}

/** Dangerous settings are acknowledged by name, and nothing else is. */
export function checkDangers(model: CustomApiServerModel, spec: CustomApiServerSpec, problems: Problems): void {
  const { acknowledge = [] } = spec;
  const dangers = dangersOf(model, spec);
  const code = model.profile === 'hardened' ? 'BAL3290' : 'BAL3291';
  for (const { name, field, message } of dangers) {
    if (acknowledge.includes(name)) continue;
    problems.add(code, isSet(spec, field) ? `/spec/${field}` : '/spec/profile', message);
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
