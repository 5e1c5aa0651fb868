import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { ApiServerKubeconfig, CustomApiServer, CustomApiServerSpec } from '../../spec/generated/custom-api-server';
import type { Profile } from '../balancer/balancer';
import { DEFAULT_PROFILE } from '../default-profile';
import { problemsOf } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import type { CustomApiServerModel, KubeconfigModel, SecureModel } from './custom-api-server';
import { checkCustomApiServer } from './custom-api-server-checks';
import {
  CUSTOM_API_SERVER_DEFAULTS as DEFAULTS,
  API_SERVER_FIELD_DEFAULTS as FIELDS,
} from './custom-api-server-defaults';

/** A CustomApiServer's document, its shape checked, as a model. Problems are reported, all of them; then there is no model. */
export function resolveCustomApiServer(
  { metadata, spec }: CustomApiServer,
  document: SpecDocument,
  report: Report,
): CustomApiServerModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? DEFAULT_PROFILE;
  checkKubernetesVersion(spec.kubernetesVersion ?? DEFAULTS[profile].kubernetesVersion, problems);
  const { image, imagePullSecrets, nodeSelector, tolerations, priorityClassName } = spec;
  const resources: CustomApiServerSpec['resources'] = profile === 'hardened' ? DEFAULTS.hardened.resources : undefined;
  const storage = resolveStorage(spec, profile);
  const secure = profile === 'hardened' ? resolveSecure(spec) : undefined;
  const base = {
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels ?? {},
    pod: {
      image,
      imagePullSecrets,
      resources: spec.resources ?? resources,
      nodeSelector,
      tolerations,
      priorityClassName,
    },
    replicas: spec.replicas ?? (profile === 'hardened' && storage.kind === 'etcd' ? 2 : 1),
    storage,
    tokens: { key: FIELDS.tokenKey, ...withoutUndefined(spec.tokenAuthFile) },
    ...(secure && { secure }),
    insecure: { ...DEFAULTS[profile].insecure, ...withoutUndefined(spec.insecure ?? {}) },
    flags: { ...DEFAULTS[profile].flags, ...withoutUndefined(spec.flags ?? {}) },
    clients: spec.networkPolicy?.from,
    initialization: spec.initialization,
  } satisfies CustomApiServerModel;
  const model = base.flags.kubectlDisabled ? base : { ...base, kubeconfig: resolveKubeconfig(spec.kubeconfig, base) };
  checkCustomApiServer(model, spec, problems);
  return problems.anyError() ? undefined : model;
}

/** Where both or none are named, which is reported, files count. */
function resolveStorage({ backend }: CustomApiServerSpec, profile: Profile): CustomApiServerModel['storage'] {
  const { etcd, file } = backend;
  if (etcd !== undefined && file === undefined) {
    const { servers = [], prefix, tls } = etcd;
    return {
      kind: 'etcd',
      servers,
      ...(prefix !== undefined && { prefix }),
      ...(tls && { tls: { ...FIELDS.etcdTls, ...withoutUndefined(tls) } }),
    };
  }
  const rootPath = file?.rootPath ?? FIELDS.rootPath[profile];
  return { kind: 'file', rootPath, ...FIELDS.volume, ...withoutUndefined(file?.volume ?? {}) };
}

function resolveSecure({ secure, tls }: CustomApiServerSpec): SecureModel {
  // A certificate that is missing is reported.
  const { secretName = '', ...keys } = tls ?? {};
  return {
    ...DEFAULTS.hardened.secure,
    ...withoutUndefined(secure ?? {}),
    secretName,
    ...FIELDS.tls,
    ...withoutUndefined(keys),
  };
}

function resolveKubeconfig(
  fields: ApiServerKubeconfig | undefined,
  { name, namespace, secure, insecure }: CustomApiServerModel,
): KubeconfigModel {
  const { exec, tokenFile = FIELDS.kubeconfig.tokenFile } = fields ?? {};
  const host = `${name}.${namespace}.svc`;
  const own = secure ? `https://${host}:${secure.port}` : `http://${host}:${insecure.port}`;
  const server = fields?.server ?? own;
  const { certificateAuthority = FIELDS.kubeconfig.certificateAuthority } = fields ?? {};
  return {
    server,
    ...(server.startsWith('https:') && { certificateAuthority }),
    token: exec ? { exec } : { tokenFile },
  };
}

/** Props from TypeScript may hold fields that are undefined: they leave the default standing. */
function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
