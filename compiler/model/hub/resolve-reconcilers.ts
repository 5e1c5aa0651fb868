import type { HubReconciler, HubResource, ReconcilerHubSpec } from '../../spec/generated/reconciler-hub';
import { findApiResource, namedResource, type ResourceFinder, resolveResource } from './hub-resources';
import type { NamedResource, ReconcilerModel } from './reconciler-hub';
import { HUB_FIELD_DEFAULTS } from './reconciler-hub-defaults';

/** Names of the reconcilers that run. The program of 004 runs all that it has, whatever it is told. */
export function runningNames({ profile, layout, reconcilers, manager }: ReconcilerHubSpec): ReadonlySet<string> {
  const isTold = profile !== 'upstream' || layout === 'separate';
  const { enabledControllers } = manager ?? {};
  const running = reconcilers.filter(({ name, enabled = HUB_FIELD_DEFAULTS.reconcilerEnabled }) => {
    return !isTold || (enabled && (enabledControllers?.includes(name) ?? true));
  });
  return new Set(running.map(({ name }) => name));
}

/** The reconcilers that run; undefined where one names what is in the fleet but broken. What does not run is checked too. */
export function resolveReconcilers(
  spec: ReconcilerHubSpec,
  finder: ResourceFinder,
): readonly ReconcilerModel[] | undefined {
  const running = runningNames(spec);
  const resolved = spec.reconcilers.map((declared, index) => {
    return resolveReconciler(declared, `/spec/reconcilers/${index}`, finder);
  });
  checkTwice(resolved, finder);
  if (resolved.includes('broken')) return undefined;
  return resolved.filter((one) => one !== undefined && one !== 'broken').filter(({ name }) => running.has(name));
}

function resolveReconciler(
  { name, resource, owns = [], watches = [] }: HubReconciler,
  pointer: string,
  finder: ResourceFinder,
): ReconcilerModel | 'broken' | undefined {
  const found = findApiResource(resource, `${pointer}/resource`, finder);
  const owned = resolveEntries(owns, `${pointer}/owns`, finder);
  const watched = resolveEntries(watches, `${pointer}/watches`, finder);
  if (found === undefined) return undefined;
  if (found === 'broken' || owned === undefined || watched === undefined) return 'broken';
  const hasStatus = found.versions.some(({ subresources }) => 'status' in subresources);
  if (found.phaseMachine !== undefined && !hasStatus) {
    const message = `ApiResource "${resource}" has phases, but no version with the subresource "status"`;
    finder.problems.add('BAL3264', `${pointer}/resource`, message);
  }
  return { name, resource: namedResource(found, `${pointer}/resource`), hasStatus, owns: owned, watches: watched };
}

/** What the entries of a list name; undefined where one of them is in the fleet but broken. */
export function resolveEntries(
  entries: readonly HubResource[],
  pointer: string,
  finder: ResourceFinder,
): readonly NamedResource[] | undefined {
  const found = entries.map((entry, index) => resolveResource(entry, `${pointer}/${index}`, finder));
  const known = found.filter((one) => one !== undefined && one !== 'broken');
  const seen = new Set<string>();
  for (const { group, plural, pointer: at } of known) {
    const name = [plural, group].filter(Boolean).join('.');
    if (seen.has(name)) finder.problems.add('BAL3001', at, `"${name}" is named twice`);
    seen.add(name);
  }
  return found.includes('broken') ? undefined : known;
}

/** controller-runtime makes no second controller of a name; two of them would write the same status. */
function checkTwice(
  reconcilers: readonly (ReconcilerModel | 'broken' | undefined)[],
  { problems }: ResourceFinder,
): void {
  const first = new Map<string, string>();
  for (const one of reconcilers) {
    if (one === undefined || one === 'broken') continue;
    const { group, plural, pointer } = one.resource;
    const name = `${plural}.${group}`;
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, pointer);
    else {
      const notes = [{ message: 'the other one is here', location: problems.locate(earlier) }];
      problems.add('BAL3263', pointer, `"${name}" has two reconcilers`, notes);
    }
  }
}
