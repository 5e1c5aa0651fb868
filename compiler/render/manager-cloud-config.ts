import type { ManagerCloudConfig } from '../spec/generated/alibaba-cloud-controller-manager';
import { cloudConfigText, type KeyForm } from './alibaba-cloud-config';

/** The text of 003's cloud-config.conf. Names: kubernetes/cloud-provider-alibaba-cloud@1340938:pkg/config/cloud_config.go; their case is free. */
export function managerCloudConfig(config: ManagerCloudConfig, keys: KeyForm): string {
  return cloudConfigText(keys, {
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
    featureGates: config.featureGates?.map((gate) => `${gate}=true`).join(','),
  });
}
