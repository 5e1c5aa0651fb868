/** Rules for Pods and what makes them: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
import type { Deployment, KubernetesObject, PodSpec, Volume } from '../../compiler/manifest/k8s';
import { containersOf, matches, ofKind, ofPod, type Pod, podOf, type Rule, repeated, when } from './rule';
import { isDnsLabel, isPortName, quantity } from './syntax';

/** The selector of a workload is not empty, and selects the Pods that it makes. */
export const selectorWithinTemplate = ofPod((pod, object) => {
  if (object.kind === 'Pod' || object.kind === 'Job') return [];
  const labels = (object as Deployment).spec?.selector?.matchLabels ?? {};
  return [
    ...when(Object.keys(labels).length === 0, 'has an empty selector'),
    ...when(!matches(labels, pod), 'its selector does not match the labels of its template'),
  ];
});

/** Selectors that spread or part the Pods of a workload select those very Pods. */
export const spreadSelectors = ofPod((pod) => {
  const { topologySpreadConstraints: spread = [], affinity } = pod.spec;
  const parts = affinity?.podAntiAffinity;
  const terms = [
    ...spread,
    ...(parts?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(parts?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ];
  const astray = terms.filter(({ labelSelector }) => !matches(labelSelector?.matchLabels, pod));
  return astray.map(({ topologyKey }) => `the selector for ${topologyKey} does not match the labels of its Pods`);
});

/** A Deployment may take its Pods away or add new ones, and keeps its Pods running. */
export const strategy = ofKind<Deployment>('Deployment', ({ spec }) => {
  const { maxSurge, maxUnavailable } = spec?.strategy?.rollingUpdate ?? {};
  const policy = spec?.template.spec?.restartPolicy ?? 'Always';
  return [
    ...when(maxSurge === 0 && maxUnavailable === 0, 'can neither add nor remove a Pod'),
    ...when(spec?.strategy?.type === 'Recreate' && spec.strategy.rollingUpdate !== undefined, 'recreates and rolls'),
    ...when(policy !== 'Always', `restarts its containers ${policy}`),
  ];
});

/** Containers have names that are DNS labels, each its own. */
export const containerNames = ofPod((pod) => {
  const names = containersOf(pod).map(({ name }) => name);
  return [
    ...when(pod.spec.containers.length === 0, 'has no containers'),
    ...names.filter((name) => !isDnsLabel(name)).map((name) => `container name "${name}" is no DNS label`),
    ...repeated(names).map((name) => `container name "${name}" is there twice`),
  ];
});

/** Volumes have names that are DNS labels, each its own, and one source. */
export const volumeNames = ofPod(({ spec: { volumes = [] } }) => {
  const names = volumes.map(({ name }) => name);
  return [
    ...names.filter((name) => !isDnsLabel(name)).map((name) => `volume name "${name}" is no DNS label`),
    ...repeated(names).map((name) => `volume name "${name}" is there twice`),
    ...volumes
      .filter((volume) => Object.keys(volume).length > 2)
      .map(({ name }) => `volume "${name}" has several sources`),
    ...volumes
      .filter(({ emptyDir }) => !(quantity(emptyDir?.sizeLimit ?? 0) >= 0))
      .map(({ name }) => `volume "${name}" has no size`),
  ];
});

/** Each volume is mounted by some container: one that is not is a leftover. */
export const volumesUsed = ofPod((pod) => {
  const mounted = new Set(containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)));
  const idle = (pod.spec.volumes ?? []).filter(({ name }) => !mounted.has(name));
  return idle.map(({ name }) => `volume "${name}" is not mounted`);
});

/** ConfigMaps that a Pod needs are among the objects, and have the keys. */
export const configMapsExist = ofPod((pod, object, all) =>
  configMapUses(pod).flatMap(({ name, keys }) => {
    const found = all.find((other) => {
      return other.kind === 'ConfigMap' && other.metadata.name === name && sameNamespace(other, object);
    }) as (KubernetesObject & { readonly data?: object }) | undefined;
    if (found === undefined) return [`ConfigMap "${name}" does not exist`];
    const missing = keys.filter((key) => !(key in (found.data ?? {})));
    return missing.map((key) => `ConfigMap "${name}" has no key "${key}"`);
  }),
);

interface ConfigMapUse {
  readonly name?: string;
  readonly optional?: boolean;
  readonly keys: readonly string[];
}

function configMapUses(pod: Pod): ConfigMapUse[] {
  const containers = containersOf(pod);
  const variables = containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.configMapKeyRef));
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  const paths = ({ name }: Volume): string[] =>
    mounts.filter((mount) => mount.name === name && mount.subPath !== undefined).map(({ subPath }) => String(subPath));
  const uses = [
    ...(pod.spec.volumes ?? []).map((volume) => {
      const { configMap } = volume;
      const items = configMap?.items?.map(({ key }) => key);
      return configMap && { ...configMap, keys: items ?? paths(volume) };
    }),
    ...containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef: ref }) => ref && { ...ref, keys: [] })),
    ...variables.map((ref) => ref && { ...ref, keys: [ref.key] }),
  ];
  return uses.filter((use) => use !== undefined).filter(({ optional }) => optional !== true);
}

function sameNamespace(one: KubernetesObject, other: KubernetesObject): boolean {
  return one.metadata.namespace === other.metadata.namespace;
}

/** The ServiceAccount of a Pod is among the objects, unless it is the one that each namespace has. */
export const serviceAccountExists = ofPod(({ spec: { serviceAccountName } }, object, all) => {
  if (serviceAccountName === undefined || serviceAccountName === 'default') return [];
  const accounts = all.filter((other) => other.kind === 'ServiceAccount' && sameNamespace(other, object));
  const found = accounts.some(({ metadata }) => metadata.name === serviceAccountName);
  return when(!found, `ServiceAccount "${serviceAccountName}" does not exist`);
});

