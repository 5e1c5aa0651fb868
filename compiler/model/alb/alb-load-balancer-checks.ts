import type { AlbIngressSpec, AlbLoadBalancer } from '../../spec/generated/alb-ingress';
import type { Problems } from '../problems';
import type { AlbIngressModel } from './alb-ingress';

const AT = '/spec/loadBalancer';

/** The ALB instance: https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-createloadbalancer */
export function checkLoadBalancer({ profile }: AlbIngressModel, spec: AlbIngressSpec, problems: Problems): void {
  const { loadBalancer } = spec;
  if (loadBalancer === undefined) return;
  checkReuse(loadBalancer, problems);
  if (loadBalancer.id === undefined) checkZones(loadBalancer, profile, problems);
  checkAddresses(loadBalancer, problems);
  checkBilling(loadBalancer, problems);
  checkProtection(loadBalancer, problems);
  checkTags(loadBalancer, problems);
  if (profile === 'upstream' || loadBalancer.id !== undefined) return;
  if (loadBalancer.addressType === undefined) problems.add('BAL2003', `${AT}/addressType`, '"addressType" is missing');
  if (loadBalancer.accessLogConfig === undefined) problems.add('BAL3106', AT, 'the load balancer has no access log');
}

/** Fields that describe an instance, and do nothing to one that exists. */
const OF_A_NEW_INSTANCE = [
  'name',
  'addressType',
  'addressIpVersion',
  'ipv6AddressType',
  'addressAllocatedMode',
  'edition',
  'resourceGroupId',
  'billingConfig',
] as const;

/** commonReuse in alibaba/alibaba-load-balancer-controller, applier/alb.go. */
function checkReuse(loadBalancer: AlbLoadBalancer, problems: Problems): void {
  const { id, zoneMappings } = loadBalancer;
  for (const field of ['forceOverride', 'listenerForceOverride'] as const) {
    if (loadBalancer[field] === undefined) continue;
    if (id === undefined)
      problems.add('BAL3102', `${AT}/${field}`, `${field} is set, but no id of an existing instance`);
    else if (loadBalancer[field]) problems.add('BAL3103', `${AT}/${field}`, `listeners of "${id}" are overwritten`);
  }
  if (id === undefined) return;
  if (zoneMappings !== undefined) unread('zoneMappings', id, problems);
  if (loadBalancer.forceOverride === true) return;
  for (const field of OF_A_NEW_INSTANCE) if (loadBalancer[field] !== undefined) unread(field, id, problems);
}

function unread(field: string, id: string, problems: Problems): void {
  problems.add('BAL3114', `${AT}/${field}`, `${field} does not change the existing instance "${id}"`);
}

function checkZones({ zoneMappings }: AlbLoadBalancer, profile: AlbIngressModel['profile'], problems: Problems): void {
  if (zoneMappings === undefined) {
    // The controller finds vSwitches by itself then, which an expert would not leave to it.
    if (profile === 'hardened') problems.add('BAL3101', `${AT}/zoneMappings`, 'there are no zone mappings');
    return;
  }
  const switches = zoneMappings.map(({ vSwitchId }) => vSwitchId);
  switches.forEach((name, index) => {
    if (switches.indexOf(name) === index) return;
    problems.add('BAL3001', `${AT}/zoneMappings/${index}/vSwitchId`, `"${name}" is named twice`);
  });
  const zones = zoneMappings.map(({ vSwitchId, zoneId }) => zoneId ?? vSwitchId);
  zones.forEach((zone, index) => {
    const { zoneId } = zoneMappings[index]!;
    if (zoneId === undefined || zones.indexOf(zone) === index) return;
    problems.add('BAL3101', `${AT}/zoneMappings/${index}/zoneId`, `zone "${zone}" is named twice`, [
      { message: 'first named here', location: problems.locate(`${AT}/zoneMappings/${zones.indexOf(zone)}/zoneId`) },
    ]);
  });
  if (new Set(zones).size > 1) return;
  problems.add('BAL3101', `${AT}/zoneMappings`, 'the load balancer is in one zone only');
}

