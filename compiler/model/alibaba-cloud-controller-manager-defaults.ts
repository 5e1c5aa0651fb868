import type { AlibabaCloudControllerManagerSpec } from '../spec/generated/alibaba-cloud-controller-manager';

/** What is filled in for a field of a AlibabaCloudControllerManager that a spec leaves out, by profile. */
export const ALIBABA_CLOUD_CONTROLLER_MANAGER_DEFAULTS = {
  hardened: { kubernetesVersion: '1.30' },
  upstream: { kubernetesVersion: '1.30' },
} as const satisfies Readonly<Record<'hardened' | 'upstream', Partial<AlibabaCloudControllerManagerSpec>>>;