/** Container ports have names of at most 15 characters; neither a name nor a port is there twice in a Pod. */
export const podPorts = ofPod((pod) => {
  const ports = pod.spec.containers.flatMap(({ ports: declared = [] }) => declared);
  const names = ports.map(({ name }) => name).filter((name) => name !== undefined);
  const numbers = ports.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`);
  return [
    ...names.filter((name) => !isPortName(name)).map((name) => `port name "${name}" is no name of a container port`),
    ...repeated(names).map((name) => `port name "${name}" is there twice`),
    ...repeated(numbers).map((port) => `container port ${port} is there twice`),
  ];
});

const DEFAULT_GRACE_SECONDS = 30;

/** The kubelet kills a Pod at the end of its grace period, whether its hook has ended or not. */
export const gracePeriod = ofPod((pod) => {
  const grace = pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
  return pod.spec.containers.flatMap(({ name, lifecycle }) => {
    const hook = lifecycle?.preStop as { exec?: { command?: string[] }; sleep?: { seconds: number } } | undefined;
    const script = hook?.exec?.command?.join(' ') ?? '';
    const slept = [...script.matchAll(/\bsleep (\d+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
    const seconds = slept + (hook?.sleep?.seconds ?? 0);
    return when(seconds >= grace, `container "${name}" sleeps ${seconds} s of a grace period of ${grace} s`);
  });
});

/** A Pod on the network of its node asks the cluster's name server, has no sysctls of a network, and the ports of the node. */
export const hostNetwork = ofPod(({ spec }) => {
  const { hostNetwork: onHost, dnsPolicy, securityContext, containers } = spec;
  if (onHost !== true) return [];
  const ports = containers.flatMap(({ ports: declared = [] }) => declared);
  const moved = ports.filter(({ hostPort, containerPort }) => hostPort !== undefined && hostPort !== containerPort);
  const sysctls = (securityContext?.sysctls ?? []).filter(({ name }) => name.startsWith('net.'));
  return [
    ...when(dnsPolicy === undefined || dnsPolicy === 'ClusterFirst', 'on the host network finds no Services by name'),
    ...sysctls.map(({ name }) => `on the host network may not set ${name}`),
    ...moved.map(({ hostPort, containerPort }) => `on the host network has port ${containerPort} as ${hostPort}`),
  ];
});

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export const tolerations = ofPod(({ spec: { tolerations: some = [] } }) =>
  some.flatMap(({ key = '', operator = 'Equal', value = '', effect, tolerationSeconds }) => [
    ...when(key === '' && operator !== 'Exists', 'tolerates every key, but one value'),
    ...when(operator === 'Exists' && value !== '', `tolerates any value of "${key}", but has the value "${value}"`),
    ...when(tolerationSeconds !== undefined && effect !== 'NoExecute', 'tolerates for a time what does not evict'),
  ]),
);

/** Ports below 1024 are for root, unless the network of the Pod is told otherwise; that of a node cannot be. */
export const lowPorts = ofPod(({ spec }) => {
  const { runAsNonRoot, sysctls = [] } = spec.securityContext ?? {};
  const opened = sysctls.some(({ name, value }) => name === 'net.ipv4.ip_unprivileged_port_start' && value === '0');
  if (runAsNonRoot !== true || (opened && spec.hostNetwork !== true)) return [];
  const ports = spec.containers.flatMap(({ ports: declared = [] }) =>
    declared.map(({ containerPort }) => containerPort),
  );
  return ports.filter((port) => port < 1024).map((port) => `container port ${port} is for root only`);
});

const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
]);

const SAFE_VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/**
 * A Pod that claims runAsNonRoot keeps the whole of the restricted Pod Security Standard, but for a network of its node:
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const restricted: Rule = (object) => {
  const pod = podOf(object);
  return pod?.spec.securityContext?.runAsNonRoot === true ? [...podLapses(pod.spec), ...containerLapses(pod)] : [];
};

function podLapses({ securityContext, volumes = [], ...spec }: PodSpec): string[] {
  const sources = volumes.flatMap((volume) => Object.keys(volume).filter((key) => key !== 'name'));
  return [
    ...when('hostPID' in spec || 'hostIPC' in spec, 'shares processes or memory with its node'),
    ...when(securityContext?.runAsUser === 0, 'runs as root, but claims not to'),
    ...sources.filter((source) => !SAFE_VOLUMES.has(source)).map((source) => `mounts a ${source}`),
    ...(securityContext?.sysctls ?? [])
      .filter(({ name }) => !SAFE_SYSCTLS.has(name))
      .map(({ name }) => `sets the unsafe sysctl ${name}`),
  ];
}

function containerLapses(pod: Pod): string[] {
  const profile = pod.spec.securityContext?.seccompProfile?.type;
  return containersOf(pod).flatMap(({ name, securityContext: own = {} }) => {
    const { drop = [], add = [] } = own.capabilities ?? {};
    const seccomp = own.seccompProfile?.type ?? profile;
    return [
      ...when(own.allowPrivilegeEscalation !== false, `container "${name}" may escalate its privileges`),
      ...when(
        own.privileged === true || own.runAsUser === 0 || own.runAsNonRoot === false,
        `container "${name}" is privileged`,
      ),
      ...when(!drop.includes('ALL'), `container "${name}" keeps capabilities`),
      ...when(
        add.some((capability) => capability !== 'NET_BIND_SERVICE'),
        `container "${name}" adds capabilities`,
      ),
      ...when(seccomp !== 'RuntimeDefault' && seccomp !== 'Localhost', `container "${name}" has no seccomp profile`),
    ];
  });
}
