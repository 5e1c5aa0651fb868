import { showControls } from '../compiler/diagnostics';
import { APPLY_RANKS } from '../compiler/manifest/apply-order';
import type { Artefact } from '../compiler/manifest/artefact';
import { type Spool, spool } from '../synth/spool';
import { writeOut } from './write-out';

/**
 * Prints manifests in the order of applying, for `kubectl apply --server-side -f -`. Nothing is printed before everything is
 * known to be right.
 */
export function printManifests(artefacts: Iterable<Artefact>, failed: () => boolean): void {
  const spools = APPLY_RANKS.map(() => spool());
  for (const { text, rank } of artefacts) {
    if (rank !== undefined && !failed()) spools[rank]?.add(`---\n${text}`);
  }
  if (failed()) for (const waiting of spools) waiting.discard();
  else drain(spools);
}

function drain(spools: readonly Spool[]): void {
  // The first separator would open an empty document.
  let skip = '---\n'.length;
  const decoder = new TextDecoder();
  for (const waiting of spools) {
    for (const piece of waiting.drain()) {
      const rest = piece.length > 0 ? piece.slice(skip) : piece;
      if (piece.length > 0) skip = 0;
      if (process.stdout.isTTY !== true) writeOut(rest);
      else writeOut(forTerminal(typeof rest === 'string' ? rest : decoder.decode(rest, { stream: true })));
    }
  }
}

/** Documents that pass through may hold control characters in comments: on a terminal they are shown, not obeyed. */
function forTerminal(text: string): string {
  return text.replace(/[^\t\n]+/g, showControls);
}
