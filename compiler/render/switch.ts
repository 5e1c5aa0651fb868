import type { BgpLoadBalancerModel, Dialect, SwitchModel } from '../model/bgp/bgp-load-balancer';
import { birdFiles } from './switch-bird';
import { comwareFiles } from './switch-comware';
import { frrFiles } from './switch-frr';
import { linuxSwitchFiles } from './switch-linux';

type Renderer = (model: BgpLoadBalancerModel, target: SwitchModel) => Record<string, string>;

const RENDERERS: Readonly<Record<Dialect, Renderer>> = {
  comware7: comwareFiles,
  bird1: birdFiles,
  bird2: birdFiles,
  frr: frrFiles,
};

/** The other end of every session: what each switch is told, in its own language, by `switches/<name>/<file>`. */
export function switchFiles(model: BgpLoadBalancerModel): Readonly<Record<string, string>> {
  const files = model.switches.flatMap((target) => {
    const own = { ...RENDERERS[target.dialect](model, target), ...linuxSwitchFiles(model, target) };
    return Object.entries(own).map(([file, text]) => [`switches/${target.name}/${file}`, text] as const);
  });
  return Object.fromEntries(files);
}
