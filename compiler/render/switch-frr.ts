import type { BgpLoadBalancerModel, SessionModel, SwitchModel } from '../model/bgp/bgp-load-balancer';
import { DIALECTS } from '../model/bgp/dialects';
import { boundedName, descriptionOf, familiesOf, type SwitchFamily, speakerPort } from './switch-view';
import { renderTemplate } from './template';

/** The files of a switch that is an FRR: https://docs.frrouting.org/en/latest/bgp.html */
export function frrFiles(model: BgpLoadBalancerModel, target: SwitchModel): Record<string, string> {
  const view = frrView(model, target);
  return {
    'frr.conf': renderTemplate('frr/frr.conf', view),
    'remove.conf': renderTemplate('frr/remove.conf', view),
    'verify.txt': renderTemplate('frr/verify.txt', view),
  };
}

function frrView(model: BgpLoadBalancerModel, target: SwitchModel): object {
  const families = familiesOf(model, target);
  const sessions = families.flatMap((family) => family.sessions);
  return {
    loadBalancer: model.name,
    switchName: target.name,
    linux: target.interfaces !== undefined,
    asn: target.asn,
    routerId: target.routerId,
    families: families.map((family) => familyView(family, model, target)),
    neighbors: sessions.map((session) => neighborView(session, model, target)),
    passwords: sessions.flatMap(({ masterAddress, passwordSecret }) =>
      passwordSecret
        ? [{ asn: target.asn, address: masterAddress, secret: passwordSecret.name, key: passwordSecret.key }]
        : [],
    ),
    examples: families.flatMap(({ afi, example }) =>
      example ? [{ ...example, afi, show: afi === 'ipv4' ? 'ip' : 'ipv6', flag: afi === 'ipv4' ? '-4' : '-6' }] : [],
    ),
  };
}

function familyView(family: SwitchFamily, model: BgpLoadBalancerModel, target: SwitchModel): object {
  const { afi, hostLength, networks, sessions } = family;
  const command = afi === 'ipv4' ? 'ip' : 'ipv6';
  const length = DIALECTS.frr.maximumNameLength;
  const [listIn, listOut] = ['in', 'out'].map((end) => boundedName(model.name, `-${afi}-${end}`, length));
  return {
    afi,
    command,
    listIn,
    listOut,
    maximumPaths: target.maximumPaths,
    networks: networks.map(({ cidr, prefixLength }, index) => ({
      command,
      list: listIn,
      sequence: (index + 1) * 5,
      cidr,
      hostLength: prefixLength === hostLength ? null : hostLength,
    })),
    neighbors: sessions.map(({ masterAddress }) => ({
      address: masterAddress,
      listIn,
      listOut,
      maximumPrefixes: target.maximumPrefixes,
    })),
    // FRR exchanges IPv4 routes over a session between IPv6 addresses too, unless it is told not to.
    others: afi === 'ipv6' ? sessions.map(({ masterAddress }) => masterAddress).map((address) => ({ address })) : null,
  };
}

function neighborView(session: SessionModel, model: BgpLoadBalancerModel, target: SwitchModel): object {
  const { asn, timers } = model.speakers;
  return {
    address: session.masterAddress,
    asn,
    description: descriptionOf(model, session),
    port: speakerPort(model),
    source: session.switchAddress,
    keepaliveSeconds: timers.keepaliveSeconds,
    holdSeconds: timers.holdSeconds,
    connectRetrySeconds: timers.connectRetrySeconds,
    multihopTtl: session.multihopTtl ?? null,
    passive: target.passive,
  };
}
