import type { BgpLoadBalancerModel, SwitchModel } from '../model/bgp/bgp-load-balancer';
import { DIALECTS } from '../model/bgp/dialects';
import { familiesOf } from './switch-view';
import { renderTemplate } from './template';

/** What a Linux host needs to be a switch: https://docs.kernel.org/networking/ip-sysctl.html and ip-route(8). */
export function linuxSwitchFiles(model: BgpLoadBalancerModel, target: SwitchModel): Record<string, string> {
  const { interfaces } = target;
  if (interfaces === undefined || !DIALECTS[target.dialect].linux) return {};
  const families = familiesOf(model, target);
  const routes = families.flatMap(({ afi, networks }) =>
    networks.map(({ cidr }) => ({ flag: afi === 'ipv4' ? '-4' : '-6', cidr })),
  );
  const view = {
    loadBalancer: model.name,
    switchName: target.name,
    protocol: model.steering.protocol,
    ipv4: families.some(({ afi }) => afi === 'ipv4'),
    ipv6: families.some(({ afi }) => afi === 'ipv6'),
    interfaces: [...new Set([interfaces.cluster, interfaces.outside])].map((name) => ({ name })),
    routes,
  };
  return { 'linux-switch.sh': renderTemplate('linux-switch/linux-switch.sh', view) };
}
