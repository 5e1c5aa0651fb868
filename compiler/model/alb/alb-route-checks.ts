import type { AlbIngressRoute } from '../../spec/generated/alb-ingress';
import type { Problems } from '../problems';
import { type AlbIngressModel, type AlbRouteModel, allowsAllOrigins } from './alb-ingress';

/** What each Ingress says for itself. Ranges are in the schema; the rules between fields are those of 000's docs/usage.md and of ALB. */
export function checkRoutes({ ingresses, profile }: AlbIngressModel, _: unknown, problems: Problems): void {
  checkNames(ingresses, problems);
  checkOrders(ingresses, problems);
  ingresses.forEach((route, index) => {
    const at = `/spec/ingresses/${index}`;
    checkMetadata(route, at, problems);
    checkTls(route, at, problems);
    checkStickySession(route.stickySession, `${at}/stickySession`, problems);
    checkScheduler(route.backend, `${at}/backend`, problems);
    checkHealthCheck(route.healthCheck, `${at}/healthCheck`, problems);
    checkTrafficLimit(route.trafficLimit, `${at}/trafficLimit`, problems);
    if (profile === 'hardened') checkCors(route.cors, `${at}/cors`, problems);
  });
}

function checkNames(ingresses: readonly AlbRouteModel[], problems: Problems): void {
  const names = ingresses.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    problems.add('BAL3001', `/spec/ingresses/${index}/name`, `Ingress "${name}" is defined twice`, [
      { message: 'first defined here', location: problems.locate(`/spec/ingresses/${names.indexOf(name)}/name`) },
    ]);
  });
}

/** sortGroupMembers in alibaba/alibaba-load-balancer-controller@a9b1da3, albconfig_manager/group_loader.go, refuses two of one order. */
function checkOrders(ingresses: readonly AlbRouteModel[], problems: Problems): void {
  const orders = ingresses.map(({ order }) => order);
  orders.forEach((order, index) => {
    const first = orders.indexOf(order);
    if (order === undefined || first === index) return;
    problems.add('BAL3119', `/spec/ingresses/${index}/order`, `order ${order} is used twice`, [
      { message: 'first used here', location: problems.locate(`/spec/ingresses/${first}/order`) },
    ]);
  });
}

/** Annotations that the controller reads: those of nginx even win over its own. */
const OWNED_ANNOTATION =
  /^(alb\.ingress\.kubernetes\.io|nginx\.ingress\.kubernetes\.io)\/|^kubernetes\.io\/ingress\.class$/;

/** With this label the controller reads the annotations in another way. */
const OWNED_LABEL = 'knative.aliyun.com/ingress';

/** The access key ids of Alibaba Cloud, and what stands in an Authorization header. */
const CREDENTIAL = /\bLTAI[A-Za-z0-9]{12,}|\b(Basic|Bearer) [A-Za-z0-9+/=._-]{8,}/;

const CREDENTIAL_HEADER = /^(proxy-)?authorization$|^x-(api-key|auth-token|access-token)$|^api-?key$/i;

function checkMetadata(
  { labels = {}, annotations = {}, forwarding = [] }: AlbRouteModel,
  at: string,
  problems: Problems,
): void {
  const place = (map: string, key: string): string => `${at}/${map}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  for (const [key, value] of Object.entries(annotations)) {
    if (OWNED_ANNOTATION.test(key)) problems.add('BAL3128', place('annotations', key), `"${key}" is the controller's`);
    if (CREDENTIAL.test(value)) problems.add('BAL3129', place('annotations', key), 'the value looks like a credential');
  }
  if (labels[OWNED_LABEL] !== undefined) {
    problems.add('BAL3128', place('labels', OWNED_LABEL), `"${OWNED_LABEL}" changes how annotations are read`);
  }
  forwarding.forEach(({ actions = [] }, index) => {
    actions.forEach(({ insertHeader }, number) => {
      if (insertHeader?.valueType !== 'UserDefined') return;
      const { key, value } = insertHeader;
      if (!CREDENTIAL_HEADER.test(key) && !CREDENTIAL.test(value)) return;
      const pointer = `${at}/forwarding/${index}/actions/${number}/insertHeader/value`;
      problems.add('BAL3129', pointer, `the value of header "${key}" looks like a credential`);
    });
  });
}