function checkAddresses(loadBalancer: AlbLoadBalancer, problems: Problems): void {
  const { addressType, addressIpVersion, ipv6AddressType, zoneMappings = [], billingConfig } = loadBalancer;
  const refuse = (field: string, message: string): void => problems.add('BAL3104', `${AT}/${field}`, message);
  if (ipv6AddressType !== undefined && addressIpVersion !== 'DualStack') {
    refuse('ipv6AddressType', 'ipv6AddressType needs addressIpVersion "DualStack"');
  }
  const intranet = addressType === 'Intranet';
  const withAddress = zoneMappings.filter(({ allocationId }) => allocationId !== undefined).length;
  zoneMappings.forEach(({ allocationId, eipType }, index) => {
    const at = `zoneMappings/${index}`;
    if (allocationId !== undefined && intranet) refuse(`${at}/allocationId`, 'addressType "Intranet" takes no EIP');
    if (allocationId === undefined && withAddress > 0) refuse(at, 'other zones have an EIP, and this one has none');
    if (allocationId === undefined && eipType !== undefined) refuse(`${at}/eipType`, 'eipType needs an allocationId');
    const first = zoneMappings.findIndex((zone) => allocationId !== undefined && zone.allocationId === allocationId);
    if (first !== -1 && first !== index) refuse(`${at}/allocationId`, `EIP "${allocationId}" is in two zones`);
  });
  if (billingConfig?.bandWidthPackageId !== undefined && intranet) {
    refuse('billingConfig/bandWidthPackageId', 'addressType "Intranet" takes no Internet bandwidth');
  }
}

function checkBilling({ billingConfig = {}, addressType }: AlbLoadBalancer, problems: Problems): void {
  const { internetChargeType, internetBandwidth } = billingConfig;
  const refuse = (field: string, message: string): void =>
    problems.add('BAL3105', `${AT}/billingConfig/${field}`, message);
  if (internetChargeType !== undefined && addressType === 'Intranet') {
    refuse('internetChargeType', 'addressType "Intranet" has no Internet traffic to charge');
  }
  if (internetBandwidth !== undefined && internetChargeType !== 'PayByBandwidth') {
    refuse('internetBandwidth', 'internetBandwidth needs internetChargeType "PayByBandwidth"');
  }
  if (internetChargeType === 'PayByBandwidth' && internetBandwidth === undefined) {
    refuse('internetChargeType', '"PayByBandwidth" needs an internetBandwidth');
  }
}

function checkProtection(loadBalancer: AlbLoadBalancer, problems: Problems): void {
  const { deletionProtectionEnabled, modificationProtectionConfig: protection } = loadBalancer;
  const at = `${AT}/modificationProtectionConfig`;
  if (deletionProtectionEnabled === false) {
    problems.add('BAL3114', `${AT}/deletionProtectionEnabled`, 'the controller protects the instance all the same');
  }
  if (protection?.status === 'NonProtection') {
    problems.add('BAL3114', `${at}/status`, 'the controller sets "ConsoleProtection" all the same');
    if (protection.reason !== undefined) problems.add('BAL3105', `${at}/reason`, '"NonProtection" takes no reason');
  }
}

/** Keys that Alibaba Cloud and the controller use themselves. */
const RESERVED_TAG = /^(aliyun|acs:|ack\.aliyun\.com|ingress\.k8s\.alibaba)/;

function checkTags({ tags = [] }: AlbLoadBalancer, problems: Problems): void {
  const keys = tags.map(({ key }) => key);
  keys.forEach((key, index) => {
    const at = `${AT}/tags/${index}/key`;
    if (RESERVED_TAG.test(key)) problems.add('BAL3105', at, `the tag "${key}" is reserved`);
    if (keys.indexOf(key) !== index) problems.add('BAL3001', at, `tag "${key}" is defined twice`);
  });
}
