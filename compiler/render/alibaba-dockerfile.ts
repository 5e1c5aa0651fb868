import type { AlibabaLoadBalancerControllerModel } from '../model/alibaba-controllers/alibaba-load-balancer-controller';
import { renderTemplate } from './template';

/** How the image of the controller is built: as 000 says, or in stages that leave the compiler behind and do without root. */
export function alibabaDockerfile({ profile, build }: AlibabaLoadBalancerControllerModel): string {
  return profile === 'upstream'
    ? renderTemplate('alibaba/dockerfile-upstream', { baseImage: build.baseImage })
    : renderTemplate('alibaba/dockerfile-hardened', { ...build });
}
