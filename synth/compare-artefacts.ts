import { join } from 'node:path';
import type { Artefact } from '../compiler/manifest/artefact';
import { isOurs, isThere, readBelow } from './output-folder';
import { holds, KUSTOMIZATION_FILE, type Origin, readList, SUMS_FILE, sumOf } from './sums-file';

/** Why a file is not what the specs say. */
export type Cause =
  /** The specs are others than those that the file was written from. */
  | { readonly kind: 'specs' }
  /** The file was written by another version of cdk8s-balancer. */
  | { readonly kind: 'version'; readonly before: string; readonly now: string }
  /** Same specs and version, other bytes: a development build. */
  | { readonly kind: 'build'; readonly version: string }
  /** The list says nothing of specs and version: one of the above. */
  | { readonly kind: 'specs-or-version' }
  /** The file is not what was written. */
  | { readonly kind: 'edit' }
  /** Only the ends of its lines are. */
  | { readonly kind: 'line-ends' }
  /** Something that we did not write stands there. */
  | { readonly kind: 'stranger' }
  /** The kustomization is not asked for. */
  | { readonly kind: 'option' }
  /** The list of what was written names other files, or other sums. */
  | { readonly kind: 'list' };

/** One file of an output folder that differs from what the specs say. */
export interface Drift {
  readonly path: string;
  /** `missing`: not there; `changed`: other text; `stale`: we wrote it once, and no spec makes it any more. */
  readonly state: 'missing' | 'changed' | 'stale';
  readonly causes: readonly Cause[];
  /** The text in the folder, and the text that the specs make. */
  readonly before?: string;
  readonly after?: string;
}

/** Compares artefacts with a folder and changes nothing; one file at a time. `origin` is asked after the first artefact. */
export function* compareArtefacts(
  folder: string,
  artefacts: Iterable<Artefact>,
  origin: () => Origin,
): Generator<Drift> {
  const list = readList(folder);
  const wanted = new Map<string, string>();
  const known = new Set<string>();
  let drifted = false;
  let age: readonly Cause[] | undefined;
  const evidence = (): Evidence => {
    age ??= causesOfAge(list.origin, origin());
    return { sums: list.sums, age };
  };
  for (const artefact of artefacts) {
    const { path } = artefact;
    const bytes = readBelow(folder, path, known);
    if (bytes !== undefined && holds(bytes, artefact)) {
      wanted.set(path, artefact.sum ?? sumOf(bytes));
      continue;
    }
    const { text } = artefact;
    wanted.set(path, sumOf(text));
    drifted = true;
    const before = bytes?.toString('utf8');
    const causes = causesOf(folder, path, { ...evidence(), before, after: text });
    yield { path, state: before === undefined ? 'missing' : 'changed', causes, before, after: text };
  }
  for (const path of list.sums.keys()) {
    const before = wanted.has(path) ? undefined : readBelow(folder, path, known)?.toString('utf8');
    if (before === undefined) continue;
    drifted = true;
    yield { path, state: 'stale', causes: causesOf(folder, path, { ...evidence(), before }), before };
  }
  if (!drifted && !sameEntries(list.sums, wanted)) {
    yield { path: SUMS_FILE, state: list.sums.size === 0 ? 'missing' : 'changed', causes: [{ kind: 'list' }] };
  }
}

/** What is known of one file when its causes are looked for. */
interface Evidence {
  readonly sums: ReadonlyMap<string, string>;
  /** What changed since the list was written. */
  readonly age: readonly Cause[];
  readonly before?: string;
  readonly after?: string;
}

function causesOf(folder: string, path: string, { sums, age, before, after }: Evidence): readonly Cause[] {
  const listed = sums.get(path);
  const causes: Cause[] = [];
  if (listed === undefined) {
    const ours = before === undefined ? !isThere(join(folder, path)) : isOurs(path, Buffer.from(before), sums);
    if (!ours) causes.push({ kind: 'stranger' });
  } else if (before === undefined || sumOf(before) !== listed) {
    const onlyLineEnds = before !== undefined && sumOf(before.replaceAll('\r\n', '\n')) === listed;
    causes.push({ kind: onlyLineEnds ? 'line-ends' : 'edit' });
  }
  const outdated = after === undefined ? listed !== undefined : listed !== sumOf(after);
  if (outdated && path === KUSTOMIZATION_FILE && after === undefined) causes.push({ kind: 'option' });
  else if (outdated) causes.push(...age);
  return causes;
}

function causesOfAge(before: Origin | undefined, now: Origin): readonly Cause[] {
  if (before === undefined) return [{ kind: 'specs-or-version' }];
  const causes: Cause[] = [];
  if (before.specs.join() !== now.specs.join()) causes.push({ kind: 'specs' });
  if (before.version !== now.version) causes.push({ kind: 'version', before: before.version, now: now.version });
  return causes.length > 0 ? causes : [{ kind: 'build', version: now.version }];
}

function sameEntries(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, sum]) => b.get(path) === sum);
}
