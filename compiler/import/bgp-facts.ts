import { BGP_NAMES } from '../model/bgp/bgp-names';
import type { Source } from '../spec/document';
import type { PlainObject } from '../spec/leaf-differences';
import { readBirdConf } from './bird-conf';
import { addressAt, fieldOf, itemsAt, textAt } from './field';
import type { FoundObject } from './read-objects';
import { readToml } from './toml';

/** A session as the bird.conf of a switch has it. */
export interface BirdSession {
  /** Address of the switch; absent where no file says it. */
  readonly switchAddress?: string;
  readonly neighbor: string;
  readonly fields: PlainObject;
}

/** A bird.conf, read. */
interface BirdFile {
  readonly fields: PlainObject;
  readonly sessions: readonly BirdSession[];
}

/** What the files of 002 say together. */
export interface BgpFacts {
  readonly birds: readonly BirdFile[];
  readonly sessions: readonly BirdSession[];
  /** config_bgp.toml; absent without one. */
  readonly toml?: PlainObject;
  readonly neighbors: readonly unknown[];
  /** Data of kube-iprule-cfg. */
  readonly steering?: PlainObject;
  /** StatefulSet of the controller and DaemonSet of the daemon. */
  readonly controller?: PlainObject;
  readonly daemon?: PlainObject;
  /** Every object of 002 among the input. */
  readonly objects: readonly FoundObject[];
}

/** The daemon's names in 002: its README has two. */
const DAEMONS: readonly string[] = [BGP_NAMES.daemon, 'loadbalancer-daemonset'];

const OWN_NAMES: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: [BGP_NAMES.speakerConfig, BGP_NAMES.steeringConfig],
  StatefulSet: [BGP_NAMES.speaker],
  DaemonSet: DAEMONS,
  Service: [BGP_NAMES.headlessService],
  ServiceAccount: [BGP_NAMES.speaker, ...DAEMONS],
  ClusterRole: [BGP_NAMES.speaker, ...DAEMONS],
  ClusterRoleBinding: [BGP_NAMES.speaker, ...DAEMONS],
};

/** Reads the files of 002; undefined where there is neither a bird.conf nor a ConfigMap of it. */
export function bgpFacts(confs: readonly Source[], all: readonly FoundObject[]): BgpFacts | undefined {
  const configs = all.filter(({ object }) => object.kind === 'ConfigMap' && isOwn(object));
  if (confs.length === 0 && configs.length === 0) return undefined;
  // The ConfigMaps of one installation stand in one namespace.
  const namespace = configs[0] && textAt(configs[0].object, 'metadata', 'namespace');
  const objects = all.filter(({ object }) => {
    const own = textAt(object, 'metadata', 'namespace');
    return isOwn(object) && (own === undefined || configs.length === 0 || own === namespace);
  });
  const find = (kind: string, ...names: readonly string[]): PlainObject | undefined =>
    objects.find(({ object }) => object.kind === kind && names.includes(nameOf(object)))?.object;
  const text = textAt(find('ConfigMap', BGP_NAMES.speakerConfig), 'data', 'config_bgp.toml');
  const toml = text === undefined ? undefined : readToml(text);
  const neighbors = itemsAt(toml, 'neighbors');
  const steering = fieldOf(find('ConfigMap', BGP_NAMES.steeringConfig), 'data');
  const birds = confs.map(({ text: conf }) => birdFile(conf, onlyAddress(neighbors, steering)));
  return {
    birds,
    sessions: birds.flatMap(({ sessions }) => sessions),
    neighbors,
    objects,
    ...(toml && { toml }),
    ...(typeof steering === 'object' && steering !== null && { steering: steering as PlainObject }),
    ...withWorkloads(find('StatefulSet', BGP_NAMES.speaker), find('DaemonSet', ...DAEMONS)),
  };
}

function withWorkloads(controller?: PlainObject, daemon?: PlainObject): Pick<BgpFacts, 'controller' | 'daemon'> {
  return { ...(controller && { controller }), ...(daemon && { daemon }) };
}

function nameOf(object: PlainObject): string {
  return textAt(object, 'metadata', 'name') ?? '';
}

function isOwn(object: PlainObject): boolean {
  const kind = String(object.kind);
  return Object.hasOwn(OWN_NAMES, kind) && OWN_NAMES[kind]!.includes(nameOf(object));
}

/** The switch of a file that does not say its address, where the other files know one switch only. */
function onlyAddress(neighbors: readonly unknown[], steering: unknown): string | undefined {
  const addresses = new Set(neighbors.flatMap((neighbor) => addressAt(neighbor, 'config', 'neighbor-address') ?? []));
  if (addresses.size > 1) return undefined;
  return [...addresses][0] ?? addressAt(steering, 'SWITCH');
}

function birdFile(text: string, fallback: string | undefined): BirdFile {
  const fields = readBirdConf(text);
  const sessions = Object.values(fields).flatMap((block): BirdSession[] => {
    const neighbor = addressAt(block, 'neighbor');
    if (neighbor === undefined) return [];
    const address = addressAt(block, 'source address') ?? fallback;
    return [{ neighbor, fields: block as PlainObject, ...(address !== undefined && { switchAddress: address }) }];
  });
  return { fields, sessions };
}
