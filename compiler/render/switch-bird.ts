import type { BgpLoadBalancerModel, SessionModel, SwitchModel } from '../model/bgp/bgp-load-balancer';
import { DIALECTS } from '../model/bgp/dialects';
import { descriptionOf, familiesOf, fnv1a, type SwitchFamily, speakerPort } from './switch-view';
import { renderTemplate } from './template';

/** BIRD 1.6 has a daemon, a file and a client for each address family. */
interface Daemon {
  readonly families: readonly SwitchFamily[];
  /** What its file and its client are called besides `bird`: "" or "6". */
  readonly digit: '' | '6';
}

/** The files of a switch that is a BIRD: https://bird.network.cz/?get_doc&f=bird-6.html */
export function birdFiles(model: BgpLoadBalancerModel, target: SwitchModel): Record<string, string> {
  const dialect = target.dialect === 'bird1' ? 'bird1' : 'bird2';
  const files: Record<string, string> = {};
  const daemons = daemonsOf(model, target);
  for (const { families, digit } of daemons) {
    const view = confView(model, target, families);
    files[`bird${digit}.conf`] = renderTemplate(`bird/${dialect}.conf`, view);
    files[`remove${digit}.conf`] = renderTemplate('bird/remove.conf', view);
  }
  files['verify.txt'] = renderTemplate('bird/verify.txt', verifyView(model, target, daemons));
  return files;
}

function daemonsOf(model: BgpLoadBalancerModel, target: SwitchModel): Daemon[] {
  const families = familiesOf(model, target);
  if (DIALECTS[target.dialect].oneDaemon) return [{ families, digit: '' }];
  return families.map((family) => ({ families: [family], digit: family.family === 'IPv6' ? '6' : '' }));
}

function confView(model: BgpLoadBalancerModel, target: SwitchModel, families: readonly SwitchFamily[]): object {
  const sessions = families.flatMap((family) => family.sessions);
  return {
    loadBalancer: model.name,
    switchName: target.name,
    routerId: target.routerId,
    families: families.map(({ afi, hostLength, networks }) => ({
      afi,
      maximumPaths: target.maximumPaths,
      // A next hop behind a router is looked up in BIRD's own table, which then has to know the routes of the kernel.
      recursive: sessions.some(({ multihopTtl }) => multihopTtl !== undefined),
      networks: networks.map(({ cidr }) => ({ cidr, hostLength })),
    })),
    sessions: families.flatMap(({ afi, sessions: own }) =>
      own.map((session) => sessionView(session, afi, model, target)),
    ),
  };
}

function sessionView(session: SessionModel, afi: 'ipv4' | 'ipv6', model: BgpLoadBalancerModel, target: SwitchModel) {
  const { timers, gracefulRestart, asn } = model.speakers;
  return {
    afi,
    name: protocolName(session.master, afi),
    description: descriptionOf(model, session),
    localAddress: session.switchAddress,
    localAsn: target.asn,
    address: session.masterAddress,
    asn,
    port: speakerPort(model),
    multihopTtl: session.multihopTtl ?? null,
    passive: target.passive,
    holdSeconds: timers.holdSeconds,
    keepaliveSeconds: timers.keepaliveSeconds,
    connectRetrySeconds: timers.connectRetrySeconds,
    gracefulRestart: gracefulRestart ? 'on' : 'off',
    maximumPrefixes: target.maximumPrefixes,
    passwordFile: session.passwordSecret ? passwordFile(session.passwordSecret.name) : null,
  };
}

/** On the switch, never among the artefacts. */
function passwordFile(secret: string): string {
  return `/etc/bird/passwords/${secret}.conf`;
}

/**
 * A protocol's name: letters, digits and `_`, so that it needs no quotes and is no keyword. A name that loses something
 * on the way keeps a hash of what it was behind a capital letter, which no node's name has: two masters never get one name.
 */
function protocolName(master: string, afi: string): string {
  const [prefix, suffix] = ['speaker_', `_${afi}`];
  const room = DIALECTS.bird2.maximumNameLength - prefix.length - suffix.length;
  const folded = master.replace(/[^a-z0-9]/g, '_');
  const lossless = !master.includes('.') && folded.length <= room;
  return `${prefix}${lossless ? folded : `${folded.slice(0, room - 9)}H${fnv1a(master)}`}${suffix}`;
}

function verifyView(model: BgpLoadBalancerModel, target: SwitchModel, daemons: readonly Daemon[]): object {
  return {
    loadBalancer: model.name,
    switchName: target.name,
    linux: target.interfaces !== undefined,
    daemons: daemons.map(({ digit, families }) => ({
      conf: `bird${digit}.conf`,
      remove: `remove${digit}.conf`,
      daemon: `bird${digit}`,
      client: `birdc${digit}`,
      passwords: passwordsOf(families),
      sessions: families.flatMap(({ afi, sessions }) =>
        sessions.map(({ master, masterAddress }) => ({
          client: `birdc${digit}`,
          name: protocolName(master, afi),
          address: masterAddress,
        })),
      ),
      examples: families.flatMap(({ afi, example }) =>
        example === undefined ? [] : [{ ...example, flag: afi === 'ipv4' ? '-4' : '-6', client: `birdc${digit}` }],
      ),
    })),
  };
}

function passwordsOf(families: readonly SwitchFamily[]): { secret: string; key: string; file: string }[] {
  const secrets = families.flatMap(({ sessions }) => sessions.map(({ passwordSecret }) => passwordSecret));
  const byName = new Map(secrets.filter((secret) => secret !== undefined).map((secret) => [secret.name, secret]));
  return [...byName.values()].map(({ name, key }) => ({ secret: name, key, file: passwordFile(name) }));
}
