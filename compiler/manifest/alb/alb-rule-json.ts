import { ofRequest } from '../../model/alb/alb-ingress';
import { ALB_FIELD_DEFAULTS } from '../../model/alb/alb-ingress-defaults';
import type { AlbAction, AlbCondition } from '../../spec/generated/alb-ingress';

/**
 * Actions as the controller reads them. Its JSON ignores case; the names are its own, from
 * alibaba/alibaba-load-balancer-controller@a9b1da3, pkg/model/alb/configcache/config_types.go.
 */
export function actionsJson(actions: readonly AlbAction[]): string {
  return json(actions.map(actionOf));
}

/** Conditions as the controller reads them. */
export function conditionsJson(conditions: readonly AlbCondition[]): string {
  return json(conditions.map(conditionOf));
}

/** One fact per line: changes can be read in a diff. */
function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function actionOf(action: AlbAction): object {
  const { fixedResponse, redirect, forward, insertHeader, removeHeader, rewrite, trafficLimit, trafficMirror } = action;
  if (fixedResponse !== undefined) {
    const { httpCode, contentType, content = '' } = fixedResponse;
    return {
      Type: 'FixedResponse',
      FixedResponseConfig: { HttpCode: httpCode, ContentType: contentType, Content: content },
    };
  }
  if (redirect !== undefined) return { Type: 'Redirect', RedirectConfig: redirectOf(redirect) };
  if (forward !== undefined) return { Type: 'ForwardGroup', ForwardConfig: forwardOf(forward) };
  if (insertHeader !== undefined) {
    const { key, value, valueType, coverEnabled = ALB_FIELD_DEFAULTS.coverEnabled } = insertHeader;
    return {
      Type: 'InsertHeader',
      InsertHeaderConfig: { Key: key, Value: value, ValueType: valueType, CoverEnabled: coverEnabled },
    };
  }
  if (removeHeader !== undefined) return { Type: 'RemoveHeader', RemoveHeaderConfig: { Key: removeHeader.key } };
  if (rewrite !== undefined) return { Type: 'Rewrite', RewriteConfig: rewriteOf(rewrite) };
  if (trafficLimit !== undefined) return { Type: 'TrafficLimit', TrafficLimitConfig: limitOf(trafficLimit) };
  return {
    Type: 'TrafficMirror',
    TrafficMirrorConfig: {
      TargetType: 'ForwardGroupMirror',
      MirrorGroupConfig: { ServerGroupTuples: [{ ServerGroupID: trafficMirror?.serverGroupId }] },
    },
  };
}

/** All fields: an absent one is an empty text to the controller, and not its default. */
function redirectOf(redirect: NonNullable<AlbAction['redirect']>): object {
  const { host, path, port, protocol, query, httpCode = '301' } = redirect;
  return {
    Host: host ?? ofRequest('host'),
    Path: path ?? ofRequest('path'),
    Port: port ?? ofRequest('port'),
    Protocol: protocol ?? ofRequest('protocol'),
    Query: query ?? ofRequest('query'),
    HttpCode: httpCode,
  };
}

function rewriteOf({ host, path, query }: NonNullable<AlbAction['rewrite']>): object {
  return { Host: host ?? ofRequest('host'), Path: path ?? ofRequest('path'), Query: query ?? ofRequest('query') };
}

/** An absent weight is 0 to the controller. */
function forwardOf({ serverGroups }: NonNullable<AlbAction['forward']>): object {
  return {
    ServerGroups: serverGroups.map(({ serverGroupId, service, port, weight = 100 }) => ({
      ...(serverGroupId === undefined ? { ServiceName: service, ServicePort: port } : { ServerGroupID: serverGroupId }),
      Weight: weight,
    })),
  };
}

/** Numbers as texts, which the controller parses. */
function limitOf({ qps, perIpQps }: NonNullable<AlbAction['trafficLimit']>): object {
  return {
    ...(qps !== undefined && { QPS: String(qps) }),
    ...(perIpQps !== undefined && { QPSPerIp: String(perIpQps) }),
  };
}

function conditionOf(condition: AlbCondition): object {
  const { type, header, values } = condition;
  const pairs = (list: AlbCondition['cookies'] = []): object => ({
    Values: list.map(({ key, value }) => ({ Key: key, Value: value })),
  });
  const configs: Readonly<Record<AlbCondition['type'], object>> = {
    Host: { HostConfig: { Values: condition.hosts } },
    Path: { PathConfig: { Values: condition.paths } },
    Header: { HeaderConfig: { Key: header, Values: values } },
    QueryString: { QueryStringConfig: pairs(condition.queryStrings) },
    Method: { MethodConfig: { Values: condition.methods } },
    Cookie: { CookieConfig: pairs(condition.cookies) },
    SourceIp: { SourceIpConfig: { Values: condition.sourceIps } },
    ResponseHeader: { ResponseHeaderConfig: { Key: header, Values: values } },
    ResponseStatusCode: { ResponseStatusCodeConfig: { Values: condition.statusCodes } },
  };
  return { Type: type, ...configs[type] };
}
