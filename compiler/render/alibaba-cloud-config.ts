import { ACCESS_KEY_ID_KEY, ACCESS_KEY_SECRET_KEY } from '../model/alibaba-controllers/credentials-defaults';
import type { AlibabaCloudConfig } from '../spec/generated/alibaba-load-balancer-controller';
import { renderTemplate } from './template';

/** Name of the file that `--cloud-config` names. */
export const CLOUD_CONFIG_FILE = 'cloud-config.conf';

/** Name of the script that fills the keys in. */
export const WRITE_CLOUD_CONFIG = 'write-cloud-config.sh';

/**
 * What stands where the keys belong: nothing (a RAM role), empty texts (our script fills them), or what external-secrets.io
 * fills. Back quotes: JSON would escape others, which Go's templates do not take.
 */
const KEYS = {
  absent: {},
  empty: { AccessKeyID: '', AccessKeySecret: '' },
  fetched: {
    AccessKeyID: `{{ index . \`${ACCESS_KEY_ID_KEY}\` | trim | b64enc }}`,
    AccessKeySecret: `{{ index . \`${ACCESS_KEY_SECRET_KEY}\` | trim | b64enc }}`,
  },
} as const;

/** How the keys stand in the text. */
export type KeyForm = keyof typeof KEYS;

/** The text of cloud-config.conf: what stands where the keys belong, and the rest. */
export function cloudConfigText(keys: KeyForm, rest: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ Global: { ...KEYS[keys], ...rest } }, null, 2)}\n`;
}

/** The text of cloud-config.conf. Names: alibaba-load-balancer-controller@a9b1da3, pkg/config/cloud_config.go; their case is free. */
export function cloudConfig(config: AlibabaCloudConfig, keys: KeyForm): string {
  const { clusterId, region, vpcId, zoneId, vSwitchId, serviceBackendType, featureGates } = config;
  return cloudConfigText(keys, {
    clusterID: clusterId,
    region,
    vpcid: vpcId,
    zoneid: zoneId,
    vswitchid: vSwitchId,
    serviceBackendType,
    featureGates: featureGates?.map((gate) => `${gate}=true`).join(','),
  });
}

/** The script that writes cloud-config.conf with the keys of a Secret. */
export function writeCloudConfig(): string {
  return renderTemplate('alibaba/write-cloud-config.sh', {});
}
