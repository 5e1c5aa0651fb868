import type { AddressFamily, BgpLoadBalancerModel } from '../model/bgp/bgp-load-balancer';
import { type SteeringRoute, type SteeringRule, type SteeringSysctl, workerSteering } from '../model/bgp/steering';
import { renderTemplate } from './template';

/** What the templates for the workers may read. */
interface RulesView {
  readonly name: string;
  readonly worker: string;
  readonly nothing: true | null;
  readonly lines: readonly (readonly string[])[];
}

const FAMILY_OPTION: Readonly<Record<AddressFamily, string>> = { IPv4: '-4', IPv6: '-6' };

/** The files for the workers: the rules of each, the script that keeps them in place, and its unit for systemd. */
export function steeringFiles(model: BgpLoadBalancerModel): Readonly<Record<string, string>> {
  const { name, workers, steering } = model;
  return {
    ...Object.fromEntries(workers.map((worker) => [`rules.${worker.name}`, renderRules(model, worker.name)])),
    'steer.sh': renderTemplate('iprule/steer.sh', { protocol: steering.protocol }),
    'loadbalancer-steering.service': renderTemplate('iprule/loadbalancer-steering.service', { name }),
  };
}

function renderRules(model: BgpLoadBalancerModel, worker: string): string {
  const { rules, routes, sysctls } = workerSteering(model, worker);
  const { protocol } = model.steering;
  const lines = [
    ...sysctls.map(sysctlWords),
    ...routes.map((route) => routeWords(route, protocol)),
    ...rules.map((rule) => ruleWords(rule, protocol)),
  ];
  const view: RulesView = { name: model.name, worker, nothing: lines.length === 0 ? true : null, lines };
  return renderTemplate('iprule/rules', view);
}

function sysctlWords({ path, value }: SteeringSysctl): string[] {
  return ['sysctl', path, String(value)];
}

/** The words in the order in which steer.sh brings those of the kernel. */
function routeWords({ family, type, to, gateways, table }: SteeringRoute, protocol: number): string[] {
  const [gateway] = gateways;
  const several = gateways.flatMap((address) => ['nexthop', 'via', address]);
  const ways = gateways.length === 1 && gateway !== undefined ? ['via', gateway] : several;
  return [
    ...['ip', FAMILY_OPTION[family], 'route', ...(type === 'local' ? ['local'] : []), to],
    ...['table', String(table), 'protocol', String(protocol)],
    ...(type === 'local' ? ['dev', 'lo'] : ways),
  ];
}

/** The words as the kernel's own listing has them: `from all` where only the destination counts. */
function ruleWords({ family, priority, from, to, ipproto, sport, table }: SteeringRule, protocol: number): string[] {
  return [
    ...['ip', FAMILY_OPTION[family], 'rule', 'priority', String(priority), 'from', from ?? 'all'],
    ...(to === undefined ? [] : ['to', to]),
    ...(ipproto === undefined ? [] : ['ipproto', ipproto]),
    ...(sport === undefined ? [] : ['sport', String(sport)]),
    ...['lookup', String(table), 'protocol', String(protocol)],
  ];
}
