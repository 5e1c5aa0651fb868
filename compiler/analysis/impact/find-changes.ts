import { identityOf, type LeafDifference, leafDifferences, type PlainObject } from '../../spec/leaf-differences';
import { changedLines } from '../changed-lines';
import type { Snapshot } from '../snapshot';
import type { Change, Impact } from './impact';
import { ADDED, OBJECT_RULES, REMOVED } from './object-rules';
import { TEXT_RULES, type TextRule } from './text-rules';

/** Every change between two snapshots with what it does: none is left out, and one that no row fits is told as unknown. */
export function findChanges(before: Snapshot, after: Snapshot): Change[] {
  const readers = readersIn(before, after);
  return [...objectChanges(before, after, readers), ...fileChanges(before.files, after.files)];
}

/** Which workload reads what. */
interface Readers {
  /** The workload that reads a ConfigMap or a Secret, and whether its Pods are replaced in this change. */
  readonly of: (config: string) => { readonly workload: string; readonly rolls: boolean } | undefined;
  /** What a workload reads. */
  readonly readBy: (workload: string) => readonly string[];
}

function objectChanges(before: Snapshot, after: Snapshot, readers: Readers): Change[] {
  const [old, now] = [byIdentity(before.objects), byIdentity(after.objects)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((where): Change[] => {
    const [was, is] = [old.get(where), now.get(where)];
    if (was === undefined) return [wholeObject(where, ADDED, 'added', is!)];
    if (is === undefined) return [wholeObject(where, REMOVED, 'removed', was)];
    if (was === is) return [];
    return leafDifferences([was], [is]).map((leaf) => leafChange(where, is, leaf, readers));
  });
}

function byIdentity(objects: readonly PlainObject[]): ReadonlyMap<string, PlainObject> {
  return new Map(objects.map((object) => [identityOf(object), object]));
}

function wholeObject(where: string, rules: typeof ADDED, what: 'added' | 'removed', object: PlainObject): Change {
  const text = [`the ${String(object.kind)} is ${what}`];
  const side = what === 'added' ? { after: text } : { before: text };
  const kind = String(object.kind);
  const row = rules.find(([kinds]) => kinds.test(kind));
  if (row !== undefined) return { where, pointer: '', ...side, impact: row[1], reason: row[2] };
  const isConfig = what === 'removed' && /^(ConfigMap|Secret|ExternalSecret)$/.test(kind);
  const reason = isConfig ? 'Pods that need it no longer start' : `no row says what it does that a ${kind} is ${what}`;
  return { where, pointer: '', ...side, impact: 'unknown', reason };
}

function leafChange(where: string, object: PlainObject, leaf: LeafDifference, readers: Readers): Change {
  const { path: pointer } = leaf;
  const sides = {
    ...('before' in leaf && { before: linesOf(leaf.before) }),
    ...('after' in leaf && { after: linesOf(leaf.after) }),
  };
  const kind = String(object.kind);
  if (/^\/(data|stringData|binaryData)\//.test(pointer) && /^(ConfigMap|Secret)$/.test(kind)) {
    return { where, pointer, ...differingLines(sides), ...configImpact(where, pointer, sides, readers) };
  }
  const rule = OBJECT_RULES.find((row) => row.kinds.test(kind) && row.pointer.test(pointer));
  if (rule === undefined) {
    return { where, pointer, ...sides, impact: 'unknown', reason: `no row says what this field of a ${kind} does` };
  }
  const { impact, reason, source } = rule;
  const reads = impact === 'pod roll' ? readers.readBy(where) : [];
  return {
    where,
    pointer,
    ...sides,
    impact,
    reason,
    ...(source && { source }),
    ...(reads.length > 0 && { reads }),
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
function configImpact(where: string, pointer: string, sides: Sides, readers: Readers): Classed {
  const key = pointer.slice(pointer.lastIndexOf('/') + 1).replaceAll('~1', '/');
  const reader = readers.of(where);
  const rule = textRule(key);
  if (rule !== undefined) return textImpact(rule, differingLines(sides));
  if (reader === undefined) return { impact: 'unknown', reason: 'no workload of these manifests reads it' };
  const { workload, rolls } = reader;
  if (rolls) return { impact: 'pod roll', reason: `the Pods of ${workload} are replaced, and read it when they start` };
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

/** Workloads by what they mount or take their environment from; of both sides, since a new one may read an old text. */
function readersIn(before: Snapshot, after: Snapshot): Readers {
  const workloads = after.objects.filter(({ kind }) => /^(Deployment|DaemonSet|StatefulSet)$/.test(String(kind)));
  const old = byIdentity(before.objects);
  const found = new Map<string, { workload: string; rolls: boolean }>();
  for (const workload of workloads) {
    const { namespace = '' } = workload.metadata as { readonly namespace?: string };
    const identity = identityOf(workload);
    const template = JSON.stringify((workload.spec as { readonly template?: unknown }).template);
    const was = old.get(identity)?.spec as { readonly template?: unknown } | undefined;
    const rolls = was === undefined || JSON.stringify(was.template) !== template;
    for (const [, kind, name] of template.matchAll(
      /"(configMap|configMapRef|configMapKeyRef|secret|secretRef|secretKeyRef)":\{[^{}]*?"(?:name|secretName)":"([^"]+)"/g,
    )) {
      const config = `${kind!.startsWith('config') ? 'ConfigMap' : 'Secret'} ${namespace}/${name}`;
      if (!found.has(config) || !rolls) found.set(config, { workload: identity, rolls });
    }
  }
  const configs = new Map<string, string[]>();
  for (const [config, { workload }] of found) push(configs, workload, config);
  return { of: (config) => found.get(config), readBy: (workload) => configs.get(workload) ?? [] };
}

function push(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
