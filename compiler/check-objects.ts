import { manifestChecks } from './analysis/check-manifests';
import { objectOf } from './analysis/plain-value';
import { compileDocuments } from './compile';
import type { Report, Suppressed } from './diagnostics';
import type { SpecDocument } from './spec/document';

/** Codes about the files that `synth` would write: others write their own. */
const ABOUT_OUR_FILES: ReadonlySet<string> = new Set(['BAL3028']);

/**
 * Checks the objects of manifests that anybody wrote: permissions and removed APIs, duplicates, who claims an external
 * address, references to ports of Services; Balancer resources by their shape and meaning, as `synth` would.
 */
export function checkObjects(
  documents: Iterable<SpecDocument>,
  report: Report,
  suppressed?: (entry: Suppressed) => void,
): void {
  const all = [...documents];
  const ofOthers: Report = (diagnostic) => {
    if (!ABOUT_OUR_FILES.has(diagnostic.code)) report(diagnostic);
  };
  for (const _ of compileDocuments(all.filter(isNamed), ofOthers, suppressed));
  // An object with generateName is nobody's duplicate, and a fleet refuses it: of it only the version is looked at.
  const unnamed = manifestChecks(report);
  for (const document of all) if (!isNamed(document)) unnamed.add(document);
}

function isNamed({ value }: SpecDocument): boolean {
  const { kind, metadata } = objectOf(value);
  return kind === 'List' || objectOf(metadata).generateName === undefined;
}
