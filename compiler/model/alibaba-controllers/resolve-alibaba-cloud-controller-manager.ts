import type { Report } from '../../diagnostics';
import type { SpecDocument } from '../../spec/document';
import type {
  AlibabaCloudControllerManager,
  AlibabaCloudControllerManagerSpec,
  ManagerFlags,
} from '../../spec/generated/alibaba-cloud-controller-manager';
import type { Profile } from '../balancer/balancer';
import { DEFAULT_PROFILE } from '../default-profile';
import { problemsOf } from '../problems';
import type {
  AlibabaCloudControllerManagerModel,
  ManagerController,
  ManagerFeature,
  ManagerNodeModel,
} from './alibaba-cloud-controller-manager';
import { checkAlibabaCloudControllerManager } from './alibaba-cloud-controller-manager-checks';
import {
  ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS,
  OVERRIDE_HOSTNAME,
  PRINTED_FLAGS,
} from './alibaba-cloud-controller-manager-defaults';
import { MANAGER_FLAGS, type ManagerVersion } from './cloud-manager-flags';
import { checkCredentials } from './credentials-checks';
import { resolveCredentials } from './resolve-credentials';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlibabaCloudControllerManager(
  { metadata, spec }: AlibabaCloudControllerManager,
  document: SpecDocument,
  report: Report,
): AlibabaCloudControllerManagerModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? DEFAULT_PROFILE;
  const defaults = ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS[profile];
  const version = spec.version ?? defaults.version;
  const namespace = metadata.namespace ?? KUBE_SYSTEM;
  const flags = flagsOf(spec.flags, { profile, version, namespace });
  checkCredentials(spec.credentials, problems);
  const { server } = spec.kubeconfig;
  checkAlibabaCloudControllerManager({ profile, version, namespace, server, flags }, spec, problems);
  const pod = podOf(spec, profile);
  if (pod.image === undefined) problems.add('BAL2003', '/spec/image', '"image" is missing');
  if (problems.anyError() || pod.image === undefined) return undefined;
  return {
    profile,
    version,
    kubernetesVersion: spec.kubernetesVersion ?? defaults.kubernetesVersion,
    name: metadata.name,
    namespace,
    labels: metadata.labels ?? {},
    pod: { ...pod, image: pod.image },
    credentials: resolveCredentials(spec.credentials),
    kubeconfig: spec.kubeconfig,
    cloudConfig: spec.cloudConfig ?? {},
    flags,
    probe: probeOf(version, flags),
    features: featuresOf(version, flags, spec.cloudConfig?.featureGates ?? []),
    controllers: controllersOf(version, flags),
    lockNamespace: (version === 'v2' && flags.leaderElectResourceNamespace) || KUBE_SYSTEM,
    nodes: (spec.nodes ?? []).map((node) => nodeOf(node, profile)),
  };
}

/** Where the program is, its lock if nothing is said, and all that v1.9 makes: the name is written into its source. */
const KUBE_SYSTEM = 'kube-system';

interface Target {
  readonly profile: Profile;
  readonly version: ManagerVersion;
  readonly namespace: string;
}

/** The flags that are printed. In profile hardened the lock is where the program is: it needs no rights elsewhere. */
function flagsOf(declared: ManagerFlags | undefined, { profile, version, namespace }: Target): ManagerFlags {
  const moved = profile === 'hardened' && version === 'v2' && namespace !== KUBE_SYSTEM;
  return {
    ...PRINTED_FLAGS[version][profile],
    ...(moved && { leaderElectResourceNamespace: namespace }),
    ...declared,
  };
}

function podOf(spec: AlibabaCloudControllerManagerSpec, profile: Profile) {
  const defaults = { ...NOTHING, ...ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS[profile] };
  return {
    image: spec.image ?? defaults.image,
    imagePullPolicy: spec.imagePullPolicy ?? defaults.imagePullPolicy,
    imagePullSecrets: spec.imagePullSecrets,
    resources: spec.resources ?? defaults.resources,
    nodeSelector: spec.nodeSelector ?? defaults.nodeSelector,
    tolerations: spec.tolerations ?? defaults.tolerations,
    priorityClassName: spec.priorityClassName ?? defaults.priorityClassName,
  };
}

/** Fields that not every profile has a default for. */
const NOTHING: Pick<AlibabaCloudControllerManagerSpec, 'image' | 'imagePullPolicy' | 'priorityClassName'> = {
  image: undefined,
  imagePullPolicy: undefined,
  priorityClassName: undefined,
};

function nodeOf(
  { name, region, instanceId, overrideHostname }: NonNullable<AlibabaCloudControllerManagerSpec['nodes']>[number],
  profile: Profile,
): ManagerNodeModel {
  return {
    name,
    providerId: `${region}.${instanceId}`,
    overrideHostname: overrideHostname ?? OVERRIDE_HOSTNAME[profile],
  };
}

/** The documented value of a flag, for one that is not printed. */
function documentedFlag(version: ManagerVersion, field: keyof ManagerFlags): string {
  return MANAGER_FLAGS.find((flag) => flag.field === field)?.documented[version] ?? '';
}

/** Where the health check is: 003's manifest asks port 10252, which is that of kube-controller-manager on the same node. */
function probeOf(version: ManagerVersion, flags: ManagerFlags): AlibabaCloudControllerManagerModel['probe'] {
  if (version === 'v1.9') {
    return { host: reachable(flags.address ?? ''), port: flags.port ?? Number(documentedFlag(version, 'port')) };
  }
  const address = flags.healthProbeBindAddr ?? documentedFlag(version, 'healthProbeBindAddr');
  const colon = address.lastIndexOf(':');
  return { host: reachable(address.slice(0, colon).replace(/[[\]]/g, '')), port: Number(address.slice(colon + 1)) };
}

/** On the host network the node itself is asked. */
function reachable(address: string): string {
  return ['', '0.0.0.0', '::'].includes(address) ? '127.0.0.1' : address;
}

function controllersOf(version: ManagerVersion, flags: ManagerFlags): ReadonlySet<ManagerController> {
  if (version === 'v1.9') return new Set(['node', 'route', 'service']);
  return new Set(flags.controllers ?? ['node', 'route', 'service', 'nlb']);
}

function featuresOf(
  version: ManagerVersion,
  flags: ManagerFlags,
  gates: readonly string[],
): ReadonlySet<ManagerFeature> {
  const controllers = controllersOf(version, flags);
  const serves = controllers.has('service') || controllers.has('nlb');
  const routes = controllers.has('route') && flags.configureCloudRoutes !== false;
  const lock = flags.leaderElectResourceLock ?? documentedFlag(version, 'leaderElectResourceLock');
  const elects = flags.leaderElect !== false;
  const features: readonly (readonly [ManagerFeature, boolean])[] = [
    ['service', serves],
    ['node', controllers.has('node')],
    ['route', routes],
    // On unless it is turned off: kubernetes/cloud-provider-alibaba-cloud, pull request 396 and pkg/config/feature_gates.go.
    ['endpoint-slices', serves && version === 'v2' && !gates.includes('EndpointSlice=false')],
    ['leader-election', elects && lock.includes('leases')],
    ['leader-election-endpoints', elects && lock.startsWith('endpoints')],
    ['service-account-credentials', version === 'v1.9' && flags.useServiceAccountCredentials === true],
  ];
  return new Set(features.flatMap(([feature, on]) => (on ? [feature] : [])));
}
