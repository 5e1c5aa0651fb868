/** What the two ends of a session are told, and what is announced, read back from the artefacts. */
import type { Artefact } from '../../compiler/manifest/artefact';
import type { BgpLoadBalancer } from '../../compiler/spec/generated/bgp-load-balancer';
import { parseToml, type TomlTable } from './toml-tree';

type Machine = { readonly address: string; readonly ipv6Address?: string };

function textOf(artefacts: readonly Artefact[], end: string): string | undefined {
  return artefacts.find(({ path }) => path.endsWith(end))?.text;
}

function addressesOf({ address, ipv6Address }: Machine): string[] {
  return ipv6Address === undefined ? [address] : [address, ipv6Address];
}

/** Per session: `<speaker>:<port> AS<n> <switch> AS<n>`, as the speakers have it. */
export function sessionsAtSpeakers({ spec }: BgpLoadBalancer, artefacts: readonly Artefact[]): string[] {
  return spec.masters.flatMap(({ name }) => {
    const file = spec.masters.length === 1 ? 'config_bgp.toml' : `config_bgp.${name}.toml`;
    const tree = parseToml(textOf(artefacts, `/speakers/${file}`)!) as unknown as Configuration;
    const { as, port } = tree.global.config;
    return (tree.neighbors ?? []).map(({ config, transport }) =>
      session(
        `${transport.config['local-address']}`,
        `${port}`,
        `${as}`,
        `${config['neighbor-address']}`,
        `${config['peer-as']}`,
      ),
    );
  });
}

interface Configuration {
  readonly global: { readonly config: TomlTable };
  readonly neighbors?: readonly { readonly config: TomlTable; readonly transport: { readonly config: TomlTable } }[];
}

function session(speaker: string, port: string, asn: string, target: string, targetAsn: string): string {
  return `${speaker}:${port} AS${asn} ${target} AS${targetAsn}`;
}

/** The same as the switches have it. Comware knows no port and no address of its own: they are what they must be. */
export function sessionsAtSwitches({ spec }: BgpLoadBalancer, artefacts: readonly Artefact[]): string[] {
  const speakerPort = spec.cni === 'calico' ? '1790' : '179';
  return spec.switches.flatMap((target) => {
    const own = (end: string): string => textOf(artefacts, `/switches/${target.name}/${end}`) ?? '';
    const mine = (address: string): string =>
      addressesOf(target).find((other) => other.includes(':') === address.includes(':')) ?? 'none';
    if (target.dialect === 'comware7') {
      const text = own('switch.cfg');
      const asn = /^bgp (\d+)$/m.exec(text)?.[1];
      return [...text.matchAll(/^peer (\S+) as-number (\d+)$/gm)].map(([, address, other]) =>
        session(address!, speakerPort, other!, mine(address!), asn!),
      );
    }
    return target.dialect === 'frr'
      ? sessionsOfFrr(own('frr.conf'))
      : sessionsOfBird(own('bird.conf') + own('bird6.conf'));
  });
}

function sessionsOfFrr(text: string): string[] {
  const asn = /^router bgp (\d+)$/m.exec(text)?.[1];
  const setting = (address: string, word: string): string | undefined =>
    new RegExp(`^ neighbor ${address.replaceAll('.', '\\.')} ${word} (\\S+)$`, 'm').exec(text)?.[1];
  return [...text.matchAll(/^ neighbor (\S+) remote-as (\d+)$/gm)].map(([, address, other]) =>
    session(address!, setting(address!, 'port') ?? '179', other!, setting(address!, 'update-source')!, asn!),
  );
}

function sessionsOfBird(text: string): string[] {
  const form = /^ {2}local (\S+) as (\d+);\n {2}neighbor (\S+)(?: port (\d+))? as (\d+);$/gm;
  return [...text.matchAll(form)].map(([, own, asn, address, port = '179', other]) =>
    session(address!, port, other!, own!, asn!),
  );
}

/** A path that is announced. */
interface Announced {
  readonly prefix: string;
  readonly nextHop: string;
  readonly identifier: string;
  readonly worker: string;
}

/** The paths of the file `announcements`. */
export function announcedBy(artefacts: readonly Artefact[]): Announced[] {
  const lines = textOf(artefacts, '/speakers/announcements')!.split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '))
    .map(([prefix, nextHop, identifier, , worker]) => ({ prefix, nextHop, identifier, worker }) as Announced);
}
