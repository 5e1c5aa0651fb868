import type { ManagerFlags } from '../../spec/generated/alibaba-cloud-controller-manager';

/** The program of 003's document, and today's. */
export type ManagerVersion = 'v1.9' | 'v2';

/** A flag of the program. */
interface ManagerFlag {
  readonly field: keyof ManagerFlags;
  /** Its names by version, without the dashes; a version that is not named has no such flag. */
  readonly names: Readonly<Partial<Record<ManagerVersion, string>>>;
  /** What the document says (v1.9), or the program does without it (v2). */
  readonly documented: Readonly<Partial<Record<ManagerVersion, string>>>;
  /** Versions in which it is accepted and should no longer be used. */
  readonly deprecatedIn?: readonly ManagerVersion[];
}

type Row = readonly [field: keyof ManagerFlags, name: string, v1?: string, v2?: string];

/**
 * Every flag of 003's document with the value it prints, in the order of its DaemonSet first, and those of today's program:
 * kubernetes/cloud-provider-alibaba-cloud@0943189:pkg/config/controller_config.go, and @eeb0ddc:pkg/config/runtime_config.go,
 * which has the flags of leader election since it left those of the operator SDK (enable-leader-election, sync-period) behind.
 * A flag that only one version has is absent (`undefined`) for the other.
 */
const ROWS: readonly Row[] = [
  ['kubeconfig', 'kubeconfig', '/etc/kubernetes/cloud-controller-manager.conf', ''],
  ['cloudConfig', 'cloud-config', '', ''],
  ['address', 'address', '127.0.0.1'],
  ['allowUntaggedCloud', 'allow-untagged-cloud', 'true', 'false'],
  ['leaderElect', 'leader-elect', 'true', 'true'],
  ['cloudProvider', 'cloud-provider', 'alicloud', 'alibabacloud'],
  ['allocateNodeCIDRs', 'allocate-node-cidrs', 'true', 'false'],
  ['clusterCIDR', 'cluster-cidr', '172.30.0.0/16', ''],
  ['useServiceAccountCredentials', 'use-service-account-credentials', 'true', 'false'],
  ['routeReconciliationPeriod', 'route-reconciliation-period', '30s', '5m'],
  ['v', 'v', '5', '0'],
  ['alsologtostderr', 'alsologtostderr', 'false', 'false'],
  ['clusterName', 'cluster-name', 'kubernetes', 'kubernetes'],
  ['concurrentServiceSyncs', 'concurrent-service-syncs', '1', '3'],
  ['configureCloudRoutes', 'configure-cloud-routes', 'true', 'true'],
  ['contentionProfiling', 'contention-profiling', 'false'],
  ['controllerStartInterval', 'controller-start-interval', '0s'],
  ['featureGates', 'feature-gates', ''],
  ['kubeApiBurst', 'kube-api-burst', '30', '30'],
  ['kubeApiContentType', 'kube-api-content-type', 'application/vnd.kubernetes.protobuf'],
  ['kubeApiQPS', 'kube-api-qps', '20', '20'],
  ['leaderElectLeaseDuration', 'leader-elect-lease-duration', '15s', '15s'],
  ['leaderElectRenewDeadline', 'leader-elect-renew-deadline', '10s', '10s'],
  ['leaderElectResourceLock', 'leader-elect-resource-lock', 'endpoints', 'leases'],
  ['leaderElectRetryPeriod', 'leader-elect-retry-period', '2s', '2s'],
  ['logFlushFrequency', 'log-flush-frequency', '5s'],
  ['logtostderr', 'logtostderr', 'true', 'true'],
  ['master', 'master', ''],
  ['minResyncPeriod', 'min-resync-period', '12h0m0s'],
  ['nodeMonitorPeriod', 'node-monitor-period', '5s', '5m'],
  ['nodeStatusUpdateFrequency', 'node-status-update-frequency', '5m0s'],
  ['port', 'port', '10253'],
  ['profiling', 'profiling', 'true'],
  ['serviceAccountPrivateKeyFile', 'service-account-private-key-file', ''],
  ['stderrthreshold', 'stderrthreshold', '2', '2'],
  ['version', 'version', 'false'],
  ['vmodule', 'vmodule', '', ''],
];

/** Flags of the log with two names: v2 takes klog's own, with underscores (klog/v2, InitFlags). */
const RENAMED: readonly ManagerFlag[] = [
  {
    field: 'logBacktraceAt',
    names: { 'v1.9': 'log-backtrace-at', v2: 'log_backtrace_at' },
    documented: { 'v1.9': ':0', v2: ':0' },
  },
  {
    field: 'logDir',
    names: { 'v1.9': 'log-dir', v2: 'log_dir' },
    documented: { 'v1.9': '', v2: '' },
  },
];

/** Flags that only today's program has. */
const NEW: readonly (readonly [field: keyof ManagerFlags, name: string, documented: string])[] = [
  ['controllers', 'controllers', 'node,route,service,nlb'],
  ['dryRun', 'dry-run', 'false'],
  ['network', 'network', 'vpc'],
  ['sgBatchSize', 'sg-batch-size', '40'],
  ['nodeReconcileBatchSize', 'node-reconcile-batch-size', '100'],
  ['routeReconcileBatchSize', 'route-reconcile-batch-size', '50'],
  ['maxConcurrentActions', 'max-concurrent-actions', '10'],
  ['maxThrottlingRetryTimes', 'max-throttling-retry-times', '10'],
  ['enableIMDSv2', 'enable-imdsv2', 'true'],
  ['skipDisableSourceDestCheck', 'skip-disable-source-dest-check', 'false'],
  ['nodeEventAggregationWaitSeconds', 'node-event-aggregation-wait-seconds', '1'],
  ['metricsBindAddr', 'metrics-bind-addr', ':8080'],
  ['healthProbeBindAddr', 'health-probe-bind-addr', ':10258'],
  ['pprofBindAddr', 'pprof-bind-addr', ':6060'],
  ['leaderElectResourceName', 'leader-elect-resource-name', 'ccm'],
  ['leaderElectResourceNamespace', 'leader-elect-resource-namespace', 'kube-system'],
];

/** What the document or the programs call deprecated. */
const DEPRECATED: Readonly<Partial<Record<keyof ManagerFlags, readonly ManagerVersion[]>>> = {
  allowUntaggedCloud: ['v1.9', 'v2'],
  concurrentServiceSyncs: ['v2'],
  serviceAccountPrivateKeyFile: ['v1.9'],
};

function flagOf([field, name, v1, v2]: Row): ManagerFlag {
  const both = { ...(v1 !== undefined && { 'v1.9': v1 }), ...(v2 !== undefined && { v2 }) };
  const names = { ...(v1 !== undefined && { 'v1.9': name }), ...(v2 !== undefined && { v2: name }) };
  return { field, names, documented: both, deprecatedIn: DEPRECATED[field] ?? [] };
}

/** All flags, in the order in which they are printed. */
export const MANAGER_FLAGS: readonly ManagerFlag[] = [
  ...ROWS.map(flagOf),
  ...RENAMED,
  ...NEW.map(([field, name, documented]) => ({ field, names: { v2: name }, documented: { v2: documented } })),
];
