import type { ReconcilerHubModel } from '../model/reconciler-hub';
import type { Output } from './artefact';

/** What a ReconcilerHub becomes. */
export function renderReconcilerHub(_model: ReconcilerHubModel): Output {
  return { objects: [], files: {} };
}
