import {
  type AlibabaCloudControllerManagerModel,
  MANAGER_NAMES,
  MANAGER_SELECTOR,
} from '../../model/alibaba-controllers/alibaba-cloud-controller-manager';
import { FILES_HASH_ANNOTATION } from '../../model/bgp/bgp-names';
import { filesHash } from '../config-map';
import type { Container, DaemonSet, Metadata, PodSpec, Volume, VolumeMount } from '../k8s';
import { managerCommand } from './manager-command';
import type { ManagerSources } from './manager-sources';

/** The user that today's own manifest runs it as. */
const USER = 1200;

const { manager } = MANAGER_NAMES;

/** The DaemonSet of the manager: one Pod per master, on the host network, since it runs before that of the Pods does. */
export function managerDaemonSet(
  model: AlibabaCloudControllerManagerModel,
  sources: ManagerSources,
  metadata: Metadata,
  podLabels: Readonly<Record<string, string>>,
): DaemonSet {
  const hardened = model.profile === 'hardened';
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { ...metadata, labels: { ...metadata.labels, ...MANAGER_SELECTOR } },
    spec: {
      selector: { matchLabels: MANAGER_SELECTOR },
      ...(hardened && { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } }),
      template: {
        metadata: {
          labels: podLabels,
          ...(hardened && { annotations: { [FILES_HASH_ANNOTATION]: filesHash(sources.files) } }),
        },
        spec: podSpec(model, sources),
      },
    },
  };
}

function podSpec(model: AlibabaCloudControllerManagerModel, sources: ManagerSources): PodSpec {
  const { profile, pod } = model;
  return {
    serviceAccountName: manager,
    ...(profile === 'hardened' && HARDENED_POD),
    hostNetwork: true,
    // It runs before the name server of the cluster does.
    dnsPolicy: 'Default',
    imagePullSecrets: pod.imagePullSecrets?.map((name) => ({ name })),
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations,
    priorityClassName: pod.priorityClassName,
    containers: [container(model, sources)],
    volumes: [...(profile === 'hardened' ? [] : HOST_VOLUMES), ...sources.volumes],
  };
}

const HARDENED_POD: Omit<PodSpec, 'containers'> = {
  automountServiceAccountToken: true,
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: USER,
    runAsGroup: USER,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

function container(model: AlibabaCloudControllerManagerModel, sources: ManagerSources): Container {
  const { profile, pod, probe } = model;
  return {
    name: manager,
    image: pod.image,
    imagePullPolicy: pod.imagePullPolicy,
    command: managerCommand(model),
    env: sources.env,
    ...confinement(model),
    resources: pod.resources,
    ports: [{ name: 'health', containerPort: probe.port, hostPort: probe.port, protocol: 'TCP' }],
    livenessProbe: {
      failureThreshold: 8,
      httpGet: { host: probe.host, path: '/healthz', port: probe.port, scheme: 'HTTP' },
      initialDelaySeconds: 15,
      timeoutSeconds: 15,
    },
    volumeMounts: [...(profile === 'hardened' ? [] : HOST_MOUNTS), ...sources.mounts],
  };
}

function confinement({ profile }: AlibabaCloudControllerManagerModel): Partial<Container> {
  if (profile === 'upstream') return {};
  return {
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
}

/** Folders of the node, as 003 mounts them: its kubeconfig is there, and the certificates of authorities. Profile hardened needs none. */
const HOST_VOLUMES: readonly Volume[] = [
  { name: 'k8s', hostPath: { path: '/etc/kubernetes' } },
  { name: 'certs', hostPath: { path: '/etc/ssl/certs' } },
  { name: 'pki', hostPath: { path: '/etc/pki' } },
];

const HOST_MOUNTS: readonly VolumeMount[] = [
  { name: 'k8s', mountPath: '/etc/kubernetes/', readOnly: true },
  { name: 'certs', mountPath: '/etc/ssl/certs' },
  { name: 'pki', mountPath: '/etc/pki' },
];
