import type { AlbAction, AlbDefaultAction } from '../../spec/generated/alb-ingress';
import type { Problems } from '../problems';
import { isFinal, ofRequest } from './alb-ingress';

type Add = (field: string, message: string) => void;

const CONFIG_OF_TYPE = {
  FixedResponse: 'fixedResponseConfig',
  Redirect: 'redirectConfig',
  ForwardGroup: 'forwardConfig',
} as const;

/** The actions of a listener: each has the configuration of its type. */
export function checkDefaultActions(actions: readonly AlbDefaultAction[], at: string, problems: Problems): void {
  actions.forEach((action, index) => {
    const refuse: Add = (field, message) => problems.add('BAL3112', `${at}/${index}${field}`, message);
    const needed = CONFIG_OF_TYPE[action.actionType];
    for (const config of Object.values(CONFIG_OF_TYPE)) {
      if (config === needed && action[config] === undefined) refuse('', `type "${action.actionType}" needs ${config}`);
      if (config !== needed && action[config] !== undefined)
        refuse(`/${config}`, `type "${action.actionType}" takes no ${config}`);
    }
    if (action.redirectConfig !== undefined) checkRedirect(action.redirectConfig, '/redirectConfig', refuse);
    const groups = action.forwardConfig?.targetGroups.map(({ targetGroupARN, serviceName, servicePort, weight }) => {
      return { serverGroupId: targetGroupARN, service: serviceName, port: servicePort, weight };
    });
    if (groups !== undefined) checkGroups(groups, '/forwardConfig/targetGroups', refuse);
  });
}

/** The actions of a rule: each is one thing, and one at most takes the request. https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/customize-the-routing-rules-of-an-alb-ingress-1 */
export function checkActions(actions: readonly AlbAction[], at: string, problems: Problems): void {
  actions.forEach((action, index) => {
    const refuse: Add = (field, message) => problems.add('BAL3112', `${at}/${index}${field}`, message);
    const fields = Object.keys(action);
    if (fields.length !== 1)
      refuse('', fields.length === 0 ? 'the action is empty' : `"${fields.join('" and "')}" are two actions`);
    if (action.redirect !== undefined) checkRedirect(action.redirect, '/redirect', refuse);
    if (action.forward !== undefined) checkGroups(action.forward.serverGroups, '/forward/serverGroups', refuse);
    if (action.insertHeader !== undefined) checkInsertHeader(action.insertHeader, refuse);
    if (action.rewrite !== undefined && Object.keys(action.rewrite).length === 0)
      refuse('/rewrite', 'nothing is rewritten');
    const { insertHeader, removeHeader } = action;
    const key = insertHeader?.key ?? removeHeader?.key;
    if (key !== undefined && /^(cookie|host)$/i.test(key)) {
      refuse(`/${insertHeader ? 'insertHeader' : 'removeHeader'}/key`, `ALB does not change the header "${key}"`);
    }
  });
  checkOnce(actions, at, problems);
}

/** Types of which a rule has one. */
function checkOnce(actions: readonly AlbAction[], at: string, problems: Problems): void {
  const kinds: readonly (readonly [string, (action: AlbAction) => boolean])[] = [
    ['an action that takes the request', isFinal],
    ['a rewrite', ({ rewrite }) => rewrite !== undefined],
    ['a limit', ({ trafficLimit }) => trafficLimit !== undefined],
  ];
  for (const [name, is] of kinds) {
    const first = actions.findIndex(is);
    actions.forEach((action, index) => {
      if (!is(action) || index === first) return;
      problems.add('BAL3112', `${at}/${index}`, `there is ${name} already`, [
        { message: 'the first one is here', location: problems.locate(`${at}/${first}`) },
      ]);
    });
  }
  const inserted = actions.map(({ insertHeader }) => insertHeader?.key.toLowerCase());
  inserted.forEach((key, index) => {
    if (key === undefined || inserted.indexOf(key) === index) return;
    problems.add('BAL3112', `${at}/${index}/insertHeader/key`, `header "${key}" is inserted twice`);
  });
}

type Redirect = NonNullable<AlbAction['redirect']>;

/** A redirect to where the request was sent never ends. */
function checkRedirect({ host, path, port, protocol, query }: Redirect, at: string, refuse: Add): void {
  const parts = { host, path: path?.replace(/^\/(?=\$)/, ''), port, protocol, query };
  const moved = Object.entries(parts).some(([name, value]) => value !== undefined && value !== ofRequest(name));
  if (!moved) refuse(at, 'the redirect leads to the same place');
}

interface Group {
  readonly serverGroupId?: string;
  readonly service?: string;
  readonly port?: number;
  readonly weight?: number;
}

function checkGroups(groups: readonly Group[], at: string, refuse: Add): void {
  groups.forEach(({ serverGroupId, service, port, weight }, index) => {
    const place = `${at}/${index}`;
    if ((serverGroupId === undefined) === (service === undefined)) {
      refuse(place, 'the group is a server group or a Service, one of them');
    }
    if ((service === undefined) !== (port === undefined)) refuse(place, 'a Service has a name and a port');
    if (groups.length > 1 && weight === undefined)
      refuse(place, 'there are several groups, and this one has no weight');
    const same = (other: Group): boolean =>
      other.serverGroupId === serverGroupId && other.service === service && other.port === port;
    if (groups.findIndex(same) !== index) refuse(place, 'the group is named twice');
  });
  if (groups.every(({ weight = 100 }) => weight === 0)) refuse(at, 'every group has weight 0');
}

const SYSTEM_VALUES = ['ClientSrcPort', 'ClientSrcIp', 'Protocol', 'SLBId', 'SLBPort'];

function checkInsertHeader({ value, valueType }: NonNullable<AlbAction['insertHeader']>, refuse: Add): void {
  if (valueType === 'SystemDefined' && !SYSTEM_VALUES.includes(value)) {
    refuse('/insertHeader/value', `"${value}" is not one of "${SYSTEM_VALUES.join('", "')}"`);
  }
  if (valueType === 'ReferenceHeader' && !/^[A-Za-z0-9_-]+$/.test(value)) {
    refuse('/insertHeader/value', `"${value}" is not the name of a header`);
  }
}
