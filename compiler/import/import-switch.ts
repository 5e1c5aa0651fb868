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
  const asn = sessions[0]?.speakerAsn ?? Number(values(toml, 'as')[0] ?? 0);
  const peerAsn = sessions[0]?.switchAsn ?? Number(values(toml, 'peer-as')[0] ?? 0);
  const port = sessions[0]?.port ?? Number(values(toml, 'port')[0] ?? 179);
  return [
    {
      spec: {
        apiVersion: 'cdk8s-balancer.dev/v1alpha1',
        kind: 'BgpLoadBalancer',
        metadata: { name: 'edge' },
        spec: {
          asn,
          cni: port === 179 ? 'flannel' : 'calico',
          ...(port !== 179 && port !== 1790 && { port }),
          masters: speakers.map((address, index) => ({ name: blank(`MASTER_${index + 1}`), address })),
          switches: neighbors.map((address, index) => ({
            name: `switch-${index + 1}`,
            address,
            asn: peerAsn,
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
