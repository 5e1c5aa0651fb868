import type { Report } from '../diagnostics';
import type { Source } from '../spec/document';
import type { PlainObject } from '../spec/leaf-differences';
import { load } from '../spec/load';
import { settledObjects } from './settled-objects';

/** What a fleet becomes, or what a cluster has: to be compared with another. */
export interface Snapshot {
  readonly objects: readonly PlainObject[];
  /** Texts of plain configurations by path; of those that a ConfigMap holds too, none. */
  readonly files: ReadonlyMap<string, string>;
}

/** A snapshot of artefacts. What cannot be read as YAML is reported. */
export function snapshotOf(
  artefacts: Iterable<{ readonly path: string; readonly text: string }>,
  report: Report,
): Snapshot {
  const manifests: Source[] = [];
  const files = new Map<string, string>();
  for (const { path, text } of artefacts) {
    if (path.endsWith('.yaml')) manifests.push({ file: path, text });
    else files.set(path, text);
  }
  const objects = [...load(manifests, report)].flatMap(({ value }) => settledObjects(value));
  const mounted = new Set(objects.filter(({ kind }) => kind === 'ConfigMap').flatMap(({ data }) => textsOf(data)));
  return { objects, files: new Map([...files].filter(([, text]) => !mounted.has(text))) };
}

/** The texts of a ConfigMap, by key. */
export function textsOf(data: unknown): string[] {
  return Object.values((data ?? {}) as Readonly<Record<string, unknown>>).filter((text) => typeof text === 'string');
}
