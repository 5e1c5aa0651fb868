import type { ManagerCloudConfig } from '../spec/generated/alibaba-cloud-controller-manager';
import { cloudConfigText } from './alibaba-cloud-config';

/** The text of 003's cloud-config.conf, never with keys. Names: kubernetes/cloud-provider-alibaba-cloud@eeb0ddc:pkg/config/cloud_config.go; their case is free. */
export function managerCloudConfig(config: ManagerCloudConfig): string {
  return cloudConfigText('absent', {
    uid: config.uid,
    clusterID: config.clusterId,
    kubernetesClusterTag: config.kubernetesClusterTag,
    region: config.region,
    vpcid: config.vpcId,
    zoneid: config.zoneId,
    vswitchid: config.vSwitchId,
    resourceGroupID: config.resourceGroupId,
    serviceMaxConcurrentReconciles: config.serviceMaxConcurrentReconciles,
    serviceBackendType: config.serviceBackendType,
    disablePublicSLB: config.disablePublicSLB,
    nodeMaxConcurrentReconciles: config.nodeMaxConcurrentReconciles,
    nodeMonitorPeriod: config.nodeMonitorPeriodSeconds,
    nodeAddrSyncPeriod: config.nodeAddrSyncPeriodSeconds,
    routeMaxConcurrentReconciles: config.routeMaxConcurrentReconciles,
    routeTableIDs: config.routeTableIds?.join(','),
    privateZoneId: config.privateZoneId,
    privateZoneRecordTTL: config.privateZoneRecordTtlSeconds,
    featureGates: config.featureGates?.join(','),
  });
}
