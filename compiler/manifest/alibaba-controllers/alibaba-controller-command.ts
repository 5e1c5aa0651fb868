import type {
  AlibabaFlags,
  AlibabaLoadBalancerControllerModel,
} from '../../model/alibaba-controllers/alibaba-load-balancer-controller';
import { PROGRAM_DEFAULTS } from '../../model/alibaba-controllers/alibaba-load-balancer-controller-defaults';

/** Where the program takes its Lease from without a flag. */
const LEASE_NAMESPACE = 'kube-system';

/** The command line: the four flags of 000, and those whose value is not the program's own. */
export function controllerCommand(model: AlibabaLoadBalancerControllerModel, configFile: string): string[] {
  const { flags } = model;
  return [
    '/load-balancer-controller',
    `--cloud-config=${configFile}`,
    `--controllers=${flags.controllers.join(',')}`,
    `--leader-elect-resource-name=${flags.leaderElection.resourceName}`,
    `--configure-cloud-routes=${flags.configureCloudRoutes}`,
    ...optional('cluster-cidr', flags.clusterCIDR, undefined),
    ...electionFlags(model),
    ...addressFlags(flags),
    ...optional('network', flags.network, PROGRAM_DEFAULTS.network),
    ...optional('kube-api-qps', flags.kubeApiQps, PROGRAM_DEFAULTS.kubeApiQps),
    ...optional('kube-api-burst', flags.kubeApiBurst, PROGRAM_DEFAULTS.kubeApiBurst),
    ...optional('dry-run', flags.dryRun, PROGRAM_DEFAULTS.dryRun),
    ...optional('v', flags.logVerbosity, PROGRAM_DEFAULTS.logVerbosity),
  ];
}

function electionFlags({ profile, namespace, flags }: AlibabaLoadBalancerControllerModel): string[] {
  const { enabled, ...timing } = flags.leaderElection;
  const own = PROGRAM_DEFAULTS.leaderElection;
  if (!enabled) return ['--leader-elect=false'];
  return [
    // An older default also writes Endpoints, which the derived permissions do not allow.
    ...(profile === 'hardened' ? ['--leader-elect-resource-lock=leases'] : []),
    ...optional('leader-elect-resource-namespace', namespace, LEASE_NAMESPACE),
    ...optional('leader-elect-lease-duration', seconds(timing.leaseDurationSeconds), seconds(own.leaseDurationSeconds)),
    ...optional('leader-elect-renew-deadline', seconds(timing.renewDeadlineSeconds), seconds(own.renewDeadlineSeconds)),
    ...optional('leader-elect-retry-period', seconds(timing.retryPeriodSeconds), seconds(own.retryPeriodSeconds)),
  ];
}

function addressFlags({ metricsPort, healthProbePort }: AlibabaFlags): string[] {
  return [
    // controller-runtime takes "0" for no metrics at all.
    ...optional('metrics-bind-addr', metricsPort === 0 ? '0' : `:${metricsPort}`, `:${PROGRAM_DEFAULTS.metricsPort}`),
    ...optional('health-probe-bind-addr', `:${healthProbePort}`, `:${PROGRAM_DEFAULTS.healthProbePort}`),
  ];
}

/** A flag, where its value is not what the program takes without it. */
function optional<Value extends string | number | boolean>(
  name: string,
  value: Value | undefined,
  programDefault: Value | undefined,
): string[] {
  return value === undefined || value === programDefault ? [] : [`--${name}=${value}`];
}

/** https://pkg.go.dev/time#ParseDuration */
function seconds(count: number): string {
  return `${count}s`;
}