function checkTls({ tls = [] }: AlbRouteModel, at: string, problems: Problems): void {
  const hosts = tls.flatMap((entry, index) =>
    entry.hosts.map((host, number) => ({ host, pointer: `${at}/tls/${index}/hosts/${number}` })),
  );
  hosts.forEach(({ host, pointer }, index) => {
    if (hosts.findIndex((other) => other.host === host) === index) return;
    problems.add('BAL3001', pointer, `host "${host}" is named twice`);
  });
}

function checkStickySession(sticky: AlbIngressRoute['stickySession'], at: string, problems: Problems): void {
  if (sticky === undefined) return;
  const { type = 'Insert', cookie, cookieTimeoutSeconds } = sticky;
  const refuse = (field: string, message: string): void => problems.add('BAL3120', `${at}${field}`, message);
  if (type === 'Insert' && cookie !== undefined) refuse('/cookie', 'type "Insert" takes no cookie: ALB has its own');
  if (type === 'Server' && cookie === undefined) refuse('', 'type "Server" needs the cookie that it rewrites');
  if (type === 'Server' && cookieTimeoutSeconds !== undefined) {
    refuse('/cookieTimeoutSeconds', 'type "Server" takes no cookieTimeoutSeconds: the Service decides');
  }
  if (type === 'Server' && cookie !== undefined) {
    problems.add('BAL3114', `${at}/cookie`, 'the controller does not tell ALB the name of the cookie');
  }
}

function checkScheduler(backend: AlbIngressRoute['backend'], at: string, problems: Problems): void {
  if (backend === undefined) return;
  const { scheduler, uchValue } = backend;
  if (scheduler === 'uch' && uchValue === undefined) {
    problems.add('BAL3122', `${at}/scheduler`, 'scheduler "uch" needs a uchValue');
  }
  if (scheduler !== 'uch' && uchValue !== undefined) {
    problems.add('BAL3122', `${at}/uchValue`, 'uchValue needs scheduler "uch"');
  }
}

function checkHealthCheck(check: AlbIngressRoute['healthCheck'], at: string, problems: Problems): void {
  if (check === undefined) return;
  const { protocol = 'HTTP', method, httpCodes = [] } = check;
  const refuse = (field: string, message: string): void => problems.add('BAL3123', `${at}/${field}`, message);
  for (const field of ['method', 'path', 'httpCodes'] as const) {
    if (protocol === 'TCP' && check[field] !== undefined) refuse(field, `protocol "TCP" has no ${field}`);
  }
  if (protocol === 'TCP') return;
  if (method === 'POST' && protocol !== 'GRPC') refuse('method', `protocol "${protocol}" is not checked by "POST"`);
  if (method === 'HEAD' && protocol === 'GRPC') refuse('method', 'protocol "GRPC" is not checked by "HEAD"');
  httpCodes.forEach((code, index) => {
    const place = `httpCodes/${index}`;
    const [first, last = first] = code.split('-').map(Number);
    if (code.startsWith('http_') === (protocol === 'GRPC'))
      refuse(place, `"${code}" is no status of protocol "${protocol}"`);
    else if (protocol === 'GRPC' && first! > last!) refuse(place, `the range "${code}" is empty`);
    if (httpCodes.indexOf(code) !== index) problems.add('BAL3001', `${at}/${place}`, `"${code}" is named twice`);
  });
}

/** buildQpsLimitAction in alibaba/alibaba-load-balancer-controller@a9b1da3, albconfig_manager/model_build_listener_rules.go. */
export function checkTrafficLimit(limit: AlbIngressRoute['trafficLimit'], at: string, problems: Problems): void {
  if (limit === undefined) return;
  const { qps, perIpQps } = limit;
  if (qps === undefined && perIpQps === undefined) problems.add('BAL3124', at, 'neither qps nor perIpQps is set');
  if (qps === undefined || perIpQps === undefined || perIpQps < qps) return;
  problems.add('BAL3124', `${at}/perIpQps`, `perIpQps ${perIpQps} is not below qps ${qps}`);
}

function checkCors(cors: AlbIngressRoute['cors'], at: string, problems: Problems): void {
  if (cors === undefined || !allowsAllOrigins(cors) || cors.allowCredentials !== true) return;
  problems.add('BAL3127', `${at}/allowCredentials`, 'cookies are allowed from every origin');
}
