import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type { Balancer, BalancerSpec } from '../../spec/generated/balancer';
import { DEFAULT_PROFILE } from '../default-profile';
import { problemsOf } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import { resolveBackends } from './backends';
import type { BalancerModel, NginxModel, PodModel, Profile } from './balancer';
import { checkBalancer } from './balancer-checks';
import { BALANCER_DEFAULTS, BALANCER_FIELD_DEFAULTS } from './balancer-defaults';
import { resolveNginxVersion } from './nginx-image';
import { hasFeature, type NginxVersion } from './nginx-version';
import { resolvePorts } from './ports';

/**
 * A Balancer's document, its shape checked, as a model: defaults by profile, names as 001 makes them.
 * Problems are reported, all of them; then there is no model.
 */
export function resolveBalancer(content: Balancer, document: SpecDocument, report: Report): BalancerModel | undefined {
  const problems = problemsOf(document, report);
  const { metadata } = content;
  const profile: Profile = content.spec.profile ?? DEFAULT_PROFILE;
  const spec = withDefaults(content.spec, BALANCER_DEFAULTS[profile]);
  const namespace = metadata.namespace ?? 'default';

  checkKubernetesVersion(spec.kubernetesVersion!, problems);
  const { image, version } = resolveNginxVersion(content.spec, profile, problems);
  const ports = resolvePorts(spec.ports, profile, problems);
  // nginx' own resolver has no search path: it needs whole names.
  const bareNames = profile === 'upstream' && !hasFeature(version, 'resolve');
  const backends = resolveBackends(spec, { name: metadata.name, namespace, profile, bareNames }, problems);
  const model: BalancerModel = {
    kind: 'Balancer',
    profile,
    name: metadata.name,
    namespace,
    labels: metadata.labels ?? {},
    nginx: resolveNginx(spec, profile, version),
    ports,
    backends,
    ipFamilies: spec.ipFamilies,
    service: spec.service ?? {},
    pod: resolvePod(spec, image),
    networkPolicy: spec.networkPolicy,
  };
  checkBalancer(model, content.spec, problems);
  return problems.anyError() ? undefined : model;
}

function resolveNginx(spec: BalancerSpec, profile: Profile, version: NginxVersion): NginxModel {
  const followsNames = hasFeature(version, 'resolve');
  return {
    version,
    followsNames,
    sharesState: profile === 'hardened' || followsNames,
    workerProcesses: spec.workerProcesses,
    workerConnections: spec.workerConnections!,
    healthPort: spec.healthPort,
    accessLog: spec.accessLog ?? BALANCER_FIELD_DEFAULTS.accessLog,
    drainSeconds: spec.drainSeconds,
    resolver: spec.resolver,
  };
}

function resolvePod(spec: BalancerSpec, image: string): PodModel {
  return {
    image,
    replicas: spec.replicas!,
    hostNetwork: spec.hostNetwork ?? BALANCER_FIELD_DEFAULTS.hostNetwork,
    resources: spec.resources,
    imagePullSecrets: spec.imagePullSecrets,
    nodeSelector: spec.nodeSelector,
    tolerations: spec.tolerations,
    priorityClassName: spec.priorityClassName,
  };
}

/** Props from TypeScript may hold fields that are undefined: they leave the default standing. */
function withDefaults(spec: BalancerSpec, defaults: Partial<BalancerSpec>): BalancerSpec {
  const merged: Record<string, unknown> = { ...defaults };
  for (const key in spec)
    if (spec[key as keyof BalancerSpec] !== undefined) merged[key] = spec[key as keyof BalancerSpec];
  return merged as unknown as BalancerSpec;
}
