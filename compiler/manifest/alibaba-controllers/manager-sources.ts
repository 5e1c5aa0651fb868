import {
  type AlibabaCloudControllerManagerModel,
  MANAGER_NAMES,
} from '../../model/alibaba-controllers/alibaba-cloud-controller-manager';
import { ACCESS_KEY_ID_KEY, ACCESS_KEY_SECRET_KEY } from '../../model/alibaba-controllers/credentials-defaults';
import { CLOUD_CONFIG_FILE } from '../../render/alibaba-cloud-config';
import { managerCloudConfig } from '../../render/manager-cloud-config';
import { configMap, type Files } from '../config-map';
import type { Container, KubernetesObject, Metadata, Volume, VolumeMount } from '../k8s';
import { accessKeyExternalSecret } from './external-secret';
import { managerKubeconfig } from './manager-kubeconfig';

/** What the manager is given beside its command line: kubeconfig, configuration, keys. */
export interface ManagerSources {
  readonly files: Files;
  readonly objects: (metadata: Metadata) => readonly KubernetesObject[];
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
  readonly env?: Container['env'];
}

const KUBECONFIG_VOLUME = 'kubeconfig';
const KUBECONFIG_KEY = 'kubeconfig';
const NOTHING: ManagerSources = { files: {}, volumes: [], mounts: [], objects: () => [] };

/** v2 wants a cloud-config.conf; the kubeconfig of profile upstream is a file of the node. */
export function managerSources(model: AlibabaCloudControllerManagerModel): ManagerSources {
  const keys = environmentSource(model);
  const parts = [
    model.profile === 'hardened' ? kubeconfigSource(model) : NOTHING,
    model.version === 'v2' ? configSource(model) : NOTHING,
    logFolder(model),
    keys,
  ];
  return {
    files: Object.assign({}, ...parts.map(({ files }) => files)),
    objects: (metadata) => parts.flatMap(({ objects }) => objects(metadata)),
    volumes: parts.flatMap(({ volumes }) => volumes),
    mounts: parts.flatMap(({ mounts }) => mounts),
    ...(keys.env && { env: keys.env }),
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
  };
}

/** The root of the container is read-only in profile hardened. */
function logFolder({ profile, flags }: AlibabaCloudControllerManagerModel): ManagerSources {
  if (profile === 'upstream' || flags.logDir === undefined) return NOTHING;
  return {
    ...NOTHING,
    volumes: [{ name: 'logs', emptyDir: { sizeLimit: '256Mi' } }],
    mounts: [{ name: 'logs', mountPath: flags.logDir }],
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** cloud-config.conf without keys: the program then takes those of its environment, or else the role of the instance. */
function configSource(model: AlibabaCloudControllerManagerModel): ManagerSources {
  const name = MANAGER_NAMES.cloudConfig;
  const files = { [CLOUD_CONFIG_FILE]: managerCloudConfig(model.cloudConfig) };
  const path = model.flags.cloudConfig ?? '';
  const items = [{ key: CLOUD_CONFIG_FILE, path: path.slice(path.lastIndexOf('/') + 1) }];
  return {
    files,
    objects: (metadata) => [configMap({ ...metadata, name }, files)],
    volumes: [{ name: CONFIG_VOLUME, configMap: { name, items } }],
    mounts: [{ name: CONFIG_VOLUME, mountPath: folderOf(path), readOnly: true }],
  };
}

/** Name of the volume with cloud-config.conf in today's own manifest. */
const CONFIG_VOLUME = 'cloud-config';

/**
 * 003's two variables, from a Secret and not from a ConfigMap; none with a RAM role. Today's program reads them too, as they are:
 * kubernetes/cloud-provider-alibaba-cloud@0553666:pkg/provider/alibaba/base/clientMgr.go, GetAuthMode and LoadAK.
 */
function environmentSource({ credentials }: AlibabaCloudControllerManagerModel): ManagerSources {
  if (credentials.kind === 'ramRole') return NOTHING;
  const { name } = credentials;
  const [id, secret] =
    credentials.kind === 'secret'
      ? [credentials.accessKeyIdKey, credentials.accessKeySecretKey]
      : [ACCESS_KEY_ID_KEY, ACCESS_KEY_SECRET_KEY];
  return {
    ...NOTHING,
    objects: (metadata) =>
      credentials.kind === 'externalSecret' ? [accessKeyExternalSecret(metadata, credentials)] : [],
    env: [
      { name: 'ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name, key: id } } },
      { name: 'ACCESS_KEY_SECRET', valueFrom: { secretKeyRef: { name, key: secret } } },
    ],
  };
}
