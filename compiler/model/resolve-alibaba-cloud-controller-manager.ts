import type { Report } from '../diagnostics';
import type { SpecDocument } from '../spec/document';
import type {
  AlibabaCloudControllerManager,
  AlibabaCloudControllerManagerSpec,
  ManagerFlags,
} from '../spec/generated/alibaba-cloud-controller-manager';
import type {
  AlibabaCloudControllerManagerModel,
  ManagerFeature,
  ManagerNodeModel,
} from './alibaba-cloud-controller-manager';
import { checkAlibabaCloudControllerManager } from './alibaba-cloud-controller-manager-checks';
import { ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS, PRINTED_FLAGS } from './alibaba-cloud-controller-manager-defaults';
import type { Profile } from './balancer';
import { MANAGER_FLAGS, type ManagerVersion } from './cloud-manager-flags';
import { checkCredentials } from './credentials-checks';
import { problemsOf } from './problems';
import { resolveCredentials } from './resolve-credentials';

/** A document of the kind, its shape checked. Problems are reported, all of them; then there is no model. */
export function resolveAlibabaCloudControllerManager(
  { metadata, spec }: AlibabaCloudControllerManager,
  document: SpecDocument,
  report: Report,
): AlibabaCloudControllerManagerModel | undefined {
  const problems = problemsOf(document, report);
  const profile = spec.profile ?? 'hardened';
  const defaults = ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS[profile];
  const version = spec.version ?? defaults.version;
  const flags: ManagerFlags = { ...PRINTED_FLAGS[version][profile], ...spec.flags };
  checkCredentials(spec.credentials, problems);
  checkAlibabaCloudControllerManager({ profile, version, flags }, spec, problems);
  const pod = podOf(spec, profile);
  if (pod.image === undefined) problems.add('BAL2003', '/spec/image', '"image" is missing');
  if (problems.anyError() || pod.image === undefined) return undefined;
  return {
    profile,
    version,
    kubernetesVersion: spec.kubernetesVersion ?? defaults.kubernetesVersion,
    name: metadata.name,
    namespace: metadata.namespace ?? 'kube-system',
    labels: metadata.labels ?? {},
    pod: { ...pod, image: pod.image, initImage: spec.initImage ?? pod.image },
    credentials: resolveCredentials(spec.credentials),
    kubeconfig: spec.kubeconfig,
    cloudConfig: spec.cloudConfig ?? {},
    flags,
    probe: probeOf(version, flags),
    features: featuresOf(version, flags, spec.cloudConfig?.featureGates ?? []),
    nodes: (spec.nodes ?? []).map((node) => nodeOf(node, profile)),
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
    overrideHostname: overrideHostname ?? profile === 'upstream',
  };
}

/** The documented value of a flag, for one that is not printed. */
export function documentedFlag(version: ManagerVersion, field: keyof ManagerFlags): string {
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

function featuresOf(
  version: ManagerVersion,
  flags: ManagerFlags,
  gates: readonly string[],
): ReadonlySet<ManagerFeature> {
  const controllers = version === 'v2' ? (flags.controllers ?? ['node', 'route', 'service', 'nlb']) : ALL_CONTROLLERS;
  const routes = controllers.includes('route') && flags.configureCloudRoutes !== false;
  const lock = flags.leaderElectResourceLock ?? documentedFlag(version, 'leaderElectResourceLock');
  const elects = flags.leaderElect !== false;
  const features: readonly (readonly [ManagerFeature, boolean])[] = [
    ['service', controllers.includes('service') || controllers.includes('nlb')],
    ['node', controllers.includes('node')],
    ['route', routes],
    ['endpoint-slices', gates.includes('EndpointSlice')],
    ['leader-election', elects && lock.includes('leases')],
    ['leader-election-endpoints', elects && lock.startsWith('endpoints')],
    ['service-account-credentials', flags.useServiceAccountCredentials === true],
  ];
  return new Set(features.flatMap(([feature, on]) => (on ? [feature] : [])));
}

const ALL_CONTROLLERS: readonly string[] = ['node', 'route', 'service'];
