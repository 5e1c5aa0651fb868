/** The cloud controller manager of Alibaba Cloud: accounts, configuration, DaemonSet, and what the nodes need. Checked and with defaults. */
export interface AlibabaCloudControllerManagerModel {
  readonly profile: 'hardened' | 'upstream';
  readonly name: string;
  readonly namespace: string;
}
