import type { ManagerNodeModel } from '../model/alibaba-controllers/alibaba-cloud-controller-manager';
import type { Profile } from '../model/balancer/balancer';
import { renderTemplate } from './template';

/** The systemd drop-in that tells a kubelet its instance: kubelet(1), systemd.unit(5). The variables are kubeadm's, today's or those of 003. */
export function kubeletDropIn({ name, providerId, overrideHostname }: ManagerNodeModel, profile: Profile): string {
  const template = profile === 'upstream' ? 'kubelet/cloud-provider-003.conf' : 'kubelet/cloud-provider.conf';
  return renderTemplate(template, {
    name,
    providerId,
    hostname: overrideHostname ? providerId : null,
  });
}
