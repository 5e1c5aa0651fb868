import { pointerKeys } from '../../spec/document';
import { type LeafDifference, leafDifferences, type PlainObject } from '../../spec/leaf-differences';
import { changedLines } from '../changed-lines';
import type { Snapshot } from '../snapshot';
import { type ConfigReaders, configReaders, waitsForDeletion } from './config-readers';
import type { Change, Impact } from './impact';
import { kindOfObject, nameOfObject } from './object-names';
import { ADDED, OBJECT_RULES, REMOVED } from './object-rules';
import { TEXT_RULES, type TextRule } from './text-rules';

/** Every change between two snapshots with what it does: none is left out, and one that no row fits is told as unknown. */
export function findChanges(before: Snapshot, after: Snapshot): Change[] {
  const readers = configReaders(before, after);
  return [...objectChanges(before, after, readers), ...fileChanges(before.files, after.files)];
}

function objectChanges(before: Snapshot, after: Snapshot, readers: ConfigReaders): Change[] {
  const [old, now] = [byIdentity(before.objects), byIdentity(after.objects)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((where): Change[] => {
    const [was, is] = [old.get(where), now.get(where)];
    if (was === undefined) return [wholeObject(where, ADDED, 'added', is!)];
    if (is === undefined) return [wholeObject(where, REMOVED, 'removed', was)];
    if (was === is) return [];
    return leafDifferences([was], [is]).map((leaf) => leafChange(where, [was, is], leaf, readers));
  });
}

function byIdentity(objects: readonly PlainObject[]): ReadonlyMap<string, PlainObject> {
  return new Map(objects.map((object) => [nameOfObject(object), object]));
}

function wholeObject(where: string, rules: typeof ADDED, what: 'added' | 'removed', object: PlainObject): Change {
  const kind = kindOfObject(object);
  const text = [`the ${kind} is ${what}`];
  const side = what === 'added' ? { after: text } : { before: text };
  const spec = (object.spec ?? {}) as PlainObject;
  const row = rules.find(([kinds, , , when]) => kinds.test(kind) && (when?.(spec) ?? true));
  if (row !== undefined) return { where, pointer: '', ...side, impact: row[1], reason: row[2] };
  const isConfig = what === 'removed' && /^(ConfigMap|Secret|ExternalSecret)$/.test(kind);
  const reason = isConfig ? 'Pods that need it no longer start' : `no row says what it does that a ${kind} is ${what}`;
  return { where, pointer: '', ...side, impact: 'unknown', reason };
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
  const { impact, source } = rule;
  const waits = impact === 'pod roll' && waitsForDeletion(is);
  const reads = impact === 'pod roll' ? readers.readBy(where) : [];
  return {
    where,
    pointer,
    ...sides,
    impact,
    reason: waits ? 'Pods keep running as they are until somebody deletes or resumes them' : rule.reason,
    ...(source && { source }),
    ...(reads.length > 0 && { reads }),
  };
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
  const { impact, reason, source, comment } = rule;
  const isComment = comment !== undefined && [...before, ...after].every((line) => comment.test(line));
  if (isComment) return { impact: 'none', reason: 'comments only' };
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
