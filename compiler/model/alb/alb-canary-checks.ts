import type { AlbCanary } from '../../spec/generated/alb-ingress';
import type { Problems } from '../problems';
import { type AlbIngressModel, type AlbRouteModel, listenPortsOf } from './alb-ingress';
import { forEachPath } from './alb-path-checks';

/** Canaries: buildListenerRules in alibaba/alibaba-load-balancer-controller@a9b1da3, albconfig_manager/model_build_listener_rules.go. */
export function checkCanaries({ ingresses }: AlbIngressModel, _: unknown, problems: Problems): void {
  const mains = mainRules(ingresses);
  const shares = new Map<string, number>();
  ingresses.forEach((route, index) => {
    const { canary } = route;
    if (canary === undefined) return;
    const at = `/spec/ingresses/${index}`;
    checkCriteria(canary, `${at}/canary`, problems);
    checkForwardingOf(route, canary, at, problems);
    forEachPath(route, ({ path }, pointer, host = '*') => {
      const key = `${host} ${path}`;
      const main = mains.get(key);
      if (main === undefined) {
        const message = `no Ingress without canary has path "${path}" of host "${host}"`;
        problems.add('BAL3118', `${at}${pointer}`, message);
        return;
      }
      checkSameListeners(route, main, `${at}${pointer}`, problems);
      if (canary.weight === undefined) checkOrder(route, main, at, problems);
      else checkShare(canary.weight, key, shares, `${at}/canary/weight`, problems);
    });
  });
}

/** The first rule without canary of each host and path. */
function mainRules(ingresses: readonly AlbRouteModel[]): ReadonlyMap<string, AlbRouteModel> {
  const mains = new Map<string, AlbRouteModel>();
  for (const route of [...ingresses].sort(inOrder)) {
    if (route.canary !== undefined) continue;
    forEachPath(route, ({ path }, _, host = '*') => {
      const key = `${host} ${path}`;
      if (!mains.has(key)) mains.set(key, route);
    });
  }
  return mains;
}

function inOrder(one: AlbRouteModel, other: AlbRouteModel): number {
  const [first, second] = [one.order ?? DEFAULT_ORDER, other.order ?? DEFAULT_ORDER];
  return first - second || (one.name < other.name ? -1 : Number(one.name > other.name));
}

/** Of an Ingress that says nothing; among equals the name decides. */
const DEFAULT_ORDER = 10;

function checkCriteria({ byHeader, byHeaderValue, byCookie, weight }: AlbCanary, at: string, problems: Problems): void {
  const refuse = (field: string, message: string): void => problems.add('BAL3118', `${at}${field}`, message);
  const matched = byHeader !== undefined || byHeaderValue !== undefined || byCookie !== undefined;
  if (!matched && weight === undefined) refuse('', 'the canary has no byHeader, byCookie or weight');
  if (byHeader !== undefined && byHeaderValue === undefined) refuse('/byHeader', 'byHeader needs a byHeaderValue');
  if (byHeader === undefined && byHeaderValue !== undefined) refuse('/byHeaderValue', 'byHeaderValue needs a byHeader');
  if (matched && weight !== undefined) {
    refuse('/weight', 'the controller drops a canary that has a weight beside a header or a cookie: use two Ingresses');
  }
}

function checkForwardingOf(
  { forwarding = [] }: AlbRouteModel,
  { weight }: AlbCanary,
  at: string,
  problems: Problems,
): void {
  forwarding.forEach(({ conditions, actions = [] }, index) => {
    const place = `${at}/forwarding/${index}`;
    if (conditions !== undefined) problems.add('BAL3118', `${place}/conditions`, 'a canary takes no conditions');
    const forward = actions.findIndex((action) => action.forward !== undefined);
    if (weight !== undefined && forward !== -1) {
      problems.add('BAL3118', `${place}/actions/${forward}/forward`, 'a canary by weight takes no forward action');
    }
  });
}

/** A main rule before the canary takes every request. */
function checkOrder(route: AlbRouteModel, main: AlbRouteModel, at: string, problems: Problems): void {
  if (inOrder(route, main) < 0) return;
  const place = route.order === undefined ? `${at}/canary` : `${at}/order`;
  problems.add('BAL3119', place, `the main rule in Ingress "${main.name}" comes before the canary "${route.name}"`);
}

/** Rules meet on a listener: a main rule on one that the canary does not use has no canary there. */
function checkSameListeners(route: AlbRouteModel, main: AlbRouteModel, at: string, problems: Problems): void {
  const own = listenPortsOf(route);
  for (const { protocol, port } of listenPortsOf(main)) {
    const onlyRedirects = main.sslRedirect === true && protocol === 'HTTP' && port === 80;
    if (onlyRedirects || own.some((one) => one.protocol === protocol && one.port === port)) continue;
    const message = `the main rule in Ingress "${main.name}" is on ${protocol} ${port}, and the canary "${route.name}" is not`;
    problems.add('BAL3118', at, message);
  }
}

function checkShare(weight: number, key: string, shares: Map<string, number>, at: string, problems: Problems): void {
  const sum = (shares.get(key) ?? 0) + weight;
  shares.set(key, sum);
  if (sum > 100) problems.add('BAL3118', at, `the canaries of "${key}" have ${sum} % together`);
}
