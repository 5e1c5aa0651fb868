import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { HubManager, HubWeb, ReconcilerHub, ReconcilerHubSpec } from '../../spec/generated/reconciler-hub';
import { DEFAULT_PROFILE } from '../default-profile';
import type { Neighbours } from '../neighbours';
import { problemsOf } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import type { ResourceFinder } from './hub-resources';
import type {
  ApiExtModel,
  HubManagerModel,
  HubUnitModel,
  ReconcilerHubModel,
  ReconcilerModel,
  WebModel,
} from './reconciler-hub';
import { checkReconcilerHub } from './reconciler-hub-checks';
import { HUB_FIELD_DEFAULTS, RECONCILER_HUB_DEFAULTS } from './reconciler-hub-defaults';
import { resolveEntries, resolveReconcilers, runningNames } from './resolve-reconcilers';

type Defaults = (typeof RECONCILER_HUB_DEFAULTS)['hardened' | 'upstream'];

/** A ReconcilerHub's document, its shape checked, as a model. Problems are reported, all of them; then there is no model. */
export function resolveReconcilerHub(
  { metadata, spec }: ReconcilerHub,
  document: SpecDocument,
  report: Report,
  neighbours: Neighbours,
): ReconcilerHubModel | undefined {
  const problems = problemsOf(document, report);
  const finder = { neighbours, problems };
  const profile = spec.profile ?? DEFAULT_PROFILE;
  const defaults = RECONCILER_HUB_DEFAULTS[profile];
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion, problems);
  const manager = resolveManager(spec.manager, defaults, profile);
  const reconcilers = resolveReconcilers(spec, finder);
  const apiExt = resolveApiExt(spec, defaults, finder);
  const { namespaces = [], labelSelector = {} } = profile === 'hardened' ? (spec.resourceFilters ?? {}) : {};
  const model: ReconcilerHubModel = {
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels ?? {},
    units: resolveUnits(metadata.name, spec, reconcilers ?? [], manager),
    manager,
    filters: { namespaces, labelSelector },
    ...(apiExt !== 'broken' && apiExt && { apiExt }),
    ...(spec.web && { web: resolveWeb(spec.web, defaults) }),
    log: { ...defaults.log, ...withoutUndefined(spec.log) },
    pod: podOf(spec),
    ...(profile === 'hardened'
      ? { clients: spec.networkPolicy ?? {} }
      : spec.networkPolicy && { clients: spec.networkPolicy }),
  };
  checkReconcilerHub(model, spec, problems);
  const isWaiting = reconcilers === undefined || apiExt === 'broken';
  return problems.anyError() || isWaiting ? undefined : model;
}

function resolveManager(
  manager: HubManager | undefined,
  defaults: Defaults,
  profile: ReconcilerHubModel['profile'],
): HubManagerModel {
  const { metricsPort, healthProbePort, concurrency } = { ...defaults.manager, ...withoutUndefined(manager) };
  const kubeconfig = manager?.kubeconfig;
  return {
    metricsPort,
    healthProbePort,
    concurrency,
    ...(kubeconfig && {
      kubeconfig: { secretName: kubeconfig.secretName, key: kubeconfig.key ?? HUB_FIELD_DEFAULTS.kubeconfigKey },
    }),
    // 004's program has it switched off in its code.
    electsLeader: profile === 'hardened' && manager?.leaderElection?.enabled === true,
  };
}

/** The programs of a hub: one, or one for each reconciler. */
function resolveUnits(
  name: string,
  spec: ReconcilerHubSpec,
  reconcilers: readonly ReconcilerModel[],
  { electsLeader }: HubManagerModel,
): HubUnitModel[] {
  const defaults = RECONCILER_HUB_DEFAULTS[spec.profile ?? DEFAULT_PROFILE];
  const shared = {
    image: spec.image,
    command: spec.command,
    args: spec.args ?? [],
    replicas: spec.replicas ?? (electsLeader ? 2 : 1),
    resources: spec.resources ?? defaults.resources,
  };
  if (spec.layout !== 'separate') {
    return [{ ...shared, name, reconcilers, isPart: runningNames(spec).size < spec.reconcilers.length }];
  }
  return reconcilers.map((reconciler) => {
    const own = spec.reconcilers.find((declared) => declared.name === reconciler.name);
    const { image, command, args, replicas, resources } = own ?? {};
    const overrides = withoutUndefined({ image, command, args, replicas, resources });
    // A program of its own has its own reconciler and no other.
    return { ...shared, ...overrides, name: reconciler.name, reconcilers: [reconciler], isPart: image === undefined };
  });
}

function resolveApiExt(
  { apiExt, acknowledge = [], profile }: ReconcilerHubSpec,
  defaults: Defaults,
  finder: ResourceFinder,
): ApiExtModel | 'broken' | undefined {
  if (apiExt === undefined) return undefined;
  const reads = resolveEntries(apiExt.reads ?? [], '/spec/apiExt/reads', finder);
  if (reads === undefined) return 'broken';
  const { mode, healthz, middlewares, maxPingCount } = { ...defaults.apiExt, ...withoutUndefined(apiExt) };
  const { port = defaults.apiExt.secure.port, tlsSecretName } = apiExt.secure ?? {};
  return {
    mode,
    healthz,
    middlewares,
    maxPingCount,
    insecure: {
      port: apiExt.insecure?.port ?? defaults.apiExt.insecure.port,
      isOpen: profile === 'upstream' || acknowledge.includes('plain-http'),
    },
    ...(tlsSecretName !== undefined && { secure: { port, tlsSecretName } }),
    reads,
  };
}

function resolveWeb({ image, userConfigSecret, command, args = [], ...web }: HubWeb, defaults: Defaults): WebModel {
  const { name, key = HUB_FIELD_DEFAULTS.userConfigKey } = userConfigSecret;
  const { port, replicas } = { ...defaults.web, ...withoutUndefined(web) };
  const resources = web.resources ?? ('resources' in defaults.web ? defaults.web.resources : undefined);
  return { image, port, userConfigSecret: { name, key }, replicas, resources, command, args };
}

function podOf({ imagePullSecrets, nodeSelector, tolerations, priorityClassName }: ReconcilerHubSpec) {
  return { imagePullSecrets, nodeSelector, tolerations, priorityClassName };
}

/** Props from TypeScript may hold fields that are undefined: they leave the default standing. */
function withoutUndefined<T extends object>(fields: T | undefined): Partial<T> {
  const set = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Partial<T>;
}
