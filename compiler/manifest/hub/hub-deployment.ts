import { FILES_HASH_ANNOTATION } from '../../model/bgp/bgp-names';
import {
  HUB_FOLDERS,
  type HubUnitModel,
  kubeconfigPath,
  type ReconcilerHubModel,
  unitNames,
} from '../../model/hub/reconciler-hub';
import { type Files, filesHash } from '../config-map';
import type { Container, Deployment, PodSpec, Volume, VolumeMount } from '../k8s';
import { hubMetadata, hubSelector, unitComponent } from './hub-metadata';
import { hubContainerSecurity, hubPod, hubSecret, ROLLING } from './hub-pod';

/** Name of the configuration in its folder, as 004 has it. */
export const CONFIG_FILE = 'kubecontroller.yaml';

/** The Deployment of one program of a hub; it rolls when its configuration changes. */
export function hubDeployment(model: ReconcilerHubModel, unit: HubUnitModel, files: Files): Deployment {
  const component = unitComponent(model, unit.name);
  const matchLabels = hubSelector(model, component);
  const annotations = {
    'kubectl.kubernetes.io/default-container': 'manager',
    [FILES_HASH_ANNOTATION]: filesHash(files),
  };
  // Without a leader, an old and a new Pod would both work.
  const strategy = model.manager.electsLeader ? ROLLING : { type: 'Recreate' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: hubMetadata(model, component, unitNames(unit.name).manager),
    spec: {
      replicas: unit.replicas,
      selector: { matchLabels },
      ...(model.profile === 'hardened' && { strategy }),
      template: { metadata: { labels: matchLabels, annotations }, spec: podSpec(model, unit) },
    },
  };
}

function podSpec(model: ReconcilerHubModel, unit: HubUnitModel): PodSpec {
  const { manager, profile } = model;
  const volumes = volumesOf(model, unit);
  const mounts = volumes.map(({ folder, volume: { name } }): VolumeMount => {
    return { name, mountPath: folder, ...(name !== 'scratch' && { readOnly: true }) };
  });
  return {
    serviceAccountName: unitNames(unit.name).manager,
    ...(profile === 'hardened' && { automountServiceAccountToken: manager.kubeconfig === undefined }),
    ...hubPod(model, hubSelector(model, unitComponent(model, unit.name))),
    containers: [container(model, unit, mounts)],
    volumes: volumes.map(({ volume }) => volume),
  };
}

function container(model: ReconcilerHubModel, unit: HubUnitModel, volumeMounts: readonly VolumeMount[]): Container {
  const { manager, apiExt } = model;
  const port = (name: string, containerPort: number) => ({ name, containerPort, protocol: 'TCP' });
  return {
    name: 'manager',
    image: unit.image,
    command: unit.command,
    args: ['-c', `${HUB_FOLDERS.config}/${CONFIG_FILE}`, ...unit.args],
    // Where the program asks client-go instead of its configuration: rebirthmonkey/k8s-dev@1cc5fb8:pkg/k8s/client/client.go.
    env: [{ name: 'KUBECONFIG', value: kubeconfigPath(manager) }],
    ports: [
      port('metrics', manager.metricsPort),
      port('health', manager.healthProbePort),
      ...(apiExt?.insecure.isOpen ? [port('http', apiExt.insecure.port)] : []),
      ...(apiExt?.secure ? [port('https', apiExt.secure.port)] : []),
    ],
    livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, initialDelaySeconds: 15, periodSeconds: 20 },
    readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, initialDelaySeconds: 5, periodSeconds: 10 },
    resources: unit.resources,
    securityContext: hubContainerSecurity(model),
    volumeMounts,
  };
}

interface MountedVolume {
  readonly folder: string;
  readonly volume: Volume;
}

function volumesOf(model: ReconcilerHubModel, unit: HubUnitModel): MountedVolume[] {
  const { manager, apiExt, profile } = model;
  const secret = (name: string, folder: string, secretName: string, keys: readonly string[]): MountedVolume => ({
    folder,
    volume: { name, secret: hubSecret(secretName, keys) },
  });
  const { kubeconfig } = manager;
  return [
    { folder: HUB_FOLDERS.config, volume: { name: 'config', configMap: { name: unitNames(unit.name).config } } },
    ...(kubeconfig ? [secret('kubeconfig', HUB_FOLDERS.kubeconfig, kubeconfig.secretName, [kubeconfig.key])] : []),
    ...(apiExt?.secure ? [secret('cert', HUB_FOLDERS.cert, apiExt.secure.tlsSecretName, ['tls.crt', 'tls.key'])] : []),
    ...(profile === 'hardened'
      ? [{ folder: '/tmp', volume: { name: 'scratch', emptyDir: { sizeLimit: '16Mi' } } }]
      : []),
  ];
}
