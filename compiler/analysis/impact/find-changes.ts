import { pointerKeys } from '../../spec/document';
import { type LeafDifference, leafDifferences, type PlainObject } from '../../spec/leaf-differences';
import { changedLines } from '../changed-lines';
import { type Snapshot, textsByKey } from '../snapshot';
import { type ConfigReaders, configReaders } from './config-readers';
import { type Change, compareImpacts, type Impact } from './impact';
import { kindOfObject, nameOfObject } from './object-names';
import { OBJECT_RULES } from './object-rules';
import { podRoll } from './pod-rolls';
import { TEXT_RULES, type TextRule } from './text-rules';
import { ADDED, REMOVED } from './whole-rules';

/** Every change between two snapshots with what it does: none is left out, and one that no row fits is told as unknown. */
export function findChanges(before: Snapshot, after: Snapshot): Change[] {
  return [...objectChanges(before, after), ...fileChanges(before.files, after.files)];
}

function objectChanges(before: Snapshot, after: Snapshot): Change[] {
  const [old, now] = [byIdentity(before.objects), byIdentity(after.objects)];
  const readers = configReaders(before, after);
  // Who reads what of the side before: where workload and configuration go together.
  const readersBefore = configReaders(after, before);
  const staying = before.staying ?? after.staying;
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((where): Change[] => {
    const [was, is] = [old.get(where), now.get(where)];
    if (was === undefined) return [addedObject(where, is!, readers)];
    if (is === undefined) return [removedObject(where, was, readersBefore)];
    if (was === is) return [];
    return leafDifferences([was], [is]).map((leaf) => leafChange(where, [was, is], leaf, readers));
  });
  return staying === undefined ? changes : changes.map((change) => leftAsItIs(change, staying));
}

/** What only a cluster has, and applying does not touch: what it would do that it goes is another question. */
function leftAsItIs(change: Change, staying: ReadonlyMap<string, string>): Change {
  const { where, pointer, before, after } = change;
  const reason = staying.get(`${where} ${pointer}`);
  if (reason === undefined || (before !== undefined && after !== undefined)) return change;
  return { where, pointer, ...(before && { before }), ...(after && { after }), impact: 'unknown', reason, stays: true };
}

function byIdentity(objects: readonly PlainObject[]): ReadonlyMap<string, PlainObject> {
  return new Map(objects.map((object) => [nameOfObject(object), object]));
}

function addedObject(where: string, object: PlainObject, readers: ConfigReaders): Change {
  const kind = kindOfObject(object);
  const change = { where, pointer: '', after: [`the ${kind} is added`], ...readBy(where, readers) };
  const reader = /^(ConfigMap|Secret)$/.test(kind) && readers.of(where).find((own) => !own.rolls && !own.isNew);
  if (reader) {
    const reason = `the Pods of ${reader.workload} name it already: those that waited for it start, and others may read it`;
    return { ...change, impact: 'unknown', reason };
  }
  return { ...change, ...(configOf(object, 'after') ?? wholeImpact(object, ADDED, 'added')) };
}

function removedObject(where: string, object: PlainObject, readers: ConfigReaders): Change {
  const kind = kindOfObject(object);
  const change = { where, pointer: '', before: [`the ${kind} is removed`], ...readBy(where, readers) };
  const isConfig = /^(ConfigMap|Secret|ExternalSecret)$/.test(kind);
  const classed = configOf(object, 'before') ?? wholeImpact(object, REMOVED, 'removed');
  const reason = isConfig && classed.impact === 'unknown' ? 'Pods that need it no longer start' : classed.reason;
  return { ...change, ...classed, reason };
}

function readBy(where: string, readers: ConfigReaders): Pick<Change, 'reads'> {
  const reads = readers.readBy(where);
  return reads.length > 0 ? { reads } : {};
}

function wholeImpact(object: PlainObject, rules: typeof ADDED, what: string): Classed {
  const kind = kindOfObject(object);
  const spec = (object.spec ?? {}) as PlainObject;
  const row = rules.find(([kinds, , , when]) => kinds.test(kind) && (when?.(spec) ?? true));
  if (row === undefined) return { impact: 'unknown', reason: `no row says what it does that a ${kind} is ${what}` };
  return { impact: row[1], reason: row[2] };
}

/** What it does that a ConfigMap comes or goes which speakers and nodes act on: the worst of its texts. */
function configOf(object: PlainObject, side: 'before' | 'after'): Classed | undefined {
  if (object.kind !== 'ConfigMap') return undefined;
  const classed = [...textsByKey(object.data)].flatMap(([key, text]): Classed[] => {
    const rule = textRule(key);
    // Speakers that are new have no sessions yet.
    if (rule === undefined || !/^(route announced|node rule change)$/.test(rule.impact)) return [];
    return [textImpact(rule, { [side]: linesOf(text) })];
  });
  return classed
    .filter(({ impact }) => impact !== 'none')
    .sort((one, other) => compareImpacts(one.impact, other.impact))[0];
}

type BothSides = readonly [was: PlainObject, is: PlainObject];

