import { BALANCER_NAME_LABEL, configMapName, deploymentName } from '../model/values/names';
import type { PlainObject } from '../spec/leaf-differences';
import { ownersIn } from './backends-in-nginx-conf';
import { fieldOf, itemsAt, textAt } from './field';
import { portsIn } from './ports-in-nginx-conf';
import { readNginxConf } from './read-nginx-conf';
import type { FoundObject } from './read-objects';

/** What an object is to the Balancer that it was made for. */
export type BalancerPart = 'frontend' | 'config' | 'proxy' | 'backend';

/** The objects that were made for one Balancer. */
export interface BalancerObjects {
  readonly name: string;
  /** Where they are, or where kubectl puts what says nothing. */
  readonly namespace: string;
  readonly parts: readonly { readonly part: BalancerPart; readonly found: FoundObject }[];
}

/** The group of a Balancer, in any version. */
const GROUP = 'exposer.hliangzhao.io/';

/** Where an object is. */
export function namespaceOf({ object }: FoundObject): string {
  return textAt(object, 'metadata', 'namespace') ?? 'default';
}

/**
 * The objects that 001's operator, or this compiler, made for Balancers. An owner decides where there is one, and no other owner's
 * object is taken. Without one the name has to be of 001's pattern, and the label or selector has to say the same Balancer; a
 * ConfigMap has neither: the servers in its nginx.conf do, or the Deployment beside it.
 */
export function balancerObjects(objects: readonly FoundObject[]): readonly BalancerObjects[] {
  const groups = new Map<
    string,
    { name: string; namespace: string; parts: { part: BalancerPart; found: FoundObject }[] }
  >();
  // ConfigMaps come last: the Deployment of the Balancer is known by then.
  const isConfig = ({ object }: FoundObject): boolean => object.kind === 'ConfigMap';
  for (const found of [...objects.filter((one) => !isConfig(one)), ...objects.filter(isConfig)]) {
    const claim = claimOf(found.object, (name) => {
      const group = groups.get(`${namespaceOf(found)}/${name}`);
      return group?.parts.some(({ part }) => part === 'proxy') ?? false;
    });
    if (claim === undefined) continue;
    const namespace = namespaceOf(found);
    const key = `${namespace}/${claim.name}`;
    const group = groups.get(key) ?? { name: claim.name, namespace, parts: [] };
    group.parts.push({ part: claim.part, found });
    groups.set(key, group);
  }
  return [...groups.values()];
}

interface Claim {
  readonly name: string;
  readonly part: BalancerPart;
}

/** Whether the Deployment of a Balancer was found. */
type HasProxy = (balancer: string) => boolean;

function claimOf(object: PlainObject, hasProxy: HasProxy): Claim | undefined {
  const owners = itemsAt(object, 'metadata', 'ownerReferences');
  const owner = owners.find((one) => {
    return fieldOf(one, 'kind') === 'Balancer' && textAt(one, 'apiVersion')?.startsWith(GROUP);
  });
  if (owners.length > 0 && owner === undefined) return undefined;
  const name = owner === undefined ? nameIn(object, hasProxy) : textAt(owner, 'name');
  const part = name === undefined ? undefined : partOf(object, name);
  return part && { name: name!, part };
}

/** What an object is by its kind and name, if it is the Balancer's. */
function partOf(object: PlainObject, balancer: string): BalancerPart | undefined {
  const name = textAt(object, 'metadata', 'name') ?? '';
  switch (object.kind) {
    case 'ConfigMap':
      return name === configMapName(balancer) && textAt(object, 'data', 'nginx.conf') !== undefined
        ? 'config'
        : undefined;
    case 'Deployment':
      return name === deploymentName(balancer) ? 'proxy' : undefined;
    case 'Service':
      if (name === balancer) return 'frontend';
      return backendIn(name, balancer) === undefined ? undefined : 'backend';
    default:
      return undefined;
  }
}

/** The backend whose Service has a name. */
export function backendIn(service: string, balancer: string): string | undefined {
  const [start, end] = [`${balancer}-`, '-backend'];
  const isOne = service.startsWith(start) && service.endsWith(end) && service.length > start.length + end.length;
  return isOne ? service.slice(start.length, -end.length) : undefined;
}

/** The Balancer that an object names by itself. */
function nameIn(object: PlainObject, hasProxy: HasProxy): string | undefined {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const labelled = textAt(object, 'metadata', 'labels', BALANCER_NAME_LABEL);
  switch (object.kind) {
    case 'ConfigMap':
      return nameOfConfig(object, name, hasProxy);
    case 'Deployment':
      return textAt(object, 'spec', 'selector', 'matchLabels', BALANCER_NAME_LABEL);
    case 'Service':
      // A Service of somebody else may lead to the proxy's Pods as well, under another name.
      return backendIn(name, labelled ?? '') === undefined
        ? textAt(object, 'spec', 'selector', BALANCER_NAME_LABEL)
        : labelled;
    default:
      return undefined;
  }
}

function nameOfConfig(object: PlainObject, name: string, hasProxy: HasProxy): string | undefined {
  const balancer = /^(.+)-proxy-configmap$/.exec(name)?.[1];
  if (balancer !== undefined && hasProxy(balancer)) return balancer;
  const owners = ownersIn(portsIn(readNginxConf(textAt(object, 'data', 'nginx.conf') ?? '')));
  return owners.some((owner) => owner.name === balancer) ? balancer : undefined;
}
