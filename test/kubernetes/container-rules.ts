/** Rules for single containers. */
import type { ConfigMap, Container, KubernetesObject, Volume, VolumeMount } from '../../compiler/manifest/k8s';
import { ofContainer, ofPod, type Pod, repeated, when } from './rule';
import { isPort, quantity } from './syntax';

/** A container has an image without blanks. */
export const image = ofContainer(({ image: name = '' }) =>
  when(!/^[^\s:@/][^\s]*$/.test(name), `image "${name}" is none`),
);

/** Environment variables have names that shells know, each once. */
export const environment = ofContainer(({ env = [] }) => [
  ...env
    .filter(({ name }) => !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
    .map(({ name }) => `variable "${name}" is malformed`),
  ...repeated(env.map(({ name }) => name)).map((name) => `variable "${name}" is there twice`),
]);

/** Ports are in range. */
export const portRange = ofContainer(({ ports = [] }) =>
  ports
    .flatMap(({ containerPort, hostPort }) => (hostPort === undefined ? [containerPort] : [containerPort, hostPort]))
    .filter((port) => !isPort(port))
    .map((port) => `port ${port} is out of range`),
);

/** Mounts are of volumes that the Pod has, each at its own absolute path. */
export const mounts = ofContainer(({ volumeMounts = [] }, { spec }) => {
  const known = new Set((spec.volumes ?? []).map(({ name }) => name));
  const paths = volumeMounts.map(({ mountPath }) => mountPath);
  return [
    ...volumeMounts.filter(({ name }) => !known.has(name)).map(({ name }) => `mounts "${name}", which is no volume`),
    ...paths.filter((path) => !/^\/[^:]*$/.test(path)).map((path) => `mounts at "${path}", which is no absolute path`),
    ...repeated(paths).map((path) => `mounts twice at "${path}"`),
  ];
});

/** Probes ask a port that the container declares. */
export const probePorts = ofContainer(({ ports = [], ...container }) => {
  const known = new Set(ports.flatMap(({ name, containerPort }) => [name, containerPort]));
  return (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((which) => {
    const probe = container[which];
    const port = probe?.tcpSocket?.port ?? probe?.httpGet?.port ?? probe?.grpc?.port;
    return when(port !== undefined && !known.has(port), `${which} asks port ${port}, which is not declared`);
  });
});

/** Only a readiness probe may ask for several successes, and each probe asks in one way. */
export const probeForm = ofContainer((container) =>
  (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((which) => {
    const probe = container[which];
    if (probe === undefined) return [];
    const ways = [probe.exec, probe.tcpSocket, probe.httpGet, probe.grpc].filter((way) => way !== undefined);
    return [
      ...when(ways.length !== 1, `${which} asks in ${ways.length} ways`),
      ...when(which !== 'readinessProbe' && (probe.successThreshold ?? 1) !== 1, `${which} needs several successes`),
    ];
  }),
);

/** Resources are quantities, and no request is above its limit. */
export const resources = ofContainer(({ resources: { requests = {}, limits = {} } = {} }) => {
  const values = [...Object.entries(requests), ...Object.entries(limits)];
  return [
    ...values
      .filter(([, value]) => !(quantity(value) >= 0))
      .map(([name, value]) => `${name} "${value}" is no quantity`),
    ...values
      .filter(([name, value]) => name === 'memory' && quantity(value) % 1 > 0)
      .map(([name, value]) => `${name} "${value}" is a fraction of bytes`),
    ...Object.keys(requests)
      .filter((name) => name in limits && quantity(requests[name]) > quantity(limits[name]))
      .map((name) => `requests more ${name} than its limit`),
  ];
});

const WRITABLE: readonly (keyof Volume)[] = ['emptyDir', 'ephemeral', 'persistentVolumeClaim', 'hostPath'];

function isWritable({ name, readOnly }: VolumeMount, { spec }: Pod): boolean {
  const volume = spec.volumes?.find((one) => one.name === name) ?? {};
  return readOnly !== true && WRITABLE.some((source) => source in volume);
}

/** Beside a read-only root, mounts that cannot be written say so: the others are meant for writing. */
export const writablePaths = ofContainer(({ securityContext, volumeMounts = [] }, pod) => {
  if (securityContext?.readOnlyRootFilesystem !== true) return [];
  const deceptive = volumeMounts.filter((mount) => mount.readOnly !== true && !isWritable(mount, pod));
  return deceptive.map(({ mountPath }) => `${mountPath} cannot be written and does not say so`);
});

/** nginx ends at its start where it cannot write the pid file that its configuration names. */
export const pidFile = ofPod((pod, object, all) =>
  pod.spec.containers.flatMap(({ name, securityContext, volumeMounts = [] }) => {
    if (securityContext?.readOnlyRootFilesystem !== true) return [];
    const places = volumeMounts.filter((mount) => isWritable(mount, pod)).map(({ mountPath }) => `${mountPath}/`);
    const files = volumeMounts.map((mount) => pidFileIn(mount, pod, object, all)).filter((file) => file !== undefined);
    const lost = files.filter((file) => !places.some((place) => file.startsWith(place)));
    return lost.map((file) => `container "${name}" cannot write ${file}`);
  }),
);

function pidFileIn(
  { name }: VolumeMount,
  { spec }: Pod,
  { metadata }: KubernetesObject,
  all: readonly KubernetesObject[],
): string | undefined {
  const source = spec.volumes?.find((volume) => volume.name === name)?.configMap?.name;
  const maps = all.filter(({ kind, metadata: m }) => kind === 'ConfigMap' && m.namespace === metadata.namespace);
  const found = maps.find((map) => map.metadata.name === source) as ConfigMap | undefined;
  return /^pid (\S+);$/m.exec(found?.data?.['nginx.conf'] ?? '')?.[1];
}

/** A shell that is given a script stops at its first error; one that is a file is looked at by `mountedScripts`. */
export const scripts = ofContainer(({ command = [], lifecycle, ...container }: Container) =>
  [
    command,
    lifecycle?.preStop?.exec?.command ?? [],
    ...(['startupProbe', 'readinessProbe', 'livenessProbe'] as const).map(
      (which) => container[which]?.exec?.command ?? [],
    ),
  ]
    .filter(([shell, flags]) => /(^|\/)(ba)?sh$/.test(shell ?? '') && !/^(-[a-z]*e[a-z]*c$|\/)/.test(flags ?? ''))
    .map(() => 'runs a script that goes on after an error'),
);
