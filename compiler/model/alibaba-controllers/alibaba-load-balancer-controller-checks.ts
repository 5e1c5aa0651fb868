import type { AlibabaLoadBalancerControllerSpec } from '../../spec/generated/alibaba-load-balancer-controller';
import { checkResources, checkTolerations } from '../balancer/pod-checks';
import type { Problems } from '../problems';
import { networkProblem } from '../values/ip-network';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import {
  ALIBABA_CONTROLLER_SELECTOR,
  type AlibabaLoadBalancerControllerModel,
} from './alibaba-load-balancer-controller';
import { ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS } from './alibaba-load-balancer-controller-defaults';

type Declared = Omit<AlibabaLoadBalancerControllerModel, 'credentials'>;
type Check = (model: Declared, spec: AlibabaLoadBalancerControllerSpec, problems: Problems) => void;

/** What must hold between the fields of an AlibabaLoadBalancerController. */
const CHECKS: readonly Check[] = [
  checkImages,
  checkControllers,
  checkRoutes,
  checkMetadataServer,
  checkGates,
  checkElection,
  checkPorts,
  checkPod,
  checkLabels,
  checkUnread,
];

/** client-go refuses a renew deadline that is not above 1.2 (JitterFactor) retry periods: tools/leaderelection. */
const LONGEST_RETRY_TENTHS = 12;

/** Runs every check and reports what fails. */
export function checkAlibabaLoadBalancerController(
  model: Declared,
  spec: AlibabaLoadBalancerControllerSpec,
  problems: Problems,
): void {
  const version = spec.kubernetesVersion ?? ALIBABA_LOAD_BALANCER_CONTROLLER_DEFAULTS[model.profile].kubernetesVersion;
  checkKubernetesVersion(version, problems);
  for (const check of CHECKS) check(model, spec, problems);
}

/** The original pulls its image always, under a tag that it does not name. */
function checkImages({ profile }: Declared, spec: AlibabaLoadBalancerControllerSpec, problems: Problems): void {
  if (profile === 'upstream') return;
  const images = [
    { pointer: '/spec/image', image: spec.image },
    { pointer: '/spec/initImage', image: spec.initImage },
    { pointer: '/spec/build/goImage', image: spec.build?.goImage },
    { pointer: '/spec/build/baseImage', image: spec.build?.baseImage },
  ];
  for (const { pointer, image } of images) {
    if (image === undefined || image.includes('@')) continue;
    const tag = /:([^:/]+)$/.exec(image)?.[1];
    if (tag === undefined) problems.add('BAL3072', pointer, `the image "${image}" has neither tag nor digest`);
    if (tag === 'latest') problems.add('BAL3072', pointer, `the image "${image}" is whatever was pushed last`);
  }
}

function checkControllers({ flags, cloudConfig }: Declared, _: unknown, problems: Problems): void {
  reportTwice(flags.controllers, '/spec/controllers', problems);
  reportTwice(cloudConfig.featureGates ?? [], '/spec/cloudConfig/featureGates', problems);
}

function reportTwice(names: readonly string[], pointer: string, problems: Problems): void {
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) problems.add('BAL3001', `${pointer}/${index}`, `"${name}" is named twice`);
  });
}

/** alibaba-load-balancer-controller@27e9b97: pkg/config/controller_config.go, Validate; pkg/controller/controller.go, init. */
function checkRoutes({ flags }: Declared, spec: AlibabaLoadBalancerControllerSpec, problems: Problems): void {
  const { configureCloudRoutes, clusterCIDR } = flags;
  const problem = clusterCIDR === undefined ? undefined : networkProblem(clusterCIDR);
  if (problem !== undefined) problems.add('BAL3016', '/spec/clusterCIDR', `"${clusterCIDR}" ${problem}`);
  if (configureCloudRoutes && clusterCIDR === undefined) {
    problems.add('BAL3074', '/spec/configureCloudRoutes', 'configureCloudRoutes is true, and clusterCIDR is missing');
  }
  if (configureCloudRoutes) {
    const message = 'the program has no controller for routes: the manager of the cloud configures them';
    problems.add('BAL3077', '/spec/configureCloudRoutes', message);
  } else if (spec.clusterCIDR !== undefined) {
    problems.add('BAL3077', '/spec/clusterCIDR', 'clusterCIDR is read only where configureCloudRoutes is true');
  }
}

