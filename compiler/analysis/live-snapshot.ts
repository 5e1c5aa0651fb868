import { isPlainObject, leafDifferences, type PlainObject } from '../spec/leaf-differences';
import { type FieldOwners, fieldOwners } from './field-owners';
import { nameOfObject } from './impact/object-names';
import { projectObject } from './project-object';
import { settledObjects } from './settled-objects';
import type { Snapshot } from './snapshot';

/** The label that our objects bear, except for those of profile `upstream`. */
export const MARK = { label: 'app.kubernetes.io/managed-by', value: 'cdk8s-balancer' } as const;

/** What a cluster answers. */
interface LiveObjects {
  /** Of the objects that the manifests make, those that are there. */
  readonly known: readonly object[];
  /** Objects that bear our label. */
  readonly marked: readonly object[];
}

/** What a cluster has, as far as some manifests speak of it, and what of ours only the cluster has. */
export function liveSnapshot(wanted: readonly PlainObject[], { known, marked }: LiveObjects): Snapshot {
  const byName = new Map(wanted.map((object) => [nameOfObject(object), object]));
  const objects: PlainObject[] = [];
  const staying = new Map<string, string>();
  const programs = new Set<string>();
  let unmanaged = 0;
  for (const object of known.flatMap(settledObjects)) {
    const where = nameOfObject(object);
    const manifest = byName.get(where);
    if (manifest === undefined) continue;
    const owners = fieldOwners(object);
    if (owners === undefined) unmanaged += 1;
    for (const { manager } of owners?.others ?? []) programs.add(manager);
    const plain = withoutRecords(object);
    objects.push(projectObject(plain, manifest, keptOf(owners)));
    for (const [pointer, reason] of setByHand(plain, manifest, owners)) staying.set(`${where} ${pointer}`, reason);
  }
  for (const object of leftovers(marked, byName)) {
    objects.push(object);
    staying.set(`${nameOfObject(object)} `, LEFT_OVER);
  }
  return { objects, files: new Map(), staying, notLookedAt: unread([...programs].sort(), unmanaged) };
}

const LEFT_OVER =
  'only the cluster has it, with our label: an earlier spec made it, or another fleet; applying does not delete it';

/** Who keeps a record of an object in it. */
function withoutRecords(object: PlainObject): PlainObject {
  const metadata = isPlainObject(object.metadata) ? object.metadata : {};
  const { managedFields: _, annotations, ...rest } = metadata;
  if (!isPlainObject(annotations)) return { ...object, metadata: rest };
  const { 'kubectl.kubernetes.io/last-applied-configuration': __, ...kept } = annotations;
  return { ...object, metadata: { ...rest, annotations: kept } };
}

function keptOf(owners: FieldOwners | undefined) {
  const { applied = [], byHand = [], others = [] } = owners ?? {};
  return { kept: [...applied, ...byHand.map(({ fields }) => fields)], others: others.map(({ fields }) => fields) };
}

/** What only the cluster has of an object since somebody set it there, by pointer. */
function setByHand(live: PlainObject, wanted: PlainObject, owners: FieldOwners | undefined): [string, string][] {
  if (owners === undefined) return [];
  const all = [...owners.others, ...owners.byHand].map(({ fields }) => fields);
  const others = [...all, ...owners.applied];
  const without = projectObject(live, wanted, { kept: [], others });
  return owners.byHand.flatMap(({ manager, fields }) => {
    const having = projectObject(live, wanted, { kept: [fields], others });
    return leafDifferences([without], [having]).map(({ path }): [string, string] => [
      path,
      `only the cluster has it, set with ${manager}: applying leaves it; take it into the spec, or undo it there`,
    ]);
  });
}

/** Objects with our label that no manifest makes. What another object owns, its controller deletes with that one. */
function leftovers(marked: readonly object[], byName: ReadonlyMap<string, PlainObject>): PlainObject[] {
  return marked.flatMap(settledObjects).flatMap(({ apiVersion, kind, metadata }) => {
    const { name, namespace, labels, ownerReferences } = (isPlainObject(metadata) ? metadata : {}) as PlainObject;
    const isMarked = isPlainObject(labels) && labels[MARK.label] === MARK.value;
    const object = { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
    const isOwned = Array.isArray(ownerReferences) && ownerReferences.length > 0;
    return isMarked && !isOwned && !byName.has(nameOfObject(object)) ? [object] : [];
  });
}

function unread(programs: readonly string[], unmanaged: number): string[] {
  return [
    ...(programs.length > 0 ? [`fields that only the cluster has, set by ${programs.join(', ')}`] : []),
    ...(unmanaged > 0 ? [`fields that only the cluster has, of ${unmanaged} objects without managedFields`] : []),
  ];
}
