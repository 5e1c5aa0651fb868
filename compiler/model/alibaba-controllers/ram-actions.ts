/** Actions on one service of Alibaba Cloud, and where the program asks for them. */
export interface RamActions {
  readonly purpose: string;
  readonly actions: readonly string[];
  /** Files of kubernetes/cloud-provider-alibaba-cloud. */
  readonly source: string;
}

const PROVIDER = 'pkg/provider/alibaba';

/** Names one or more operations of a service as actions: the action is called like the operation. */
function named(service: string, operations: string): string[] {
  return operations
    .trim()
    .split(/\s+/)
    .map((operation) => `${service}:${operation}`);
}

/** What the controller of nodes asks for. */
export const NODE_ACTIONS: RamActions = {
  purpose: 'type, zone, region and addresses of an instance',
  actions: named('ecs', 'DescribeInstances'),
  source: `${PROVIDER}/ecs/ecs.go: ListInstances, GetInstancesByIP`,
};

/** Not with skip-disable-source-dest-check. */
export const SOURCE_CHECK_ACTIONS: RamActions = {
  purpose: 'an interface may send packets of Pods: its source check is turned off',
  actions: named('ecs', 'DescribeNetworkInterfaces ModifyNetworkInterfaceAttribute'),
  source: `${PROVIDER}/ecs/ecs.go: DescribeNetworkInterfacesByIDs, ModifyNetworkInterfaceSourceDestCheck`,
};

/** What the controller of routes asks for. */
export const ROUTE_ACTIONS: RamActions = {
  purpose: 'the routes to the networks of nodes',
  actions: named(
    'vpc',
    `DescribeRouteTableList DescribeRouteEntryList CreateRouteEntry CreateRouteEntries DeleteRouteEntry DeleteRouteEntries`,
  ),
  source: `${PROVIDER}/vpc/vpc.go`,
};

/** What Pods as backends need, for CLB and NLB. */
export const POD_BACKEND_ACTIONS: RamActions = {
  purpose: 'the interfaces behind the addresses of Pods',
  actions: [...named('ecs', 'DescribeNetworkInterfaces'), ...named('vpc', 'DescribeVpcAttribute')],
  source: `${PROVIDER}/ecs/ecs.go: DescribeNetworkInterfaces; ${PROVIDER}/vpc/vpc.go: DescribeVpcCIDRBlock`,
};

/** What Services get of a CLB. */
export const CLB_ACTIONS: RamActions = {
  purpose: 'CLB instances, their listeners and server groups',
  actions: [
    ...named(
      'slb',
      `DescribeLoadBalancers DescribeLoadBalancerAttribute CreateLoadBalancer DeleteLoadBalancer SetLoadBalancerName
      SetLoadBalancerDeleteProtection SetLoadBalancerModificationProtection ModifyLoadBalancerInstanceSpec
      ModifyLoadBalancerInstanceChargeType ModifyLoadBalancerInternetSpec TagResources ListTagResources UntagResources
      DescribeLoadBalancerListeners StartLoadBalancerListener StopLoadBalancerListener DeleteLoadBalancerListener
      CreateLoadBalancerTCPListener SetLoadBalancerTCPListenerAttribute CreateLoadBalancerUDPListener
      SetLoadBalancerUDPListenerAttribute CreateLoadBalancerHTTPListener SetLoadBalancerHTTPListenerAttribute
      CreateLoadBalancerHTTPSListener SetLoadBalancerHTTPSListenerAttribute DescribeDomainExtensions CreateDomainExtension
      SetDomainExtensionAttribute DeleteDomainExtension DescribeVServerGroups DescribeVServerGroupAttribute
      CreateVServerGroup SetVServerGroupAttribute DeleteVServerGroup AddVServerGroupBackendServers
      ModifyVServerGroupBackendServers RemoveVServerGroupBackendServers`,
    ),
    ...named('vpc', 'DescribeEipAddresses'),
  ],
  source: `${PROVIDER}/slb/{loadbalancer,listener,vgroup,cert}.go; ${PROVIDER}/vpc/vpc.go: DescribeEipAddresses`,
};

/** What Services get of an NLB. */
export const NLB_ACTIONS: RamActions = {
  purpose: 'NLB instances, their listeners, server groups and certificates',
  actions: named(
    'nlb',
    `ListLoadBalancers GetLoadBalancerAttribute CreateLoadBalancer DeleteLoadBalancer UpdateLoadBalancerAttribute
    UpdateLoadBalancerAddressTypeConfig UpdateLoadBalancerZones UpdateLoadBalancerProtection
    EnableLoadBalancerIpv6Internet DisableLoadBalancerIpv6Internet LoadBalancerJoinSecurityGroup
    LoadBalancerLeaveSecurityGroup AttachCommonBandwidthPackageToLoadBalancer DetachCommonBandwidthPackageFromLoadBalancer
    TagResources ListTagResources UntagResources GetJobStatus ListListeners CreateListener UpdateListenerAttribute
    StartListener DeleteListener ListListenerCertificates AssociateAdditionalCertificatesWithListener
    DisassociateAdditionalCertificatesWithListener ListServerGroups ListServerGroupServers CreateServerGroup
    UpdateServerGroupAttribute DeleteServerGroup AddServersToServerGroup UpdateServerGroupServersAttribute
    RemoveServersFromServerGroup`,
  ),
  source: `${PROVIDER}/nlb/{loadbalancer,listener,servergroup,cert}.go`,
};

/** Since the newest versions: what a Service lets in (loadBalancerSourceRanges) becomes a security group of its NLB. */
export const SOURCE_RANGE_ACTIONS: RamActions = {
  purpose: 'a security group for the source ranges of a Service with an NLB',
  actions: named(
    'ecs',
    `DescribeSecurityGroups DescribeSecurityGroupAttribute CreateSecurityGroup ModifySecurityGroupAttribute DeleteSecurityGroup
    AuthorizeSecurityGroup ModifySecurityGroupRule RevokeSecurityGroup`,
  ),
  source: `${PROVIDER}/ecs/ecs.go: security groups, called for SourceRangesSecurityGroupId`,
};

/** What the program of 003's document asks for: its operations were not read; these are the services of the policy of its time. */
export const OLD_ACTIONS = {
  node: {
    purpose: 'instances',
    actions: ['ecs:Describe*'],
    source: 'docs/examples/permissions.policy@4bd6523',
  },
  route: {
    purpose: 'the routes to the networks of nodes, at that time operations of ECS too',
    actions: ['ecs:CreateRouteEntry', 'ecs:DeleteRouteEntry', 'ecs:Describe*', 'vpc:*'],
    source: 'docs/examples/permissions.policy@4bd6523',
  },
  service: {
    purpose: 'load balancers',
    actions: ['slb:*'],
    source: 'docs/examples/permissions.policy@4bd6523',
  },
} as const satisfies Readonly<Record<string, RamActions>>;
