import { type BalancerOperatorModel, LOOPBACK_METRICS_PORT } from '../operator/balancer-operator';

/**
 * The flags of the manager. Those of hliangzhao/balancer@1cb6130:cmd/manager/main.go and of controller-runtime's zap, and
 * with `authentication: controller-runtime` those of kubebuilder 4; --max-concurrent-reconciles is for the builder to add.
 */
export function managerFlags({ profile, manager, metrics }: BalancerOperatorModel): string[] {
  const { log, concurrency } = manager;
  const flags: readonly (readonly [name: string, value: string | number | boolean | undefined])[] = [
    ['health-probe-bind-address', `:${manager.healthProbePort}`],
    ['metrics-bind-address', metricsAddress(metrics)],
    ['metrics-secure', metrics?.authentication === 'controller-runtime' ? true : undefined],
    ['max-concurrent-reconciles', profile === 'hardened' ? concurrency : undefined],
    ['zap-log-level', log.level],
    ['zap-encoder', log.encoder],
    ['zap-devel', log.development],
    ['zap-stacktrace-level', log.stacktraceLevel],
  ];
  const set = flags.filter(([, value]) => value !== undefined).map(([name, value]) => `--${name}=${value}`);
  // A flag that stands alone, as in the original: its default is false.
  return manager.electsLeader ? [...set, '--leader-elect'] : set;
}

/** "0" turns metrics off: https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/metrics/server#Options */
export function metricsAddress(metrics: BalancerOperatorModel['metrics']): string {
  if (metrics === undefined) return '0';
  return metrics.authentication === 'controller-runtime' ? `:${metrics.port}` : `127.0.0.1:${LOOPBACK_METRICS_PORT}`;
}
