import type { ManagerNodeModel } from '../model/alibaba-cloud-controller-manager';
import { renderTemplate } from './template';

/** The systemd drop-in that tells a kubelet its instance: kubelet(1), systemd.unit(5). */
export function kubeletDropIn({ name, providerId, overrideHostname }: ManagerNodeModel): string {
  return renderTemplate('kubelet/cloud-provider.conf', {
    name,
    providerId,
    hostname: overrideHostname ? providerId : null,
  });
}
