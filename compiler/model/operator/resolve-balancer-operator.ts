import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { BalancerOperator, BalancerOperatorSpec } from '../../spec/generated/balancer-operator';
import { DEFAULT_PROFILE } from '../default-profile';
import { problemsOf } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import type { BalancerOperatorModel, ManagerModel, MetricsModel } from './balancer-operator';
import { checkBalancerOperator } from './balancer-operator-checks';
import { BALANCER_OPERATOR_DEFAULTS } from './balancer-operator-defaults';

/** Where the original is deployed: config/default of 001. */
const DEFAULT_NAMESPACE = 'balancer-system';

/** The public image of 001's manager, in whichever registry. */
const ORIGINAL_IMAGE = /(^|\/)hliangzhao97\/balancer(?=[:@]|$)/;

type Defaults = (typeof BALANCER_OPERATOR_DEFAULTS)['hardened' | 'upstream'];

/** A BalancerOperator's document, its shape checked, as a model. Problems are reported, all of them; then there is no model. */
export function resolveBalancerOperator(
  { metadata, spec }: BalancerOperator,
  document: SpecDocument,
  report: Report,
): BalancerOperatorModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? DEFAULT_PROFILE;
  const defaults = BALANCER_OPERATOR_DEFAULTS[profile];
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion, problems);
  const metrics = resolveMetrics(spec, defaults);
  const model: BalancerOperatorModel = {
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
    labels: metadata.labels ?? {},
    manager: resolveManager(spec, defaults),
    watchNamespaces: spec.watchNamespaces ?? [],
    ...(metrics && { metrics }),
    userRoles: spec.userRoles ?? [],
    build: { ...defaults.build, ...withoutUndefined(spec.build) },
  };
  checkBalancerOperator(model, spec, problems);
  return problems.anyError() ? undefined : model;
}

function resolveManager(spec: BalancerOperatorSpec, defaults: Defaults): ManagerModel {
  const electsLeader = spec.leaderElection?.enabled ?? defaults.leaderElection.enabled;
  return {
    image: spec.image,
    isOriginal: ORIGINAL_IMAGE.test(spec.image),
    imagePullSecrets: spec.imagePullSecrets,
    // Without a leader each replica would work for itself.
    replicas: spec.replicas ?? (electsLeader ? defaults.replicas : 1),
    resources: spec.resources ?? defaults.resources,
    nodeSelector: spec.nodeSelector,
    tolerations: spec.tolerations,
    priorityClassName: spec.priorityClassName,
    electsLeader,
    healthProbePort: spec.healthProbePort ?? defaults.healthProbePort,
    concurrency: spec.concurrency,
    log: spec.log ?? {},
  };
}

function resolveMetrics({ metrics = {} }: BalancerOperatorSpec, defaults: Defaults): MetricsModel | undefined {
  const { enabled, ...rest } = { ...defaults.metrics, ...withoutUndefined(metrics) };
  return enabled ? rest : undefined;
}

/** Props from TypeScript may hold fields that are undefined: they leave the default standing. */
function withoutUndefined<T extends object>(fields: T | undefined): Partial<T> {
  const set = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Partial<T>;
}
