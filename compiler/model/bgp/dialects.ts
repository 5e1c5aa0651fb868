import type { Dialect } from './bgp-load-balancer';

/** What a switch of one dialect can do, as far as it decides what may be rendered for it. */
interface DialectCapabilities {
  /** Name for messages and documents. */
  readonly title: string;
  /** Version that the output is written for where the spec names none. */
  readonly defaultVersion: string;
  /** Oldest version that understands everything that is rendered. */
  readonly oldestVersion: string;
  /** Whether it can connect to a TCP port other than 179. */
  readonly dialsOtherPorts: boolean;
  /** Widest ECMP route that its configuration can ask for. */
  readonly maximumPaths: number;
  /** Whether it has BFD (RFC 5880). That takes two: gobgpd 3.x has none. */
  readonly bfd: boolean;
  /** Whether the switch may be a Linux host, which then needs forwarding and a hash policy too. */
  readonly linux: boolean;
  /** Whether one daemon, and so one file, serves IPv4 and IPv6. */
  readonly oneDaemon: boolean;
  /** Most characters of a name in its configuration. */
  readonly maximumNameLength: number;
}

/** The dialects. Figures without a document were measured: the program of the version named refuses one more. */
export const DIALECTS: Readonly<Record<Dialect, DialectCapabilities>> = {
  /*
   * HPE FlexFabric 5710 Layer 3-IP Routing Command Reference (5200-4991), the same Comware 7: "balance" (up to what
   * max-ecmp-num allows), "peer additional-paths", "peer bfd"; no command names a peer's port. docs/comware7.md.
   */
  comware7: {
    title: 'H3C Comware',
    defaultVersion: '7.1',
    oldestVersion: '7.1',
    dialsOtherPorts: false,
    maximumPaths: 32, // the widest that a Comware 7 reference names: HP MSR R0106, "balance"
    bfd: true,
    linux: false,
    oneDaemon: true,
    maximumNameLength: 63, // "ip prefix-list"; a peer group has 47
  },
  /* https://bird.network.cz/?get_doc&f=bird-6.html&v=16; multipath since 1.6.0, for IPv6 since 1.6.1 (NEWS). */
  bird1: {
    title: 'BIRD',
    defaultVersion: '1.6.8',
    oldestVersion: '1.6.1',
    dialsOtherPorts: true, // "neighbor ... port", NEWS 1.4.5
    maximumPaths: 255, // "Merge paths limit must be in range 1-255" (1.6.8)
    bfd: true,
    linux: true,
    oneDaemon: false, // bird and bird6
    maximumNameLength: 64, // "Symbol too long" (1.6.8)
  },
  /* https://bird.network.cz/?get_doc&f=bird-6.html&v=20 */
  bird2: {
    title: 'BIRD',
    defaultVersion: '2.0.12',
    oldestVersion: '2.0',
    dialsOtherPorts: true,
    maximumPaths: 255, // "Merge paths limit must be in range 1-255" (2.0.12)
    bfd: true,
    linux: true,
    oneDaemon: true,
    maximumNameLength: 64, // "Symbol too long" (2.0.12)
  },
  /* https://docs.frrouting.org/en/latest/bgp.html; since 7.4 it keeps the routes of a peer that restarts by default. */
  frr: {
    title: 'FRR',
    defaultVersion: '8.4.4',
    oldestVersion: '7.4',
    dialsOtherPorts: true, // "neighbor PEER port PORT"
    maximumPaths: 256, // what Debian builds it for (--enable-multipath): 8.4.4 refuses 257
    bfd: true,
    linux: true,
    oneDaemon: true,
    maximumNameLength: 80, // no limit of its own; a description has 80 characters
  },
};
