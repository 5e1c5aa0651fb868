import type { AlbCondition, AlbForwarding } from '../../spec/generated/alb-ingress';
import type { Problems } from '../problems';
import { networkProblem } from '../values/ip-network';
import { checkActions } from './alb-action-checks';
import { type AlbIngressModel, type AlbRouteModel, takesRequest } from './alb-ingress';
import { forEachPath } from './alb-path-checks';
import { checkTrafficLimit } from './alb-route-checks';

/** Conditions and actions by service: buildRuleActions and buildRuleConditions in alibaba/alibaba-load-balancer-controller@a9b1da3. */
export function checkForwarding({ ingresses }: AlbIngressModel, _: unknown, problems: Problems): void {
  ingresses.forEach((route, index) => {
    const at = `/spec/ingresses/${index}`;
    checkPorts(route, at, problems);
    const { forwarding = [] } = route;
    forwarding.forEach((entry, number) => {
      const place = `${at}/forwarding/${number}`;
      checkService(entry, route, place, problems);
      checkActions(entry.actions ?? [], `${place}/actions`, problems);
      checkBeside(entry, route, `${place}/actions`, problems);
      entry.conditions?.forEach((condition, which) => {
        checkCondition(condition, entry.direction, `${place}/conditions/${which}`, problems);
      });
    });
  });
}

/** A path has a port, or actions that take its requests. */
function checkPorts(route: AlbRouteModel, at: string, problems: Problems): void {
  const taken = new Map((route.forwarding ?? []).map((entry) => [entry.service, takesRequest(entry)]));
  forEachPath(route, ({ service, port }, pointer) => {
    if (taken.get(service) === true && port !== undefined) {
      problems.add('BAL3125', `${at}${pointer}/port`, `the actions of "${service}" take the request: it needs no port`);
    }
    if (taken.get(service) !== true && port === undefined) {
      problems.add('BAL3125', `${at}${pointer}`, `service "${service}" has no port`);
    }
  });
}

/** A name of an annotation has 63 characters at most: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ */
const ANNOTATION_NAME_LENGTH = 63;

function checkService(
  entry: AlbForwarding,
  { rules, forwarding = [] }: AlbRouteModel,
  at: string,
  problems: Problems,
): void {
  const { service, direction, conditions, actions } = entry;
  const first = forwarding.findIndex((other) => other.service === service);
  if (forwarding[first] !== entry) {
    problems.add('BAL3001', `${at}/service`, `forwarding of "${service}" is defined twice`);
  }
  if (!rules.some(({ paths }) => paths.some((path) => path.service === service))) {
    problems.add('BAL3125', `${at}/service`, `no path of the Ingress names service "${service}"`);
  }
  const prefixes = [direction && 'rule-direction.', conditions && 'conditions.', actions && 'actions.'];
  if (prefixes.every((prefix) => prefix === undefined)) {
    problems.add('BAL3125', at, `forwarding of "${service}" has neither conditions nor actions`);
  }
  const longest = prefixes.find((prefix) => prefix !== undefined) ?? '';
  const length = longest.length + service.length;
  if (length <= ANNOTATION_NAME_LENGTH) return;
  problems.add('BAL3006', `${at}/service`, `annotation "${longest}${service}" has ${length} characters`);
}

/** Actions that exclude each other, and settings of the Ingress that say the same. */
function checkBeside(entry: AlbForwarding, route: AlbRouteModel, at: string, problems: Problems): void {
  entry.actions?.forEach((action, index) => {
    const place = `${at}/${index}`;
    const { trafficLimit, rewrite, insertHeader, removeHeader } = action;
    checkTrafficLimit(trafficLimit, `${place}/trafficLimit`, problems);
    if (trafficLimit !== undefined && route.trafficLimit !== undefined) {
      problems.add('BAL3124', `${place}/trafficLimit`, 'the Ingress has a trafficLimit too');
    }
    if (rewrite !== undefined && route.rewriteTarget !== undefined) {
      problems.add('BAL3112', `${place}/rewrite`, 'the Ingress has a rewriteTarget too');
    }
    if (entry.direction === 'Response' && insertHeader === undefined && removeHeader === undefined) {
      problems.add('BAL3112', place, 'a rule on answers changes headers, and does nothing else');
    }
  });
}

type ConditionType = AlbCondition['type'];
type ConditionField = Exclude<keyof AlbCondition, 'type'>;

/** What each type of condition compares with. */
const FIELDS_OF_TYPE: Readonly<Record<ConditionType, readonly ConditionField[]>> = {
  Host: ['hosts'],
  Path: ['paths'],
  Header: ['header', 'values'],
  QueryString: ['queryStrings'],
  Method: ['methods'],
  Cookie: ['cookies'],
  SourceIp: ['sourceIps'],
  ResponseHeader: ['header', 'values'],
  ResponseStatusCode: ['statusCodes'],
};

function checkCondition(
  condition: AlbCondition,
  direction: AlbForwarding['direction'],
  at: string,
  problems: Problems,
): void {
  const { type, header, sourceIps = [] } = condition;
  const refuse = (field: string, message: string): void => problems.add('BAL3126', `${at}${field}`, message);
  const fields = FIELDS_OF_TYPE[type];
  for (const field of fields) if (condition[field] === undefined) refuse('', `type "${type}" needs ${field}`);
  for (const field of Object.keys(condition)) {
    if (field === 'type' || fields.includes(field as ConditionField)) continue;
    refuse(`/${field}`, `type "${type}" takes no ${field}`);
  }
  if (type.startsWith('Response') && direction !== 'Response')
    refuse('/type', `type "${type}" needs direction "Response"`);
  if (header !== undefined && /^(cookie|host)$/i.test(header))
    refuse('/header', `ALB does not compare the header "${header}"`);
  sourceIps.forEach((network, index) => {
    const problem = networkProblem(network);
    if (problem !== undefined) problems.add('BAL3016', `${at}/sourceIps/${index}`, `"${network}" ${problem}`);
  });
}
