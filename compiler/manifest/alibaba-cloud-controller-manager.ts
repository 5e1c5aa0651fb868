import type { AlibabaCloudControllerManagerModel } from '../model/alibaba-cloud-controller-manager';
import type { Output } from './artefact';

/** The cloud controller manager of Alibaba Cloud: accounts, configuration, DaemonSet, and what the nodes need. */
export function renderAlibabaCloudControllerManager(_: AlibabaCloudControllerManagerModel): Output {
  return { objects: [], files: {} };
}
