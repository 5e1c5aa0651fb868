import { isPlainObject, type PlainObject } from '../../spec/leaf-differences';
import type { Snapshot } from '../snapshot';
import type { Change } from './impact';
import { kindOfObject, nameOfObject } from './object-names';

/** What is lost when an object goes, or is deleted and created anew; the name of the object goes before it. */
interface Loss {
  readonly kinds: RegExp;
  readonly what: (object: PlainObject) => string | undefined;
}

const LOSSES: readonly Loss[] = [
  {
    kinds: /^CustomResourceDefinition$/,
    what: ({ metadata }) =>
      `all objects of it are deleted: save them before (kubectl get ${nameIn(metadata)} --all-namespaces -o yaml)`,
  },
  {
    kinds: /^Namespace$/,
    what: () => 'everything in it is deleted, with the volumes, and with what no spec makes: save it before',
  },
  {
    kinds: /^PersistentVolume(Claim)?$/,
    what: () => 'the data of the volume is deleted with it, unless its reclaim policy is Retain',
  },
  {
    kinds: /^StatefulSet$/,
    what: ({ spec }) => {
      const policy = isPlainObject(spec) ? spec.persistentVolumeClaimRetentionPolicy : undefined;
      const isDeleted = isPlainObject(policy) && policy.whenDeleted === 'Delete';
      return isDeleted
        ? 'its claims are deleted with it (whenDeleted: Delete), and the data of their volumes'
        : undefined;
    },
  },
  { kinds: /^Pod$/, what: () => 'what its containers wrote outside of volumes' },
  { kinds: /^Job$/, what: () => 'it runs again, from its beginning' },
  {
    kinds: /^Service$/,
    what: ({ spec }) => {
      const { type, clusterIP, externalIPs } = (isPlainObject(spec) ? spec : {}) as {
        readonly type?: unknown;
        readonly clusterIP?: unknown;
        readonly externalIPs?: unknown;
      };
      if (type === 'LoadBalancer' && !Array.isArray(externalIPs))
        return 'the load balancer in the cloud, with its address: the next one may have another';
      if (type === 'ExternalName' || clusterIP !== undefined) return undefined;
      return 'its cluster IP: the next one is another, and who keeps the old one finds nothing';
    },
  },
  {
    kinds: /^(Ingress|AlbConfig)$/,
    what: () => 'the load balancer in the cloud, with its address and name, where the controller deletes it',
  },
];

/** What no way back brings back: what goes with objects that are removed or replaced, and is in no manifest. */
export function lostThings(before: Snapshot, changes: readonly Change[]): string[] {
  const gone = new Set(changes.filter((change) => !change.stays && isDeleted(change)).map(({ where }) => where));
  const objects = before.objects.filter((object) => gone.has(nameOfObject(object)));
  const lost = objects.flatMap((object) => {
    const what = LOSSES.find(({ kinds }) => kinds.test(kindOfObject(object)))?.what(object);
    return what === undefined ? [] : [`${nameOfObject(object)}: ${what}`];
  });
  return [...new Set([...lost, ...changes.flatMap(lossOfField)])].sort();
}

function isDeleted({ impact, pointer, after }: Change): boolean {
  return impact === 'immutable field' || (pointer === '' && after === undefined);
}

/** What a field that stays an object takes away. */
function lossOfField({ where, pointer, impact, before }: Change): string[] {
  if (/^CustomResourceDefinition /.test(where) && impact === 'unknown' && before !== undefined)
    return [`${where}: values of stored objects for which the schema has no field any more`];
  if (/^PersistentVolumeClaim /.test(where) && pointer.startsWith('/spec/resources'))
    return [`${where}: its size, where the volume has grown: it never shrinks`];
  return [];
}

function nameIn(metadata: unknown): string {
  return isPlainObject(metadata) ? String(metadata.name) : '';
}
