import {
  apiServerSelector,
  type CustomApiServerModel,
  API_SERVER_FOLDERS as FOLDERS,
  servesPlainHttp,
} from '../../model/api-server/custom-api-server';
import { apiServerArguments } from '../../model/api-server/custom-api-server-flags';
import type { Container, PodSpec, Probe, Volume, VolumeMount } from '../k8s';

/** Name of the claim in the StatefulSet: immutable, and part of the name of the volume. */
export const FILES_VOLUME = 'files';

/** A user without a name or a file in any image: "nobody" of distroless images. */
const SERVER_USER = 65532;

/** A file of a Secret is for its owner; the kubelet lets the group of the Pod read it too. */
const SECRET_MODE = 0o400;

/** The ports that others reach, by name: HTTPS, and plain HTTP where it is not for the server alone. */
export function apiServerPorts(model: CustomApiServerModel): { readonly name: string; readonly port: number }[] {
  const { secure, insecure } = model;
  return [
    ...(secure ? [{ name: 'https', port: secure.port }] : []),
    ...(servesPlainHttp(model) ? [{ name: 'http', port: insecure.port }] : []),
  ];
}

/** The Pod of the server. */
export function apiServerPod(model: CustomApiServerModel): PodSpec {
  const { name, profile, pod, storage } = model;
  const secrets = secretVolumes(model);
  const hardened = profile === 'hardened';
  const mounts: VolumeMount[] = [
    ...(storage.kind === 'file' ? [{ name: FILES_VOLUME, mountPath: storage.rootPath }] : []),
    ...secrets.map(({ name: volume, folder }) => ({ name: volume, mountPath: folder, readOnly: true })),
    ...(hardened ? [{ name: 'scratch', mountPath: FOLDERS.scratch }] : []),
  ];
  return {
    serviceAccountName: name,
    // The server asks no cluster: neither for its objects nor about its users.
    automountServiceAccountToken: false,
    ...(hardened && hardenedPod(model)),
    imagePullSecrets: pod.imagePullSecrets?.map((secret) => ({ name: secret })),
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations,
    priorityClassName: pod.priorityClassName,
    containers: [serverContainer(model, mounts)],
    volumes: [
      ...secrets.map(({ name: volume, secret }): Volume => ({ name: volume, secret })),
      ...(hardened ? [{ name: 'scratch', emptyDir: { sizeLimit: '16Mi' } }] : []),
    ],
  };
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ profile "restricted", and replicas apart. */
function hardenedPod({ name, replicas }: CustomApiServerModel): Partial<PodSpec> {
  const user = { runAsNonRoot: true, runAsUser: SERVER_USER, runAsGroup: SERVER_USER, fsGroup: SERVER_USER };
  const spread = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: apiServerSelector(name) },
    matchLabelKeys: ['pod-template-hash'],
  }));
  return {
    enableServiceLinks: false,
    // A volume with many files would be walked through at each start.
    securityContext: { ...user, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } },
    ...(replicas > 1 && { topologySpreadConstraints: spread }),
  };
}

function serverContainer(model: CustomApiServerModel, volumeMounts: readonly VolumeMount[]): Container {
  const { profile, pod } = model;
  return {
    name: 'apiserver',
    image: pod.image,
    args: apiServerArguments(model),
    ports: apiServerPorts(model).map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
    ...probes(model),
    resources: pod.resources,
    ...(profile === 'hardened' && {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
    }),
    volumeMounts,
  };
}

/** By TCP: /healthz is behind authentication too (BuildHandlerChainFunc of 004), and the kubelet has no token. */
function probes(model: CustomApiServerModel): Record<'startupProbe' | 'readinessProbe' | 'livenessProbe', Probe> {
  const tcpSocket = { port: apiServerPorts(model)[0]?.name ?? '' };
  return {
    startupProbe: { tcpSocket, periodSeconds: 2, failureThreshold: 30 },
    readinessProbe: { tcpSocket, periodSeconds: 10 },
    livenessProbe: { tcpSocket, periodSeconds: 20, failureThreshold: 3 },
  };
}

interface SecretVolume {
  readonly name: string;
  readonly folder: string;
  readonly secret: Volume['secret'];
}

/** A volume per use, with the keys that the server reads and no other. */
function secretVolumes({ profile, tokens, secure, storage }: CustomApiServerModel): SecretVolume[] {
  const etcdTls = storage.kind === 'etcd' && profile === 'hardened' ? storage.tls : undefined;
  return [
    secretVolume('tokens', tokens.secretName, [tokens.key]),
    ...(secure ? [secretVolume('tls', secure.secretName, [secure.certKey, secure.keyKey])] : []),
    ...(etcdTls ? [secretVolume('etcd', etcdTls.secretName, [etcdTls.caKey, etcdTls.certKey, etcdTls.keyKey])] : []),
  ];
}

function secretVolume(name: 'tokens' | 'tls' | 'etcd', secretName: string, keys: readonly string[]): SecretVolume {
  const items = [...new Set(keys)].map((key) => ({ key, path: key }));
  return { name, folder: FOLDERS[name], secret: { secretName, defaultMode: SECRET_MODE, items } };
}
