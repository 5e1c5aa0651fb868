import type { ManagerFlags } from '../../spec/generated/alibaba-cloud-controller-manager';
import type { Profile } from '../balancer/balancer';
import type { Problems } from '../problems';
import { goDurationSeconds } from '../values/go-duration';
import { listenAddressProblem } from '../values/ip-address';
import { networkProblem } from '../values/ip-network';
import type { ManagerVersion } from './cloud-manager-flags';

/** What is known before anything is checked. */
export interface DeclaredManager {
  readonly profile: Profile;
  readonly version: ManagerVersion;
  readonly namespace: string;
  /** Address of the API server. */
  readonly server: string;
  /** With the flags that are printed anyway. */
  readonly flags: ManagerFlags;
}

/** kube-scheduler and kube-controller-manager, old and new: https://kubernetes.io/docs/reference/networking/ports-and-protocols/ */
const CONTROL_PLANE_PORTS: ReadonlySet<number> = new Set([6443, 10250, 10251, 10252, 10257, 10259]);

/** OpenShift's default for Services, which 003's list of flags prints as the network of Pods. */
const SERVICES_OF_OPENSHIFT = '172.30.0.0/16';

function checkNetworks({ version, flags }: DeclaredManager, problems: Problems): void {
  const { clusterCIDR, configureCloudRoutes = true, allocateNodeCIDRs } = flags;
  const problem = clusterCIDR === undefined ? undefined : networkProblem(clusterCIDR);
  if (problem !== undefined) problems.add('BAL3016', '/spec/flags/clusterCIDR', `"${clusterCIDR}" ${problem}`);
  if (clusterCIDR === SERVICES_OF_OPENSHIFT) {
    problems.add('BAL3082', '/spec/flags/clusterCIDR', `"${clusterCIDR}" is likely the network of Services`);
  }
  if (clusterCIDR === undefined && configureCloudRoutes) {
    problems.add('BAL3074', '/spec/flags', 'configureCloudRoutes is on, and clusterCIDR is missing');
  } else if (clusterCIDR === undefined && allocateNodeCIDRs) {
    problems.add('BAL3074', '/spec/flags', 'allocateNodeCIDRs is on, and clusterCIDR is missing');
  }
  if (version === 'v1.9' && configureCloudRoutes && allocateNodeCIDRs === false) {
    problems.add(
      'BAL3081',
      '/spec/flags/allocateNodeCIDRs',
      'without allocateNodeCIDRs there are no routes to configure',
    );
  }
  const seconds = goDurationSeconds(flags.routeReconciliationPeriod ?? '5m');
  if (version === 'v2' && seconds < 60) {
    const got = `"${flags.routeReconciliationPeriod}" is below the minute that the program takes at least`;
    problems.add('BAL3081', '/spec/flags/routeReconciliationPeriod', got);
  }
}

function checkAddresses({ server, flags }: DeclaredManager, problems: Problems): void {
  const problem = flags.address === undefined ? undefined : listenAddressProblem(flags.address);
  if (problem !== undefined) problems.add('BAL3016', '/spec/flags/address', `"${flags.address}" ${problem}`);
  const servers = { '/spec/kubeconfig/server': server, '/spec/flags/master': flags.master };
  for (const [pointer, url] of Object.entries(servers)) {
    const port = /:([0-9]+)$/.exec(url ?? '')?.[1];
    if (Number(port) > 65535) problems.add('BAL2004', pointer, `"${port}" is no port from 1 to 65535`);
  }
}

/** Flags with an address and a port, or "0" for nothing, in the order of importance. */
const BOUND = ['healthProbeBindAddr', 'metricsBindAddr', 'pprofBindAddr'] as const;

