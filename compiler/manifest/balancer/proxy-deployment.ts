import type { PodModel, Profile } from '../../model/balancer/balancer';
import { hasFeature, type NginxVersion } from '../../model/balancer/nginx-version';
import { renderTemplate } from '../../render/template';
import type { Container, Deployment, DeploymentSpec, Metadata, PodSpec, Volume, VolumeMount } from '../k8s';

/** A Deployment of nginx over a ConfigMap that holds nginx.conf. */
export interface ProxyDeploymentProps {
  readonly metadata: Metadata;
  readonly profile: Profile;
  /** Selector of the Deployment: immutable in the cluster. */
  readonly selector: Readonly<Record<string, string>>;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly configMapName: string;
  readonly pod: PodModel;
  readonly nginxVersion: NginxVersion;
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  readonly healthPort?: number;
  readonly drainSeconds?: number;
  /** What has to be done before nginx starts. */
  readonly preparation?: { readonly name: string; readonly script: string };
}

/** Where nginx keeps what it writes: its pid, and what an init container found for it. */
const RUN_DIRECTORY = '/run/nginx';

/** The user "nginx" of the official images. */
const NGINX_USER = 101;

/** Time for the news of a Pod's end to reach every kube-proxy, before nginx stops to accept connections. */
const ENDPOINT_SECONDS = 5;

/** Time between the end of draining and the kill. */
const SPARE_SECONDS = 5;

/** The Deployment of an nginx proxy. */
export function proxyDeployment(props: ProxyDeploymentProps): Deployment {
  const { metadata, profile, selector, podLabels, podAnnotations, pod } = props;
  const template = { metadata: { labels: podLabels, annotations: podAnnotations }, spec: podSpec(props) };
  const spec: DeploymentSpec = { replicas: pod.replicas, selector: { matchLabels: selector }, template };
  if (profile === 'upstream') return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { ...spec, strategy: strategy(pod.hostNetwork) },
  };
}

/** On the network of a node the new Pod can only start where the old one has left its ports. */
function strategy(hostNetwork: boolean): DeploymentSpec['strategy'] {
  const rollingUpdate = hostNetwork ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: 1, maxUnavailable: 0 };
  return { type: 'RollingUpdate', rollingUpdate };
}

function podSpec(props: ProxyDeploymentProps): PodSpec {
  const { pod, profile, drainSeconds, preparation } = props;
  return {
    ...(profile === 'hardened' && hardenedPod(props)),
    hostNetwork: pod.hostNetwork || undefined,
    // Without this a Pod on the network of its node asks the node's name server, which knows no Service.
    dnsPolicy: pod.hostNetwork ? 'ClusterFirstWithHostNet' : undefined,
    imagePullSecrets: pod.imagePullSecrets?.map((name) => ({ name })),
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations,
    priorityClassName: pod.priorityClassName,
    terminationGracePeriodSeconds:
      drainSeconds === undefined ? undefined : ENDPOINT_SECONDS + drainSeconds + SPARE_SECONDS,
    initContainers: preparation && [preparationContainer(props, preparation)],
    containers: [nginxContainer(props)],
    volumes: volumes(props),
  };
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ profile "restricted", and spread over nodes and zones. */
function hardenedPod({ pod, ports, healthPort, selector }: ProxyDeploymentProps): PodSpec {
  const privileged = !pod.hostNetwork && [...ports, ...healthPorts(healthPort)].some(({ port }) => port < 1024);
  const sysctls = privileged ? [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] : undefined;
  const user = { runAsNonRoot: true, runAsUser: NGINX_USER, runAsGroup: NGINX_USER };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { ...user, seccompProfile: { type: 'RuntimeDefault' }, sysctls },
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selector },
      matchLabelKeys: ['pod-template-hash'],
    })),
    containers: [],
  };
}

const HARDENED_CONTAINER: Partial<Container> = {
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
};

function nginxContainer(props: ProxyDeploymentProps): Container {
  const { pod, profile, ports, healthPort, drainSeconds } = props;
  return {
    name: 'nginx',
    image: pod.image,
    ...(profile === 'hardened' && { ...HARDENED_CONTAINER, command: nginxCommand(props.nginxVersion) }),
    ports: [...ports, ...healthPorts(healthPort)].map(({ port, protocol }) => ({ containerPort: port, protocol })),
    ...probes(healthPort),
    resources: pod.resources,
    lifecycle: drainSeconds === undefined ? undefined : { preStop: { exec: { command: drainCommand() } } },
    volumeMounts: [
      { name: configVolumeName(props), mountPath: '/etc/nginx', readOnly: true },
      ...(runMounts(props) ?? []),
    ],
  };
}

/** The entry point of the official image would first try to write below /etc. */
function nginxCommand(version: NginxVersion): string[] {
  const errors = hasFeature(version, 'errorLogFlag') ? ['-e', 'stderr'] : [];
  return ['nginx', ...errors, '-c', '/etc/nginx/nginx.conf', '-g', 'daemon off;'];
}

/** nginx stops gracefully on SIGQUIT; the hook returns when it has ended, so that the kubelet's own signal finds nothing. */
function drainCommand(): string[] {
  return shell(renderTemplate('nginx/drain.sh', { endpointSeconds: ENDPOINT_SECONDS }));
}

function healthPorts(healthPort: number | undefined): { port: number; protocol: 'TCP' }[] {
  return healthPort === undefined ? [] : [{ port: healthPort, protocol: 'TCP' }];
}

function probes(healthPort: number | undefined): Partial<Container> {
  if (healthPort === undefined) return {};
  const tcpSocket = { port: healthPort };
  return {
    readinessProbe: { tcpSocket, periodSeconds: 5 },
    livenessProbe: { tcpSocket, periodSeconds: 10, failureThreshold: 3 },
  };
}

function preparationContainer(
  props: ProxyDeploymentProps,
  { name, script }: { name: string; script: string },
): Container {
  return {
    name,
    image: props.pod.image,
    command: shell(script),
    ...(props.profile === 'hardened' && HARDENED_CONTAINER),
    resources: props.pod.resources,
    volumeMounts: runMounts(props),
  };
}

function shell(script: string): string[] {
  return ['/bin/sh', '-ec', script];
}

function runMounts(props: ProxyDeploymentProps): VolumeMount[] | undefined {
  return needsRunDirectory(props) ? [{ name: 'run', mountPath: RUN_DIRECTORY }] : undefined;
}

function needsRunDirectory({ profile, nginxVersion, preparation }: ProxyDeploymentProps): boolean {
  return profile === 'hardened' || (preparation !== undefined && hasFeature(nginxVersion, 'resolve'));
}

function volumes(props: ProxyDeploymentProps): Volume[] {
  const config = { name: configVolumeName(props), configMap: { name: props.configMapName } };
  const run = { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } };
  return needsRunDirectory(props) ? [config, run] : [config];
}

/** The original names the volume like the ConfigMap, which Kubernetes refuses above 63 characters. */
function configVolumeName({ profile, configMapName }: ProxyDeploymentProps): string {
  return profile === 'upstream' && configMapName.length <= 63 ? configMapName : 'config';
}
