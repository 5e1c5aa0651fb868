import { fieldOf } from './field';

/** Fields of a spec by the names of cloud-config.conf in lower case: the programs read them in any case. */
const FIELDS = {
  controller: {
    clusterid: 'clusterId',
    region: 'region',
    vpcid: 'vpcId',
    zoneid: 'zoneId',
    vswitchid: 'vSwitchId',
    servicebackendtype: 'serviceBackendType',
  },
  manager: {
    uid: 'uid',
    clusterid: 'clusterId',
    kubernetesclustertag: 'kubernetesClusterTag',
    region: 'region',
    vpcid: 'vpcId',
    zoneid: 'zoneId',
    vswitchid: 'vSwitchId',
    resourcegroupid: 'resourceGroupId',
    servicebackendtype: 'serviceBackendType',
    disablepublicslb: 'disablePublicSLB',
    privatezoneid: 'privateZoneId',
  },
} as const;

/**
 * What a cloud-config.conf says beside the keys, which are never taken over. It is JSON with `#` comments in 000: the
 * programs read it as YAML, and so is it here.
 */
export function cloudConfigIn(text: string, of: keyof typeof FIELDS): Readonly<Record<string, unknown>> {
  const fields: Readonly<Record<string, string>> = FIELDS[of];
  const global = fieldOf(readYaml(text), 'Global') ?? fieldOf(readYaml(text), 'global');
  const entries = Object.entries((global ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const field = Object.hasOwn(fields, name.toLowerCase()) ? fields[name.toLowerCase()] : undefined;
      const isScalar = ['string', 'boolean', 'number'].includes(typeof value);
      return field === undefined || value === '' || !isScalar ? [] : [[field, value]];
    }),
  );
}

function readYaml(text: string): unknown {
  try {
    // Loaded when it is needed: no other command pays for it.
    const { parse } = require('yaml') as typeof import('yaml');
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
