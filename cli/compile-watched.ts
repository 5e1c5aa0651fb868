import { compile } from '../compiler/compile';
import { type Diagnostic, severityOf } from '../compiler/diagnostics';
import type { OpenCache } from '../compiler/known-documents';
import type { Artefact } from '../compiler/manifest/artefact';
import type { Source } from '../compiler/spec/document';
import { withProgress } from './progress';

/** All artefacts and all diagnostics of a fleet, with progress; no artefacts where a diagnostic is an error. */
export function compileWatched(
  sources: Iterable<Source>,
  cache?: OpenCache,
): {
  readonly artefacts: readonly Artefact[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const compiled = compile(sources, (diagnostic) => diagnostics.push(diagnostic), { cache });
  const artefacts = [...withProgress(compiled, 'artefacts')];
  const failed = diagnostics.some(({ code }) => severityOf(code) === 'error');
  return { artefacts: failed ? [] : artefacts, diagnostics };
}
