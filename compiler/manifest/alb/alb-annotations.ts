import type { AlbRouteModel } from '../../model/alb/alb-ingress';
import { ALB_FIELD_DEFAULTS } from '../../model/alb/alb-ingress-defaults';
import type {
  AlbCanary,
  AlbCors,
  AlbForwarding,
  AlbHealthCheck,
  AlbStickySession,
} from '../../spec/generated/alb-ingress';
import { actionsJson, conditionsJson } from './alb-rule-json';

type Value = string | number | boolean | undefined;
type Values = Readonly<Record<string, Value>>;

const PREFIX = 'alb.ingress.kubernetes.io/';

/**
 * What the controller reads of an Ingress beside its rules, in the order of its own list:
 * alibaba/alibaba-load-balancer-controller@a9b1da3, pkg/controller/ingress/reconcile/annotations/annotations.go.
 */
export function albAnnotations(route: AlbRouteModel): Readonly<Record<string, string>> {
  const { listenPorts, order, sslRedirect, rewriteTarget, backend = {}, trafficLimit = {}, useRegex } = route;
  const values: Values = {
    'listen-ports': listenPorts && `[${listenPorts.map(({ protocol, port }) => `{"${protocol}": ${port}}`).join(',')}]`,
    ...healthCheck(route.healthCheck),
    order,
    ...stickySession(route.stickySession),
    ...canary(route.canary),
    'ssl-redirect': sslRedirect,
    'rewrite-target': rewriteTarget,
    'backend-protocol': backend.protocol,
    'backend-scheduler': backend.scheduler,
    'backend-scheduler-uch-value': backend.uchValue,
    'backend-keepalive': backend.keepalive,
    'traffic-limit-qps': trafficLimit.qps,
    'traffic-limit-ip-qps': trafficLimit.perIpQps,
    ...cors(route.cors),
    // Any value turns it on, "false" too.
    'use-regex': useRegex === true ? true : undefined,
    ...Object.assign({}, ...(route.forwarding ?? []).map(forwarding)),
  };
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [`${PREFIX}${name}`, String(value)]));
}

function healthCheck(check: AlbHealthCheck | undefined): Values {
  if (check === undefined) return {};
  return {
    'healthcheck-enabled': check.enabled ?? ALB_FIELD_DEFAULTS.healthCheckEnabled,
    'healthcheck-path': check.path,
    'healthcheck-protocol': check.protocol,
    'healthcheck-connect-port': check.connectPort,
    'healthcheck-method': check.method,
    'healthcheck-interval-seconds': check.intervalSeconds,
    'healthcheck-timeout-seconds': check.timeoutSeconds,
    'healthcheck-httpcode': check.httpCodes?.join(','),
    'healthy-threshold-count': check.healthyThreshold,
    'unhealthy-threshold-count': check.unhealthyThreshold,
  };
}

function stickySession(sticky: AlbStickySession | undefined): Values {
  if (sticky === undefined) return {};
  return {
    'sticky-session': true,
    'sticky-session-type': sticky.type,
    'cookie-timeout': sticky.cookieTimeoutSeconds,
    cookie: sticky.cookie,
  };
}

function canary(criteria: AlbCanary | undefined): Values {
  if (criteria === undefined) return {};
  return {
    canary: true,
    'canary-by-header': criteria.byHeader,
    'canary-by-header-value': criteria.byHeaderValue,
    'canary-by-cookie': criteria.byCookie,
    'canary-weight': criteria.weight,
  };
}

function cors(settings: AlbCors | undefined): Values {
  if (settings === undefined) return {};
  return {
    'enable-cors': true,
    'cors-allow-origin': settings.allowOrigins?.join(','),
    'cors-allow-methods': settings.allowMethods?.join(','),
    'cors-allow-headers': settings.allowHeaders?.join(','),
    'cors-expose-headers': settings.exposeHeaders?.join(','),
    'cors-allow-credentials': settings.allowCredentials,
    'cors-max-age': settings.maxAgeSeconds,
  };
}

function forwarding({ service, direction, conditions, actions }: AlbForwarding): Values {
  return {
    [`conditions.${service}`]: conditions && conditionsJson(conditions),
    [`actions.${service}`]: actions && actionsJson(actions),
    [`rule-direction.${service}`]: direction,
  };
}
