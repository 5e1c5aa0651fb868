import type { Report, Suppressed } from '../diagnostics';
import { REMOVED_KINDS } from '../model/api-resources';
import { pointerTo, type Source, type SpecDocument } from '../spec/document';
import { load } from '../spec/load';
import { suppressions } from '../spec/suppressions';
import { accessChecks, type PlacedObject } from './check-access';
import { listOf, objectOf, textOf } from './plain-value';

/** Checks of manifests that anybody wrote, one document after the other. */
interface ManifestChecks {
  readonly add: (document: SpecDocument) => void;
  /** What needs all of them: bindings against roles and accounts. */
  readonly finish: () => void;
}

/** Empty checks: permissions, and versions that are no longer served. Lists are looked into. */
export function manifestChecks(report: Report): ManifestChecks {
  const access = accessChecks(report);
  return {
    add(document) {
      for (const object of objectsIn(document)) {
        checkVersion(object, report);
        access.add(object);
      }
    },
    finish: access.finish,
  };
}

/** Checks the manifests of some sources. Warnings that they accept by `balancer-ignore` go to `suppressed`. */
export function checkManifests(
  sources: Iterable<Source>,
  report: Report,
  suppressed?: (entry: Suppressed) => void,
): void {
  const accepted = suppressions(report, suppressed);
  const checks = manifestChecks(accepted.report);
  for (const document of load(accepted.watch(sources), accepted.report)) checks.add(accepted.adopt(document));
  checks.finish();
  accepted.finish();
}

function objectsIn({ value, locate }: SpecDocument): PlacedObject[] {
  const { kind, items } = objectOf(value);
  if (!textOf(kind).endsWith('List') || !Array.isArray(items)) return [{ value, locate }];
  return listOf(items).map((item, index) => {
    const pointer = pointerTo('/items', index);
    return { value: item, locate: (inner) => locate(`${pointer}${inner}`) };
  });
}

function checkVersion({ value, locate }: PlacedObject, report: Report): void {
  const { apiVersion, kind } = objectOf(value);
  if (!REMOVED_KINDS.get(textOf(apiVersion))?.includes(textOf(kind))) return;
  report({
    code: 'BAL3187',
    message: `${textOf(kind)} of "${textOf(apiVersion)}" is no longer served`,
    location: locate('/apiVersion'),
  });
}
