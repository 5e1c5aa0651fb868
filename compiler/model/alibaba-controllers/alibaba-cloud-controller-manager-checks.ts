import type { AlibabaCloudControllerManagerSpec } from '../../spec/generated/alibaba-cloud-controller-manager';
import { checkResources, checkTolerations } from '../balancer/pod-checks';
import type { Problems } from '../problems';
import { checkKubernetesVersion } from '../values/kubernetes-version';
import { ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS } from './alibaba-cloud-controller-manager-defaults';
import { MANAGER_FLAGS } from './cloud-manager-flags';
import { checkManagerFlags, type DeclaredManager } from './manager-flag-checks';

type Check = (declared: DeclaredManager, spec: AlibabaCloudControllerManagerSpec, problems: Problems) => void;

const CHECKS: readonly Check[] = [
  checkVersions,
  checkAccounts,
  (declared, _, problems) => checkManagerFlags(declared, problems),
  checkCloudConfig,
  checkNodes,
  checkPod,
];

/** What must hold between the fields of an AlibabaCloudControllerManager. */
export function checkAlibabaCloudControllerManager(
  declared: DeclaredManager,
  spec: AlibabaCloudControllerManagerSpec,
  problems: Problems,
): void {
  const defaults = ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS[declared.profile];
  checkKubernetesVersion(spec.kubernetesVersion ?? defaults.kubernetesVersion, problems);
  for (const check of CHECKS) check(declared, spec, problems);
}

/** Each version has flags of its own, and some in common. */
function checkVersions(
  { version }: DeclaredManager,
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
  { version, namespace, flags }: DeclaredManager,
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

function checkCloudConfig(
  { version }: DeclaredManager,
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

function checkNodes(_: DeclaredManager, { nodes = [] }: AlibabaCloudControllerManagerSpec, problems: Problems): void {
  for (const field of ['name', 'instanceId'] as const) {
    const values = nodes.map((node) => node[field]);
    values.forEach((value, index) => {
      if (values.indexOf(value) === index) return;
      problems.add('BAL3001', `/spec/nodes/${index}/${field}`, `"${value}" is named twice`);
    });
  }
}

function checkPod(_: DeclaredManager, spec: AlibabaCloudControllerManagerSpec, problems: Problems): void {
  checkResources(spec.resources, '/spec/resources', problems);
  checkTolerations(spec.tolerations, '/spec/tolerations', problems);
}