function checkPorts({ flags }: DeclaredManager, problems: Problems): void {
  const ports = [['port', flags.port] as const, ...BOUND.map((field) => [field, portOf(flags[field])] as const)];
  const users = new Map<number, string>();
  for (const [field, port] of ports) {
    if (port === undefined || (port === 0 && field !== 'healthProbeBindAddr')) continue;
    const pointer = `/spec/flags/${field}`;
    const other = users.get(port);
    users.set(port, other ?? field);
    if (other !== undefined) problems.add('BAL3002', pointer, `"${port}/TCP" is used twice: by ${other} and ${field}`);
    if (CONTROL_PLANE_PORTS.has(port)) {
      problems.add('BAL3083', pointer, `port "${port}" is another program's on a master`);
    }
    if (port > 65535 || port === 0) problems.add('BAL2004', pointer, `"${port}" is no port from 1 to 65535`);
  }
}

function portOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text.split(':').at(-1));
}

/** https://pkg.go.dev/k8s.io/client-go/tools/leaderelection#NewLeaderElector */
function checkElection({ profile, version, flags }: DeclaredManager, problems: Problems): void {
  const seconds = (text: string | undefined, fallback: number): number => (text ? goDurationSeconds(text) : fallback);
  const lease = seconds(flags.leaderElectLeaseDuration, 15);
  const renew = seconds(flags.leaderElectRenewDeadline, 10);
  const retry = seconds(flags.leaderElectRetryPeriod, 2);
  if (lease <= renew) {
    problems.add(
      'BAL3075',
      '/spec/flags/leaderElectLeaseDuration',
      `the lease lasts "${lease}" seconds, the leader tries for "${renew}"`,
    );
  }
  if (renew * 10 <= retry * 12) {
    problems.add(
      'BAL3075',
      '/spec/flags/leaderElectRenewDeadline',
      `the leader tries for "${renew}" seconds, once in up to "${(retry * 12) / 10}"`,
    );
  }
  const lock = flags.leaderElectResourceLock;
  const gone = version === 'v2' ? ['endpoints', 'configmaps'] : [];
  const uncovered = profile === 'hardened' && lock?.startsWith('configmaps');
  if (lock !== undefined && (gone.includes(lock) || uncovered)) {
    problems.add('BAL3084', '/spec/flags/leaderElectResourceLock', `"${lock}" is no lock for this program`);
  }
}

function checkLogs({ profile, flags }: DeclaredManager, problems: Problems): void {
  if (flags.logDir !== undefined && flags.logtostderr !== false) {
    problems.add('BAL3081', '/spec/flags/logDir', 'logDir is read only where logtostderr is false');
  }
  if (flags.logDir === undefined && flags.logtostderr === false && profile === 'hardened') {
    problems.add('BAL3081', '/spec/flags/logtostderr', 'logtostderr is false, and logDir names no folder to write to');
  }
  if (flags.contentionProfiling && flags.profiling === false) {
    problems.add('BAL3081', '/spec/flags/contentionProfiling', 'contentionProfiling needs profiling');
  }
}

/** A volume cannot have another one in it: https://kubernetes.io/docs/concepts/storage/volumes/, subPath mounts are made in what is there. */
function checkFolders({ profile, version, flags }: DeclaredManager, problems: Problems): void {
  if (profile === 'upstream' && version === 'v1.9') return;
  const folders = [
    ['kubeconfig', flags.kubeconfig] as const,
    ['cloudConfig', version === 'v2' ? flags.cloudConfig?.replace(/\/[^/]*$/, '') : undefined] as const,
    ['logDir', flags.logDir] as const,
  ];
  const inside = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder}/`);
  for (const [index, [field, path]] of folders.entries()) {
    for (const [other, folder] of folders.slice(0, index)) {
      if (path === undefined || folder === undefined || !(inside(path, folder) || inside(folder, path))) continue;
      problems.add(
        'BAL3081',
        `/spec/flags/${field}`,
        `${field} and ${other} are in each other: "${path}" and "${folder}"`,
      );
    }
  }
}

/** What must hold between the flags of a cloud controller manager. */
export function checkManagerFlags(declared: DeclaredManager, problems: Problems): void {
  for (const check of [checkNetworks, checkAddresses, checkPorts, checkElection, checkLogs, checkFolders]) {
    check(declared, problems);
  }
}
