import type { CredentialsModel } from '../../model/alibaba-controllers/credentials';
import { ACCESS_KEY_ID_KEY, ACCESS_KEY_SECRET_KEY } from '../../model/alibaba-controllers/credentials-defaults';
import {
  CLOUD_CONFIG_FILE,
  type KeyForm,
  WRITE_CLOUD_CONFIG,
  writeCloudConfig,
} from '../../render/alibaba-cloud-config';
import { configMap, type Files } from '../config-map';
import type { Container, KubernetesObject, Metadata, Volume } from '../k8s';
import { accessKeyExternalSecret } from './external-secret';

/** Where 000, and today's manifest of 003, mount cloud-config.conf. */
export const CONFIG_DIRECTORY = '/etc/kubernetes/config';

/** Where the init container finds the file with empty keys and its script, and the keys. */
const TEMPLATE_DIRECTORY = '/etc/kubernetes/config-template';
const KEY_DIRECTORY = '/etc/kubernetes/access-key';

/** Files with keys are for their owner; the kubelet adds the group of the Pod. */
const OWNER_READS = 0o400;

/** The mode that 000 gives its ConfigMap's file: 420 in decimal. */
const ALL_READ = 0o644;

/** How cloud-config.conf comes to the controller. */
export interface CloudConfigSource {
  /** What a Pod mounts: not keys. */
  readonly files: Files;
  /** The ConfigMap or the ExternalSecret that holds them. */
  readonly object: (metadata: Metadata) => KubernetesObject;
  readonly volumes: readonly Volume[];
  /** What writes the file, where it does not come ready. */
  readonly preparation?: Pick<Container, 'name' | 'command' | 'volumeMounts'>;
  /** Whether files are mounted that only the group of the Pod may read. */
  readonly isSecret: boolean;
}

/** What a source is made of. */
interface CloudConfigParts {
  readonly credentials: CredentialsModel;
  /** Name of the ConfigMap, where there is one. */
  readonly config: string;
  /** Folder of the file in the container. */
  readonly directory: string;
  /** The text of the file, with the keys in one of their forms. */
  readonly textOf: (keys: KeyForm) => string;
}

/** The source that fits the credentials. */
export function cloudConfigSource({ credentials, config, directory, textOf }: CloudConfigParts): CloudConfigSource {
  switch (credentials.kind) {
    case 'ramRole': {
      const files = { [CLOUD_CONFIG_FILE]: textOf('absent') };
      const volume = { defaultMode: ALL_READ, items: [CONFIG_ITEM], name: config };
      return {
        files,
        object: holding(config, files),
        volumes: [{ name: CONFIG_VOLUME, configMap: volume }],
        isSecret: false,
      };
    }
    case 'externalSecret': {
      const files = { [CLOUD_CONFIG_FILE]: textOf('fetched') };
      const secret = { defaultMode: OWNER_READS, items: [CONFIG_ITEM], secretName: credentials.name };
      return {
        files,
        object: (metadata) => accessKeyExternalSecret(metadata, credentials, files),
        volumes: [{ name: CONFIG_VOLUME, secret }],
        isSecret: true,
      };
    }
    case 'secret': {
      const files = {
        [CLOUD_CONFIG_FILE]: textOf('empty'),
        [WRITE_CLOUD_CONFIG]: writeCloudConfig(),
      };
      const items = [
        { key: credentials.accessKeyIdKey, path: ACCESS_KEY_ID_KEY },
        { key: credentials.accessKeySecretKey, path: ACCESS_KEY_SECRET_KEY },
      ];
      return {
        files,
        object: holding(config, files),
        volumes: [
          { name: CONFIG_VOLUME, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
          { name: 'cloud-config-template', configMap: { name: config } },
          { name: 'access-key', secret: { defaultMode: OWNER_READS, items, secretName: credentials.name } },
        ],
        preparation: writing(directory),
        isSecret: true,
      };
    }
  }
}

/** Name of the volume with cloud-config.conf: 000's, and today's manifest of 003. */
const CONFIG_VOLUME = 'cloud-config';

const CONFIG_ITEM = { key: CLOUD_CONFIG_FILE, path: CLOUD_CONFIG_FILE };

function holding(name: string, files: Files): CloudConfigSource['object'] {
  return (metadata) => configMap({ ...metadata, name }, files);
}

function writing(directory: string): NonNullable<CloudConfigSource['preparation']> {
  return {
    name: 'write-cloud-config',
    command: [
      '/bin/sh',
      `${TEMPLATE_DIRECTORY}/${WRITE_CLOUD_CONFIG}`,
      `${TEMPLATE_DIRECTORY}/${CLOUD_CONFIG_FILE}`,
      KEY_DIRECTORY,
      `${directory}/${CLOUD_CONFIG_FILE}`,
    ],
    volumeMounts: [
      { name: CONFIG_VOLUME, mountPath: directory },
      { name: 'cloud-config-template', mountPath: TEMPLATE_DIRECTORY, readOnly: true },
      { name: 'access-key', mountPath: KEY_DIRECTORY, readOnly: true },
    ],
  };
}
