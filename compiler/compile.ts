import { type Diagnostic, type Report, severityOf } from './diagnostics';
import { type Artefact, artefactsOf, type Rendered } from './manifest/artefact';
import { renderBalancer } from './manifest/balancer';
import { fleetIndex } from './manifest/fleet-index';
import { renderForeign } from './manifest/foreign';
import type { BalancerModel } from './model/balancer';
import { resolveBalancer } from './model/resolve-balancer';
import type { Source, SpecDocument } from './spec/document';
import { load } from './spec/load';
import { type CheckedDocument, type ForeignDocument, validate } from './spec/validate';

/**
 * Compiles a fleet as a stream: each document is read, checked, printed and dropped. Problems go to `report`; the
 * artefacts are good only if none of them was an error by the end of the stream, so that a caller keeps them aside till then.
 */
export function* compile(sources: Iterable<Source>, report: Report): Generator<Artefact> {
  yield* compileDocuments(load(sources, report), report);
}

/** The same for documents that were never a text. */
export function* compileDocuments(documents: Iterable<SpecDocument>, report: Report): Generator<Artefact> {
  const fleet = fleetIndex(report);
  for (const document of documents) {
    const checked = validate(document, report);
    const model = checked && resolve(checked, report);
    const rendered = model && render(model, document, report);
    if (rendered === undefined) continue;
    fleet.addObjects(rendered, document);
    if (model?.kind === 'Balancer') fleet.addReferences(model, document);
    yield* artefactsOf(rendered);
  }
  fleet.checkReferences();
}

/** All artefacts and all diagnostics of a fleet; no artefacts where a diagnostic is an error. */
export function compileAll(sources: Iterable<Source>): {
  readonly artefacts: readonly Artefact[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const artefacts = [...compile(sources, (diagnostic) => diagnostics.push(diagnostic))];
  const failed = diagnostics.some(({ code }) => severityOf(code) === 'error');
  return { artefacts: failed ? [] : artefacts, diagnostics };
}

/** A checked document as a model; a document that is not ours is its own model. */
function resolve(checked: CheckedDocument, report: Report): BalancerModel | ForeignDocument | undefined {
  return checked.kind === 'foreign' ? checked : resolveBalancer(checked.content, checked.document, report);
}

function render(model: BalancerModel | ForeignDocument, document: SpecDocument, report: Report): Rendered | undefined {
  return model.kind === 'foreign' ? renderForeign(model.content, document) : renderBalancer(model, document, report);
}
