import { compileAll } from '../compiler/compile';
import type { OpenCache } from '../compiler/known-documents';
import type { Source } from '../compiler/spec/document';
import { withProgress } from './progress';

/** All artefacts and all diagnostics of a fleet, with progress. */
export function compileWatched(sources: Iterable<Source>, cache?: OpenCache): ReturnType<typeof compileAll> {
  return compileAll(sources, { cache }, (artefacts) => withProgress(artefacts, 'artefacts'));
}
