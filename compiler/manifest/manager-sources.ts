import { type AlibabaCloudControllerManagerModel, MANAGER_NAMES } from '../model/alibaba-cloud-controller-manager';
import { managerCloudConfig } from '../render/manager-cloud-config';
import { type CloudConfigSource, cloudConfigSource } from './alibaba-cloud-config-source';
import { configMap, type Files } from './config-map';
import { accessKeyExternalSecret } from './external-secret';
import type { Container, KubernetesObject, Metadata, Volume, VolumeMount } from './k8s';
import { managerKubeconfig } from './manager-kubeconfig';

/** What the manager is given beside its command line: kubeconfig, configuration, keys. */
export interface ManagerSources {
  readonly files: Files;
  readonly objects: (metadata: Metadata) => readonly KubernetesObject[];
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
  readonly env?: Container['env'];
  readonly preparation?: CloudConfigSource['preparation'];
  readonly isSecret: boolean;
}

const KUBECONFIG_VOLUME = 'kubeconfig';
const KUBECONFIG_KEY = 'kubeconfig';

/** v2 reads its keys from cloud-config.conf, v1.9 from the environment; the kubeconfig of profile upstream is a file of the node. */
export function managerSources(model: AlibabaCloudControllerManagerModel): ManagerSources {
  const parts = [
    ...(model.profile === 'hardened' ? [kubeconfigSource(model)] : []),
    model.version === 'v2' ? configSource(model) : environmentSource(model),
  ];
  const last = parts.at(-1);
  return {
    files: Object.assign({}, ...parts.map(({ files }) => files)),
    objects: (metadata) => parts.flatMap(({ objects }) => objects(metadata)),
    volumes: parts.flatMap(({ volumes }) => volumes),
    mounts: parts.flatMap(({ mounts }) => mounts),
    ...(last?.env && { env: last.env }),
    ...(last?.preparation && { preparation: last.preparation }),
    isSecret: parts.some(({ isSecret }) => isSecret),
  };
}

function kubeconfigSource(model: AlibabaCloudControllerManagerModel): ManagerSources {
  const name = MANAGER_NAMES.kubeconfig;
  const files = { [KUBECONFIG_KEY]: managerKubeconfig(model) };
  const path = model.flags.kubeconfig ?? '';
  return {
    files,
    objects: (metadata) => [configMap({ ...metadata, name }, files)],
    volumes: [{ name: KUBECONFIG_VOLUME, configMap: { name } }],
    // One file, so that the folder keeps what the image has in it.
    mounts: [{ name: KUBECONFIG_VOLUME, mountPath: path, subPath: KUBECONFIG_KEY, readOnly: true }],
    isSecret: false,
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function configSource(model: AlibabaCloudControllerManagerModel): ManagerSources {
  const directory = folderOf(model.flags.cloudConfig ?? '');
  const source = cloudConfigSource({
    credentials: model.credentials,
    config: MANAGER_NAMES.cloudConfig,
    directory,
    textOf: (keys) => managerCloudConfig(model.cloudConfig, keys),
  });
  return {
    files: source.files,
    objects: (metadata) => [source.object(metadata)],
    volumes: source.volumes,
    mounts: [{ name: 'cloud-config', mountPath: directory, readOnly: true }],
    ...(source.preparation && { preparation: source.preparation }),
    isSecret: source.isSecret,
  };
}

/** 003's two variables, from a Secret and not from a ConfigMap; none with a RAM role. */
function environmentSource({ credentials }: AlibabaCloudControllerManagerModel): ManagerSources {
  const none = { files: {}, volumes: [], mounts: [], isSecret: false, objects: () => [] };
  if (credentials.kind === 'ramRole') return none;
  const { name } = credentials;
  const [id, secret] =
    credentials.kind === 'secret'
      ? [credentials.accessKeyIdKey, credentials.accessKeySecretKey]
      : ['access-key-id', 'access-key-secret'];
  return {
    ...none,
    objects: (metadata) =>
      credentials.kind === 'externalSecret' ? [accessKeyExternalSecret(metadata, credentials)] : [],
    env: [
      { name: 'ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name, key: id } } },
      { name: 'ACCESS_KEY_SECRET', valueFrom: { secretKeyRef: { name, key: secret } } },
    ],
  };
}
