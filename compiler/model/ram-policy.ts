import type { ManagerFeature } from './alibaba-cloud-controller-manager';

/** A statement of a RAM policy: https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
export interface RamStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/**
 * What each feature asks of the cloud. The services are those of kubernetes/cloud-provider-alibaba-cloud@2dcbef9:
 * docs/examples/master.policy; its rights on disks, images, logs, file systems and metrics belong to other programs.
 */
const ACTIONS: Readonly<Partial<Record<ManagerFeature, readonly string[]>>> = {
  node: ['ecs:Describe*', 'ecs:ModifyNetworkInterfaceAttribute'],
  route: [
    'vpc:Describe*',
    'vpc:CreateRouteEntr*',
    'vpc:DeleteRouteEntr*',
    'ecs:CreateRouteEntry',
    'ecs:DeleteRouteEntry',
  ],
  service: ['slb:*', 'nlb:*', 'ecs:DescribeInstances', 'ecs:DescribeNetworkInterfaces', 'vpc:DescribeVSwitches'],
};

/** The RAM policy for some features, least first; 003's sample grants far more. */
export function ramPolicy(features: ReadonlySet<ManagerFeature>): {
  readonly Version: '1';
  readonly Statement: readonly RamStatement[];
} {
  const wanted = Object.entries(ACTIONS).filter(([feature]) => features.has(feature as ManagerFeature));
  const statements = wanted.map(([, actions]) => ({ Effect: 'Allow' as const, Action: actions, Resource: ['*'] }));
  return { Version: '1', Statement: statements };
}
