import type {
  AlibabaCloudControllerManagerSpec,
  ManagerFlags,
} from '../spec/generated/alibaba-cloud-controller-manager';
import { ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS } from './alibaba-cloud-controller-manager-defaults';
import type { Profile } from './balancer';
import { MANAGER_FLAGS, type ManagerVersion } from './cloud-manager-flags';
import { goDurationSeconds } from './go-duration';
import { listenAddressProblem } from './ip-address';
import { networkProblem } from './ip-network';
import { checkKubernetesVersion } from './kubernetes-version';
import { checkResources, checkTolerations } from './pod-checks';
import type { Problems } from './problems';

interface Declared {
  readonly profile: Profile;
  readonly version: ManagerVersion;
  readonly namespace: string;
  /** With the flags that are printed anyway. */
  readonly flags: ManagerFlags;
}

type Check = (declared: Declared, spec: AlibabaCloudControllerManagerSpec, problems: Problems) => void;

const CHECKS: readonly Check[] = [
  checkVersions,
  checkAccounts,
  checkNetworks,
  checkAddresses,
  checkPorts,
  checkElection,
  checkLogs,
  checkCloudConfig,
  checkNodes,
  checkPod,
];

/** kube-scheduler and kube-controller-manager, old and new: https://kubernetes.io/docs/reference/networking/ports-and-protocols/ */
const CONTROL_PLANE_PORTS: ReadonlySet<number> = new Set([6443, 10250, 10251, 10252, 10257, 10259]);

/** OpenShift's default for Services, which 003's list of flags prints as the network of Pods. */
const SERVICES_OF_OPENSHIFT = '172.30.0.0/16';

/** What must hold between the fields of an AlibabaCloudControllerManager. */
export function checkAlibabaCloudControllerManager(
  declared: Declared,
  spec: AlibabaCloudControllerManagerSpec,
  problems: Problems,
): void {
  const defaults = ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS[declared.profile];
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion, problems);
  for (const check of CHECKS) check(declared, spec, problems);
}

/** Each version has flags of its own, and some in common. */
function checkVersions(
  { version }: Declared,
  { flags = {} }: AlibabaCloudControllerManagerSpec,
  problems: Problems,
): void {
  for (const { field, names, deprecatedIn = [] } of MANAGER_FLAGS) {
    if (flags[field] === undefined) continue;
    const pointer = `/spec/flags/${field}`;
    if (names[version] === undefined) {
      problems.add('BAL3079', pointer, `version "${version}" has no flag "${Object.values(names)[0]}"`);
    } else if (deprecatedIn.includes(version)) {
      problems.add('BAL3080', pointer, `"${names[version]}" is deprecated in version "${version}"`);
    }
  }
  if (flags.version)
    problems.add('BAL3081', '/spec/flags/version', 'version prints and ends: the DaemonSet would start it for ever');
  if (flags.cloudConfig !== undefined && version === 'v1.9') {
    problems.add('BAL3081', '/spec/flags/cloudConfig', 'version "v1.9" is given no file to read here');
  }
  const provider = version === 'v2' ? 'alibabacloud' : 'alicloud';
  if (flags.cloudProvider !== undefined && flags.cloudProvider !== provider) {
    problems.add('BAL3081', '/spec/flags/cloudProvider', `version "${version}" calls itself "${provider}"`);
  }
}

/** v1.9: k8s.io/kubernetes@v1.9 pkg/controller/client_builder.go, SAControllerClientBuilder, with the namespace of its own main program. */
function checkAccounts(
  { version, namespace, flags }: Declared,
  spec: AlibabaCloudControllerManagerSpec,
  problems: Problems,
): void {
  if (flags.useServiceAccountCredentials !== true) return;
  const isDeclared = spec.flags?.useServiceAccountCredentials !== undefined;
  const pointer = isDeclared ? '/spec/flags/useServiceAccountCredentials' : '/spec';
  if (version === 'v2') {
    problems.add('BAL3086', pointer, `version "v2" does nothing with "use-service-account-credentials"`);
    return;
  }
  problems.add(
    'BAL3085',
    pointer,
    'version "v1.9" waits for tokens in Secrets, with "use-service-account-credentials"',
  );
  if (namespace !== 'kube-system') {
    problems.add(
      'BAL3081',
      pointer,
      `version "v1.9" has the accounts of its controllers in kube-system, not in "${namespace}"`,
    );
  }
}

function checkNetworks({ version, flags }: Declared, _: unknown, problems: Problems): void {
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

function checkAddresses({ flags }: Declared, _: unknown, problems: Problems): void {
  const problem = flags.address === undefined ? undefined : listenAddressProblem(flags.address);
  if (problem !== undefined) problems.add('BAL3016', '/spec/flags/address', `"${flags.address}" ${problem}`);
}

/** Flags with an address and a port, or "0" for nothing, in the order of importance. */
const BOUND = ['healthProbeBindAddr', 'metricsBindAddr', 'pprofBindAddr'] as const;

function checkPorts({ flags }: Declared, _: unknown, problems: Problems): void {
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
function checkElection({ profile, version, flags }: Declared, _: unknown, problems: Problems): void {
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

function checkLogs({ flags }: Declared, _: unknown, problems: Problems): void {
  if (flags.logDir !== undefined && flags.logtostderr !== false) {
    problems.add('BAL3081', '/spec/flags/logDir', 'logDir is read only where logtostderr is false');
  }
  if (flags.contentionProfiling && flags.profiling === false) {
    problems.add('BAL3081', '/spec/flags/contentionProfiling', 'contentionProfiling needs profiling');
  }
}

function checkCloudConfig(
  { version }: Declared,
  { cloudConfig = {} }: AlibabaCloudControllerManagerSpec,
  problems: Problems,
): void {
  const gates = (cloudConfig.featureGates ?? []).map((gate) => gate.split('=')[0]);
  gates.forEach((gate, index) => {
    if (gates.indexOf(gate) === index) return;
    problems.add('BAL3001', `/spec/cloudConfig/featureGates/${index}`, `"${gate}" is named twice`);
  });
  if (version === 'v2') return;
  for (const field of Object.keys(cloudConfig)) {
    problems.add('BAL3077', `/spec/cloudConfig/${field}`, `version "v1.9" is given no cloud-config.conf`);
  }
}

function checkNodes(_: Declared, { nodes = [] }: AlibabaCloudControllerManagerSpec, problems: Problems): void {
  for (const field of ['name', 'instanceId'] as const) {
    const values = nodes.map((node) => node[field]);
    values.forEach((value, index) => {
      if (values.indexOf(value) === index) return;
      problems.add('BAL3001', `/spec/nodes/${index}/${field}`, `"${value}" is named twice`);
    });
  }
}

function checkPod(_: Declared, spec: AlibabaCloudControllerManagerSpec, problems: Problems): void {
  checkResources(spec.resources, '/spec/resources', problems);
  checkTolerations(spec.tolerations, '/spec/tolerations', problems);
}
