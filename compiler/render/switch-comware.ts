import type { BgpLoadBalancerModel, SwitchModel } from '../model/bgp/bgp-load-balancer';
import { DIALECTS } from '../model/bgp/dialects';
import { boundedName, descriptionOf, familiesOf, type SwitchFamily, speakerPort } from './switch-view';
import { renderTemplate } from './template';

/** The files of an H3C switch with Comware 7. docs/comware7.md says which command is from which reference. */
export function comwareFiles(model: BgpLoadBalancerModel, target: SwitchModel): Record<string, string> {
  const view = comwareView(model, target);
  return {
    'switch.cfg': renderTemplate('comware/switch.cfg', view),
    'remove.cfg': renderTemplate('comware/remove.cfg', view),
    'verify.txt': renderTemplate('comware/verify.txt', view),
  };
}

function comwareView(model: BgpLoadBalancerModel, target: SwitchModel): object {
  const { timers, gracefulRestart, asn } = model.speakers;
  const families = familiesOf(model, target);
  const sessions = families.flatMap((family) => family.sessions);
  return {
    loadBalancer: model.name,
    switchName: target.name,
    asn: target.asn,
    routerId: target.routerId,
    gracefulRestart: gracefulRestart !== undefined,
    port: speakerPort(model),
    maximumPaths: target.maximumPaths,
    families: families.map((family) => familyView(family, model, target)),
    peers: sessions.map((session) => ({
      address: session.masterAddress,
      asn,
      description: descriptionOf(model, session),
      keepaliveSeconds: timers.keepaliveSeconds,
      holdSeconds: timers.holdSeconds,
      multihopTtl: session.multihopTtl ?? null,
    })),
    passwords: sessions.flatMap(({ masterAddress, passwordSecret }) =>
      passwordSecret
        ? [{ switchAsn: target.asn, address: masterAddress, secret: passwordSecret.name, key: passwordSecret.key }]
        : [],
    ),
  };
}

function familyView(family: SwitchFamily, model: BgpLoadBalancerModel, target: SwitchModel): object {
  const { afi, hostLength, networks, sessions, example } = family;
  const command = afi === 'ipv4' ? 'ip' : 'ipv6';
  const length = DIALECTS.comware7.maximumNameLength;
  const [listIn, listOut] = ['in', 'out'].map((end) => boundedName(model.name, `-${afi}-${end}`, length));
  return {
    afi,
    command,
    listIn,
    listOut,
    all: afi === 'ipv4' ? '0.0.0.0' : '::',
    hostLength,
    maximumPaths: target.maximumPaths,
    networks: networks.map(({ address, prefixLength }, index) => ({
      command,
      list: listIn,
      index: (index + 1) * 10,
      address,
      prefixLength,
      hostLength: prefixLength === hostLength ? null : hostLength,
    })),
    peers: sessions.map(({ masterAddress }) => ({
      address: masterAddress,
      afi,
      listIn,
      listOut,
      maximumPrefixes: target.maximumPrefixes,
    })),
    example: example === undefined ? null : [{ ...example, afi, command, hostLength }],
  };
}
