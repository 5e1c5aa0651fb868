import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type {
  AlibabaLoadBalancerController,
  AlibabaLoadBalancerControllerSpec,
} from '../../spec/generated/alibaba-load-balancer-controller';
import type { Profile } from '../balancer/balancer';
import { DEFAULT_PROFILE } from '../default-profile';
import { problemsOf } from '../problems';
import {
  type AlibabaFlags,
  type AlibabaLoadBalancerControllerModel,
  accessFeatures,
} from './alibaba-load-balancer-controller';
import { checkAlibabaLoadBalancerController } from './alibaba-load-balancer-controller-checks';
import { ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS } from './alibaba-load-balancer-controller-defaults';
import { checkCredentials } from './credentials-checks';
import { resolveCredentials } from './resolve-credentials';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlibabaLoadBalancerController(
  { metadata, spec }: AlibabaLoadBalancerController,
  document: SpecDocument,
  report: Report,
): AlibabaLoadBalancerControllerModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? DEFAULT_PROFILE;
  const flags = flagsOf(spec, profile);
  const cloudConfig = spec.cloudConfig ?? {};
  const partial = {
    profile,
    name: metadata.name,
    namespace: metadata.namespace ?? 'kube-system',
    labels: metadata.labels ?? {},
    pod: podOf(spec, profile),
    cloudConfig,
    flags,
    features: accessFeatures(flags, cloudConfig),
    build: { ...ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS[profile].build, ...spec.build },
  };
  checkCredentials(spec.credentials, problems);
  checkAlibabaLoadBalancerController(partial, spec, problems);
  return problems.anyError() ? undefined : { ...partial, credentials: resolveCredentials(spec.credentials) };
}

function flagsOf(spec: AlibabaLoadBalancerControllerSpec, profile: Profile): AlibabaFlags {
  const given = ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS[profile];
  return {
    controllers: spec.controllers ?? given.controllers,
    network: spec.network ?? given.network,
    configureCloudRoutes: spec.configureCloudRoutes ?? given.configureCloudRoutes,
    ...(spec.clusterCIDR !== undefined && { clusterCIDR: spec.clusterCIDR }),
    dryRun: spec.dryRun ?? given.dryRun,
    leaderElection: { ...given.leaderElection, ...spec.leaderElection },
    metricsPort: spec.metricsPort ?? given.metricsPort,
    healthProbePort: spec.healthProbePort ?? given.healthProbePort,
    kubeApiQps: spec.kubeApiQps ?? given.kubeApiQps,
    kubeApiBurst: spec.kubeApiBurst ?? given.kubeApiBurst,
    logVerbosity: spec.logVerbosity ?? given.logVerbosity,
  };
}

function podOf(spec: AlibabaLoadBalancerControllerSpec, profile: Profile): AlibabaLoadBalancerControllerModel['pod'] {
  const given = { imagePullSecrets: undefined, priorityClassName: undefined, ...defaultsOf(profile) };
  return {
    image: spec.image,
    initImage: spec.initImage ?? spec.image,
    imagePullPolicy: spec.imagePullPolicy ?? given.imagePullPolicy,
    imagePullSecrets: spec.imagePullSecrets ?? given.imagePullSecrets,
    replicas: spec.replicas ?? given.replicas,
    resources: spec.resources ?? given.resources,
    nodeSelector: spec.nodeSelector,
    tolerations: spec.tolerations ?? given.tolerations,
    priorityClassName: spec.priorityClassName ?? given.priorityClassName,
  };
}

function defaultsOf(profile: Profile): (typeof ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS)[Profile] {
  return ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS[profile];
}