/** The same repository@a9b1da3: pkg/provider/alibaba/base/metadata.go, NewMetaData. */
function checkMetadataServer({ cloudConfig }: Declared, _: unknown, problems: Problems): void {
  const { vpcId, vSwitchId } = cloudConfig;
  if (vpcId !== undefined && vSwitchId !== undefined) return;
  for (const field of ['region', 'zoneId', 'vpcId', 'vSwitchId'] as const) {
    if (cloudConfig[field] === undefined) continue;
    const message = `${field} is read only where both vpcId and vSwitchId are set: the metadata server is asked instead`;
    problems.add('BAL3077', `/spec/cloudConfig/${field}`, message);
  }
}

function checkGates({ profile, cloudConfig }: Declared, _: unknown, problems: Problems): void {
  const index = cloudConfig.featureGates?.indexOf('EndpointSlice') ?? -1;
  if (profile === 'hardened' || index === -1) return;
  const message = 'the ClusterRole of profile "upstream" has no EndpointSlices';
  problems.add('BAL3078', `/spec/cloudConfig/featureGates/${index}`, message);
}

/** https://pkg.go.dev/k8s.io/client-go/tools/leaderelection#NewLeaderElector */
function checkElection({ flags, pod }: Declared, spec: AlibabaLoadBalancerControllerSpec, problems: Problems): void {
  const {
    enabled,
    leaseDurationSeconds: lease,
    renewDeadlineSeconds: renew,
    retryPeriodSeconds: retry,
  } = flags.leaderElection;
  if (!enabled) {
    if (pod.replicas > 1) {
      const pointer = spec.replicas === undefined ? '/spec/leaderElection/enabled' : '/spec/replicas';
      problems.add('BAL3076', pointer, `"${pod.replicas}" replicas run, and elect no leader`);
    }
    for (const field of Object.keys(spec.leaderElection ?? {}).filter((name) => name !== 'enabled')) {
      problems.add('BAL3077', `/spec/leaderElection/${field}`, `${field} is read only where a leader is elected`);
    }
    return;
  }
  const at = (...fields: readonly string[]): string => {
    const field = fields.find((name) => name in (spec.leaderElection ?? {}));
    return `/spec/leaderElection/${field ?? fields[0]}`;
  };
  if (lease <= renew) {
    const pointer = at('leaseDurationSeconds', 'renewDeadlineSeconds');
    problems.add('BAL3075', pointer, `the lease lasts "${lease}" seconds, the leader tries for "${renew}"`);
  }
  const longestRetry = (LONGEST_RETRY_TENTHS * retry) / 10;
  if (renew <= longestRetry) {
    const pointer = at('renewDeadlineSeconds', 'retryPeriodSeconds');
    problems.add('BAL3075', pointer, `the leader tries for "${renew}" seconds, once in up to "${longestRetry}"`);
  }
}

function checkPorts({ flags }: Declared, spec: AlibabaLoadBalancerControllerSpec, problems: Problems): void {
  if (flags.metricsPort !== flags.healthProbePort) return;
  const pointer = spec.metricsPort === undefined ? '/spec/healthProbePort' : '/spec/metricsPort';
  problems.add('BAL3002', pointer, `"${flags.metricsPort}/TCP" is used twice: by metrics and by the health check`);
}

function checkPod({ pod }: Declared, spec: AlibabaLoadBalancerControllerSpec, problems: Problems): void {
  checkResources(spec.resources, '/spec/resources', problems);
  checkTolerations(pod.tolerations, '/spec/tolerations', problems);
}

function checkLabels({ labels }: Declared, _: unknown, problems: Problems): void {
  for (const key of Object.keys(labels).filter((name) => name in ALIBABA_CONTROLLER_SELECTOR)) {
    problems.add('BAL3019', `/metadata/labels/${key}`, `the label "${key}" is set by the compiler`);
  }
}

function checkUnread({ profile }: Declared, spec: AlibabaLoadBalancerControllerSpec, problems: Problems): void {
  if (spec.initImage !== undefined && spec.credentials.secret === undefined) {
    problems.add('BAL3077', '/spec/initImage', 'there is an init container only with credentials.secret');
  }
  for (const field of ['goImage', 'mainFile'] as const) {
    if (profile === 'hardened' || spec.build?.[field] === undefined) continue;
    problems.add(
      'BAL3077',
      `/spec/build/${field}`,
      'the Dockerfile of profile "upstream" takes a binary that is there',
    );
  }
}
