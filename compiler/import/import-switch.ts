import type { Source } from '../spec/document';
import { fieldOf, textAt } from './field';
import type { FoundObject } from './read-objects';
import { blank, type Recognised } from './recognised';

/** A session as bird.conf of 002 has it. */
interface Session {
  readonly switchAddress: string;
  readonly switchAsn: number;
  readonly speakerAddress: string;
  readonly speakerAsn: number;
  readonly port: number;
}

const ADDRESS = '([0-9A-Fa-f:.]+)';

/** A bird.conf: what stands after `#` is a comment. */
export function isBirdConf({ file, text }: Source): boolean {
  return /bird\d?\.conf$/.test(file) || /^\s*protocol\s+bgp\s/m.test(text);
}

/**
 * The BgpLoadBalancer behind 002's files: the sessions of bird.conf, config_bgp.toml of kube-gobgp-cfg, and kube-iprule-cfg. They do not
 * say who the workers are and which addresses the pools have: those places are left blank, and the compiler asks for them.
 */
export function importSwitches(sources: readonly Source[], objects: readonly FoundObject[]): readonly Recognised[] {
  const configs = objects.filter(({ object }) => {
    return (
      object.kind === 'ConfigMap' &&
      ['kube-gobgp-cfg', 'kube-iprule-cfg'].includes(textAt(object, 'metadata', 'name') ?? '')
    );
  });
  const sessions = sources.flatMap(({ text }) => sessionsIn(text));
  const toml = configs.map(({ object }) => textAt(object, 'data', 'config_bgp.toml') ?? '').join('\n');
  if (sessions.length === 0 && configs.length === 0) return [];
  const speakers = unique([...sessions.map(({ speakerAddress }) => speakerAddress), ...values(toml, 'router-id')]);
  const neighbors = unique([
    ...sessions.map(({ switchAddress }) => switchAddress),
    ...values(toml, 'neighbor-address'),
  ]);
  const asn = sessions[0]?.speakerAsn ?? numberIn(toml, 'as');
  const peerAsn = sessions[0]?.switchAsn ?? numberIn(toml, 'peer-as');
  const port = sessions[0]?.port ?? numberIn(toml, 'port');
  return [
    {
      spec: {
        apiVersion: 'cdk8s-balancer.dev/v1alpha1',
        kind: 'BgpLoadBalancer',
        metadata: { name: 'edge' },
        spec: {
          asn: asn ?? blank('ASN'),
          // Nothing in 002 says which network plugin there is; the port alone would be a guess.
          cni: blank('CNI'),
          ...(port !== undefined && { port }),
          masters: orBlank(speakers, 'MASTER_ADDRESS').map((address, index) => ({
            name: blank(`MASTER_${index + 1}`),
            address,
          })),
          switches: orBlank(neighbors, 'SWITCH_ADDRESS').map((address, index) => ({
            name: `switch-${index + 1}`,
            address,
            asn: peerAsn ?? blank('SWITCH_ASN'),
            dialect: sessions.length > 0 ? 'bird1' : blank('DIALECT'),
          })),
          workers: [{ name: blank('WORKER'), address: blank('ADDRESS') }],
          ...steering(configs),
          networks: { nodes: [blank('NODES')], pods: [blank('PODS')], services: [blank('SERVICES')] },
          pools: [{ name: 'public', addresses: [blank('EIPS')] }],
        },
      },
      consumed: configs,
      missing: [
        { path: '/spec/cni', reason: 'no file of 002 says which network plugin there is' },
        { path: '/spec/masters', reason: 'the names of the nodes: the files have their addresses only' },
        { path: '/spec/workers', reason: 'no file of 002 says who they are' },
        { path: '/spec/networks', reason: 'no file of 002 says what they are' },
        { path: '/spec/pools', reason: 'no file of 002 says which addresses may be used' },
      ],
    },
  ];
}

function sessionsIn(text: string): Session[] {
  const plain = text.replace(/#[^\n]*/g, '');
  return [...plain.matchAll(/protocol\s+bgp\s+\S+\s*\{([^}]*)\}/g)].flatMap(([, body = '']) => {
    const neighbor = new RegExp(`neighbor\\s+${ADDRESS}(?:\\s+port\\s+(\\d+))?\\s+as\\s+(\\d+)`).exec(body);
    const local = /local\s+(?:[0-9A-Fa-f:.]+\s+)?as\s+(\d+)/.exec(body);
    const source = new RegExp(`source\\s+address\\s+${ADDRESS}`).exec(body);
    if (neighbor === null || local === null) return [];
    return [
      {
        speakerAddress: neighbor[1]!,
        port: Number(neighbor[2] ?? 179),
        speakerAsn: Number(neighbor[3]),
        switchAsn: Number(local[1]),
        switchAddress: source?.[1] ?? blank('SWITCH'),
      },
    ];
  });
}

/** Values of a key in TOML of the form that gobgpd's own examples have: one `key = value` per line. */
function values(toml: string, key: string): string[] {
  return [...toml.matchAll(new RegExp(`^\\s*${key}\\s*=\\s*"?([^"\\s#]+)"?`, 'gm'))].map(([, value]) => value!);
}

/** The one number of a key; undefined where the text has none. */
function numberIn(toml: string, key: string): number | undefined {
  const [text] = values(toml, key);
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

/** Texts, or a blank where no file has one: nothing is invented. */
function orBlank(texts: readonly string[], what: string): readonly string[] {
  return texts.length === 0 ? [blank(what)] : texts;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function steering(configs: readonly FoundObject[]): { readonly steering?: Readonly<Record<string, unknown>> } {
  const data = configs.map(({ object }) => fieldOf(object, 'data')).find((fields) => textAt(fields, 'DEPLOY_MODEL'));
  if (data === undefined) return {};
  const table = Number(textAt(data, 'IN_ROUTING_TABLE'));
  return {
    steering: {
      deployModel: textAt(data, 'DEPLOY_MODEL'),
      ...(Number.isInteger(table) && table > 0 && { inRoutingTable: table }),
    },
  };
}
