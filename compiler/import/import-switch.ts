import { BGP_NAMES } from '../model/bgp/bgp-names';
import type { Source } from '../spec/document';
import type { PlainObject } from '../spec/leaf-differences';
import { type BgpFacts, bgpFacts } from './bgp-facts';
import { missingBgpFields } from './bgp-missing';
import { mastersOf, sessionFields, switchesOf } from './bgp-sessions';
import { defined, fieldOf, itemsAt, numberAt, textAt } from './field';
import { podFieldsOf } from './import-pod';
import type { FoundObject } from './read-objects';
import { blank, type Recognised } from './recognised';

/** A bird.conf: what stands after `#` is a comment. */
export function isBirdConf({ file, text }: Source): boolean {
  return /bird\d?\.conf$/.test(file) || /^[ \t]*protocol[ \t]+bgp\b[^:\n]*$/m.test(text);
}

/** Port of BGP, which gobgpd takes where its configuration has none. */
const BGP_PORT = 179;

/**
 * The BgpLoadBalancer behind 002's files: the sessions of bird.conf, config_bgp.toml of kube-gobgp-cfg, and kube-iprule-cfg. They do not
 * say who the workers are and which addresses the pools have: those places are left blank, and the compiler asks for them.
 */
export function importSwitches(sources: readonly Source[], objects: readonly FoundObject[]): readonly Recognised[] {
  const facts = bgpFacts(sources, objects);
  if (facts === undefined) return [];
  const spec = specOf(facts);
  const namespace = facts.objects
    .flatMap(({ object }) => textAt(object, 'metadata', 'namespace') ?? [])
    .find((name) => name !== 'kube-system');
  return [
    {
      spec: {
        apiVersion: 'cdk8s-balancer.dev/v1alpha1',
        kind: 'BgpLoadBalancer',
        metadata: { name: 'edge', ...(namespace !== undefined && { namespace }) },
        spec,
      },
      consumed: facts.objects,
      missing: missingBgpFields(spec, facts),
      files: switchFiles(facts, itemsAt(spec, 'switches')),
    },
  ];
}

function specOf(facts: BgpFacts): PlainObject {
  const { sessions, toml, controller, daemon } = facts;
  const switches = switchesOf(facts);
  const told = numberAt(toml, 'global', 'config', 'port') ?? numberAt(sessions[0]?.fields, 'neighbor port');
  // A port that no file says is that of BGP, for both programs.
  const port = told ?? (toml !== undefined || sessions.length > 0 ? BGP_PORT : undefined);
  return defined({
    profile: 'upstream',
    asn: numberAt(toml, 'global', 'config', 'as') ?? numberAt(sessions[0]?.fields, 'neighbor as') ?? blank('ASN'),
    // Nothing in 002 says which network plugin there is; the port alone would be a guess.
    cni: blank('CNI'),
    port,
    masters: mastersOf(facts),
    replicas: fieldOf(controller, 'spec', 'replicas'),
    ...sessionFields(facts),
    switches,
    workers: [{ name: blank('WORKER'), address: blank('ADDRESS') }],
    steering: steeringOf(facts, switches),
    networks: { nodes: [blank('NODES')], pods: [blank('PODS')], services: [blank('SERVICES')] },
    pools: [{ name: 'public', addresses: [blank('EIPS')] }],
    controller: containerFields(controller, BGP_NAMES.speaker, 'CONTROLLER_IMAGE'),
    daemon: containerFields(daemon, BGP_NAMES.daemon, 'DAEMON_IMAGE'),
  });
}

function steeringOf({ steering }: BgpFacts, switches: readonly PlainObject[]): PlainObject | undefined {
  if (steering === undefined) return undefined;
  const table = Number(steering.IN_ROUTING_TABLE);
  const place = switches.findIndex(({ address }) => address === steering.SWITCH);
  const fields = defined({
    switch: place > 0 ? switches[place]!.name : undefined,
    deployModel: /^[a-z]{1,20}$/.exec(textAt(steering, 'DEPLOY_MODEL') ?? '')?.[0],
    inRoutingTable: Number.isInteger(table) && table > 0 ? table : undefined,
  });
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function containerFields(workload: PlainObject | undefined, name: string, what: string): PlainObject {
  const containers = itemsAt(workload, 'spec', 'template', 'spec', 'containers');
  const container = containers.find((one) => textAt(one, 'name') === name) ?? containers[0];
  const { imagePullSecrets, resources } = podFieldsOf(workload, container);
  return defined({ image: textAt(container, 'image') ?? blank(what), imagePullSecrets, resources });
}

/** What the switches' files say, as objects that are compared with those that we print. */
function switchFiles({ birds }: BgpFacts, switches: readonly unknown[]): PlainObject[] {
  const files = new Map<string, PlainObject>();
  for (const { fields, sessions } of birds) {
    const [first] = sessions;
    const known = switches.find((one) => textAt(one, 'address') === first?.switchAddress) ?? switches[0];
    const isSecond = textAt(known, 'dialect') === 'bird1' && first?.neighbor.includes(':');
    const kind = isSecond ? 'bird6.conf' : 'bird.conf';
    const name = textAt(known, 'name') ?? 'switch-1';
    files.set(`${kind} ${name}`, { ...files.get(`${kind} ${name}`), ...fields, kind, metadata: { name } });
  }
  return [...files.values()];
}