function leafChange(where: string, [was, is]: BothSides, leaf: LeafDifference, readers: ConfigReaders): Change {
  const { path: pointer } = leaf;
  const kind = kindOfObject(is);
  const sides = kind === 'Secret' && DATA.test(pointer) ? hiddenSides(leaf) : sidesOf(leaf);
  if (/^(ConfigMap|Secret)$/.test(kind) && (DATA.test(pointer) || pointer === '/immutable')) {
    const classed = was.immutable === true ? SEALED : configImpact(where, pointer, sides, readers);
    return { where, pointer, ...differingLines(sides), ...classed };
  }
  const rule = OBJECT_RULES.find(
    (row) => row.kinds.test(kind) && row.pointer.test(pointer) && (row.when?.(leaf, was) ?? true),
  );
  if (rule === undefined) {
    return { where, pointer, ...sides, impact: 'unknown', reason: `no row says what this field of a ${kind} does` };
  }
  const { impact, reason, source } = rule;
  const classed = { impact, reason, ...(source && { source }) };
  if (impact !== 'pod roll') return { where, pointer, ...sides, ...classed };
  return { where, pointer, ...sides, ...classed, ...rolled(is, pointer), ...readBy(where, readers) };
}

/** How the Pods of a workload are replaced: of its template always, of another field where they wait. */
function rolled(is: PlainObject, pointer: string): Partial<Change> {
  const { how, reason, source } = podRoll(is);
  return pointer.startsWith('/spec/template') || how === 'waits' ? { roll: how, reason, source } : { roll: how };
}

/** The content of a ConfigMap or a Secret. */
const DATA = /^\/(data|stringData|binaryData)(\/|$)/;

const SEALED: Classed = {
  impact: 'immutable field',
  reason: 'it is immutable: delete it and create it anew, or give the new content another name',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable',
};

function sidesOf(leaf: LeafDifference): Sides {
  return {
    ...('before' in leaf && { before: linesOf(leaf.before) }),
    ...('after' in leaf && { after: linesOf(leaf.after) }),
  };
}

/** A report goes into pull requests and logs: no value of a Secret is in it. */
function hiddenSides(leaf: LeafDifference): Sides {
  return {
    ...('before' in leaf && { before: ['(a value that is not shown)'] }),
    ...('after' in leaf && { after: ['(another value that is not shown)'] }),
  };
}

interface Sides {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

function linesOf(value: unknown): readonly string[] {
  if (typeof value !== 'string') return [JSON.stringify(value)];
  return value.includes('\n') ? value.replace(/\n$/, '').split('\n') : [value];
}

/** The lines that one side has and the other does not. */
function differingLines({ before, after }: Sides): Sides {
  if (before === undefined || after === undefined) return { ...(before && { before }), ...(after && { after }) };
  return {
    before: changedLines(before, after).map((line) => before[line - 1]!),
    after: changedLines(after, before).map((line) => after[line - 1]!),
  };
}

type Classed = Pick<Change, 'impact' | 'reason' | 'source'>;

/** A text in a ConfigMap does nothing by itself: who reads it, and when, decides. */
function configImpact(where: string, pointer: string, sides: Sides, readers: ConfigReaders): Classed {
  const key = pointerKeys(pointer).at(-1)!;
  const rule = textRule(key);
  // A file that nothing reads is another matter than a key that somebody has mounted.
  if (rule !== undefined && rule.impact !== 'none') return textImpact(rule, differingLines(sides));
  const own = readers.of(where);
  if (own.length === 0) return { impact: 'unknown', reason: 'no workload of these manifests reads it' };
  const { workload, readsAtStart } = own.find(({ rolls }) => !rolls) ?? own[0]!;
  if (own.every(({ rolls }) => rolls)) {
    return { impact: 'pod roll', reason: `the Pods of ${workload} are replaced, and read it when they start` };
  }
  if (readsAtStart) {
    return { impact: 'unknown', reason: `the Pods of ${workload} keep running, and see it only when they start again` };
  }
  const reload = key === 'nginx.conf';
  const impact: Impact = reload ? 'nginx reload' : 'unknown';
  const what = reload ? 'nginx has to read it again (nginx -s reload)' : 'nobody knows when they read it again';
  return { impact, reason: `the Pods of ${workload} keep running: ${what}` };
}

function textRule(name: string): TextRule | undefined {
  return TEXT_RULES.find((row) => row.name.test(name));
}

function textImpact(rule: TextRule, { before = [], after = [] }: Sides): Classed {
  const { impact, reason, source, comment, comments } = rule;
  const isComment = comment !== undefined && [...before, ...after].every((line) => comment.test(line));
  if (isComment) return { impact: 'none', reason: `${comments ?? 'comments'} only` };
  if (impact === 'route announced' && before.some((line) => !comment?.test(line))) {
    return { impact: 'route withdrawn', reason: 'speakers withdraw routes' };
  }
  return { impact, reason, ...(source && { source }) };
}

function fileChanges(before: Snapshot['files'], after: Snapshot['files']): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((where): Change[] => {
    const [was, is] = [before.get(where), after.get(where)];
    if (was === is) return [];
    const sides = differingLines({
      ...(was !== undefined && { before: linesOf(was) }),
      ...(is !== undefined && { after: linesOf(is) }),
    });
    const rule = textRule(where);
    const classed = rule && textImpact(rule, sides);
    return [
      { where, pointer: '', ...sides, ...(classed ?? { impact: 'unknown', reason: 'no row says what reads it' }) },
    ];
  });
}
