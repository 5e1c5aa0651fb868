import type { AddressFamily, BgpLoadBalancerModel, MasterModel, SessionModel } from '../model/bgp/bgp-load-balancer';
import { announcementsOf } from '../model/bgp/bgp-load-balancer';
import { renderTemplate } from './template';

/**
 * Seconds for which a restarted gobgpd waits for the End-of-RIB of every switch before it announces (RFC 4724, section
 * 4.1). It has nothing to learn from them; with GoBGP's default of 360 one dead switch silences it towards all the others.
 */
const DEFERRAL_SECONDS = 1;

/** GoBGP's words for an address family: in its configuration, and for `gobgp -a`. */
const AFI_SAFI: Readonly<Record<AddressFamily, string>> = { IPv4: 'ipv4-unicast', IPv6: 'ipv6-unicast' };
const CLIENT_FAMILY: Readonly<Record<AddressFamily, string>> = { IPv4: 'ipv4', IPv6: 'ipv6' };

/** What the template of config_bgp.toml may read. */
interface SpeakerView {
  readonly asn: number;
  readonly routerId: string;
  readonly port: number;
  /** Addresses on which it listens; every address where null. */
  readonly listens: readonly string[] | null;
  /** Neighbors from which nothing is accepted; no import policy where null. */
  readonly rejectedNeighbors: readonly string[] | null;
  readonly neighbors: readonly NeighborView[];
}

interface NeighborView {
  readonly address: string;
  readonly asn: number;
  readonly description: string;
  readonly adminDown: boolean;
  /** Where start-speaker.sh finds the password, below the folder of the mounted Secrets. */
  readonly passwordPath: string | null;
  readonly timers: BgpLoadBalancerModel['speakers']['timers'];
  /** Null where the file serves several masters. */
  readonly localAddress: string | null;
  readonly passive: boolean;
  readonly multihopTtl: number | null;
  readonly gracefulRestart: { readonly restartSeconds: number; readonly deferralSeconds: number } | null;
  readonly afiSafi: string;
  readonly sendMax: number | null;
}

/** The data of ConfigMap kube-gobgp-cfg. https://github.com/osrg/gobgp/blob/v3.10.0/docs/sources/configuration.md */
export function speakerFiles(model: BgpLoadBalancerModel): Readonly<Record<string, string>> {
  const { masters, gracefulRestart, drainSeconds } = model.speakers;
  if (model.profile === 'upstream') {
    // The original's image reads this name only, on whichever master it runs.
    return { 'config_bgp.toml': renderConfig(model, masters[0]!) };
  }
  const configs = masters.map((master) => [
    masters.length === 1 ? 'config_bgp.toml' : `config_bgp.${master.name}.toml`,
    renderConfig(model, master),
  ]);
  return {
    ...Object.fromEntries(configs),
    announcements: renderTemplate('gobgp/announcements', { paths: pathWords(model) }),
    'drain-worker.sh': renderTemplate('gobgp/drain-worker.sh', {
      drainSeconds,
      workers: model.workers.map(({ name }) => name),
    }),
    'speaker-rib.sh': renderTemplate('gobgp/speaker-rib.sh', {}),
    'start-speaker.sh': renderTemplate('gobgp/start-speaker.sh', { gracefulRestart: gracefulRestart !== undefined }),
  };
}

/** One line of the file `announcements` per path, in the words of `gobgp global rib add`. */
function pathWords(model: BgpLoadBalancerModel): string[][] {
  return announcementsOf(model).map(({ prefix, nextHop, pathIdentifier, family, worker }) => [
    prefix,
    nextHop,
    `${pathIdentifier}`,
    CLIENT_FAMILY[family],
    worker,
  ]);
}

function renderConfig(model: BgpLoadBalancerModel, master: MasterModel): string {
  return renderTemplate('gobgp/config_bgp.toml', speakerView(model, master));
}

function speakerView(model: BgpLoadBalancerModel, { name, routerId, addresses }: MasterModel): SpeakerView {
  const { asn, port } = model.speakers;
  const sessions = model.sessions.filter(({ master }) => master === name);
  const hardened = model.profile === 'hardened';
  return {
    asn,
    routerId,
    port,
    listens: hardened ? addresses.map(({ address }) => address) : null,
    rejectedNeighbors: hardened && sessions.length > 0 ? sessions.map(({ switchAddress }) => switchAddress) : null,
    neighbors: sessions.map((session) => neighborView(model, session)),
  };
}

function neighborView({ profile, speakers, switches }: BgpLoadBalancerModel, session: SessionModel): NeighborView {
  const { timers, passive, gracefulRestart, sendMax } = speakers;
  const { passwordSecret, multihopTtl } = session;
  const hardened = profile === 'hardened';
  return {
    address: session.switchAddress,
    asn: switches.find(({ name }) => name === session.switch)!.asn,
    description: session.switch,
    // Whoever starts the original's gobgpd enables no neighbor.
    adminDown: hardened,
    passwordPath: passwordSecret === undefined ? null : `${passwordSecret.name}/${passwordSecret.key}`,
    timers,
    localAddress: hardened ? session.masterAddress : null,
    passive,
    multihopTtl: multihopTtl ?? null,
    gracefulRestart: gracefulRestart === undefined ? null : { ...gracefulRestart, deferralSeconds: DEFERRAL_SECONDS },
    afiSafi: AFI_SAFI[session.family],
    sendMax: sendMax ?? null,
  };
}
